"""Finding the columns of a source in a header, whatever the case, accents, spaces and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from maillon.reference.register.enrich.source import Source

_SEPARATORS = re.compile(r"[^a-z0-9]+")
_TAIL = re.compile(
    r"\s*[(\[].*$|\s+(?:en\s+|in\s+)?(?:mm|cm|m|kg|t|h|heures|hours|pcs|pièces|pieces)\.?\s*$", re.IGNORECASE
)


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
    """How a header fits a source.

    ``places`` and ``written`` give the place and the header of each of our columns found, ``missing`` the
    headers that lack, ``unknown`` the headers that we do not read.
    """

    source: Source
    places: dict[str, int]
    written: dict[str, str]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def enough(self) -> bool:
        """Whether at least one column of every group that the source needs is there."""
        return all(any(name in self.places for name in group) for group in self.source.needs)


def fit_header(header: Sequence[str], source: Source) -> Fit:
    """Return where the columns of ``source`` are in ``header``; the first header of a column is taken.

    A header that only adds a unit or a remark in brackets ("Longueur max (mm)") is the same header.
    """
    first = _places_by_name(header)
    places: dict[str, int] = {}
    for column in source.columns:
        for wanted in column.headers:
            found = first.get(fold_header(wanted))
            if found is not None and found not in places.values():
                places[column.name] = found
                break
    known = set(places.values())
    unknown = tuple(cell for place, cell in enumerate(header) if place not in known and cell.strip())
    lacking = (column for column in source.columns if not column.optional and column.name not in places)
    missing = tuple(column.headers[0] for column in lacking)
    written = {name: header[place] for name, place in places.items()}
    return Fit(source, places, written, missing, unknown)


def _places_by_name(header: Sequence[str]) -> dict[str, int]:
    """Return folded header → first place; whole headers before those without their bracket or unit."""
    first: dict[str, int] = {}
    for place, cell in enumerate(header):
        first.setdefault(fold_header(cell), place)
    for place, cell in enumerate(header):
        first.setdefault(fold_header(_TAIL.sub("", cell[:200])), place)
    first.pop("", None)
    return first
