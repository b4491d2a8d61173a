"""The kinds of long work, by name: each app registers its own in its ``tasks.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillon.web.people.rights import Right

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from maillon.web.jobs.models import Job

Progress = Callable[[float], None]
#: Does the work of a job and returns the address of its result. It runs inside the firm's scope, and
#: writes in ONE transaction, so that a killed run leaves nothing behind. It calls ``progress`` often:
#: this keeps the lease, and raises ``Cancelled`` where that was asked.
Work = Callable[["Job", Progress], str]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work: its name, its title for people, the right its starter must still hold."""

    name: str
    title: _StrPromise
    right: Right
    work: Work


_KINDS: dict[str, Kind] = {}


def job_kind(name: str, title: _StrPromise, right: Right) -> Callable[[Work], Work]:
    """Register the function below as the work of jobs of kind ``name``."""

    def register(work: Work) -> Work:
        _KINDS[name] = Kind(name, title, right, work)
        return work

    return register


def kind_of(name: str) -> Kind:
    """Return the registered kind; ``KeyError`` where no app has it."""
    return _KINDS[name]


def kinds() -> Iterable[Kind]:
    """Return every registered kind."""
    return _KINDS.values()
