"""Which source a file comes from: told by its header, and by its name where headers are the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from maillon.reference.register.enrich import decp, epv, lists, members, qualiopi, relance, rge
from maillon.reference.register.enrich.headers import Fit, fit_header, fold_header
from maillon.reference.register.enrich.source import Source

NAMED = 100  # a word of the source in the file's name outweighs any number of columns


@cache
def all_sources() -> tuple[Source, ...]:
    """Return every source of enrichment, the most particular first."""
    rooms = (relance, decp, rge, qualiopi, epv, members, lists)
    return tuple(room.SOURCE for room in rooms)


def find_source(code: str) -> Source:
    """Return the source of this code; ``KeyError`` if there is none.

    >>> find_source("rge").licence
    'Licence Ouverte 2.0'
    """
    return {source.code: source for source in all_sources()}[code]


def recognise_header(header: Sequence[str], sources: Sequence[Source], file_name: str) -> Fit | None:
    """Return how ``header`` fits the source that it fits best; null where it has not what any needs."""
    fits = [fit for fit in (fit_header(header, source) for source in sources) if fit.enough]
    name = fold_header(file_name)
    return max(fits, key=lambda fit: _likeness(fit, name), default=None)


def _likeness(fit: Fit, file_name: str) -> int:
    named = any(word in file_name for word in fit.source.file_words)
    return len(fit.places) + (NAMED if named else 0)
