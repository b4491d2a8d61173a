"""Finding the columns of a source in a header, whatever the case, accents, spaces and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from maillon.reference.register.enrich.source import Source

_SEPARATORS = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def fold_header(header: str) -> str:
    """Return a header without case, accents, spaces and punctuation.

    >>> fold_header(" Date de Notification "), fold_header("dateNotification"), fold_header("acheteur.id")
    ('datedenotification', 'datenotification', 'acheteurid')
    """
    plain = unicodedata.normalize("NFKD", header[:200]).encode("ascii", "ignore").decode().lower()
    return _SEPARATORS.sub("", plain)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a header fits a source: our column → place, our columns that lack, headers that we do not know."""

    source: Source
    places: dict[str, int]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def enough(self) -> bool:
        """Whether at least one column of every group that the source needs is there."""
        return all(any(name in self.places for name in group) for group in self.source.needs)


def fit_header(header: Sequence[str], source: Source) -> Fit:
    """Return where the columns of ``source`` are in ``header``; the first header of a column is taken."""
    folded = [fold_header(cell) for cell in header]
    first: dict[str, int] = {}
    for place, name in enumerate(folded):
        first.setdefault(name, place)
    places: dict[str, int] = {}
    for column in source.columns:
        for wanted in column.headers:
            place = first.get(fold_header(wanted))
            if place is not None and place not in places.values():
                places[column.name] = place
                break
    known = set(places.values())
    unknown = tuple(cell for place, cell in enumerate(header) if place not in known and cell.strip())
    missing = tuple(column.name for column in source.columns if column.name not in places)
    return Fit(source, places, missing, unknown)
