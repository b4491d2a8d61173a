"""A short table as the two pages show it: the finding above, the remarks under it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from maillon.core.message import Message
from maillon.language import render


@dataclass(frozen=True, slots=True)
class Listing:
    """A short table with the finding above it and a remark under it; ``numbers`` columns at the right."""

    caption: str
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    numbers: int = 1
    notes: tuple[str, ...] = ()
    more: int = 0


def say_all(words: Iterable[Message], language: str) -> tuple[str, ...]:
    """Return several sentences or headers in the reader's language."""
    return tuple(render(what, language) for what in words)
