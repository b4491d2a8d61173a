"""What a search page is asked: read from the address, where everything that narrows it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import QueryDict

if TYPE_CHECKING:
    from maillon.core.place import Place

#: The distances offered, in km; none is the whole country.
DISTANCES = (25, 50, 100, 200)
FACETS = ("process", "departement", "size", "activity", "evidence", "supplier")
PAGE = 10
#: Nobody reads further: who comes later is found by narrowing.
LAST_PAGE = 50
LONGEST = 300
_NEAR = re.compile(
    r"^(?P<what>.{3,}?)\s+(?:près de|pres de|autour de|near|around)\s+(?P<town>.{2,60})$", re.I
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One search: words, a town and a distance, pieces of an order, and values chosen by facet."""

    words: str = ""
    near: str = ""
    km: int | None = None
    lot: float | None = None
    page: int = 1
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def shown(self) -> slice:
        """The places of the candidates of this page."""
        return slice((self.page - 1) * PAGE, self.page * PAGE)

    def parameters(self) -> list[tuple[str, str]]:
        """Return what the address holds, in a fixed order."""
        pairs = [("q", self.words), ("near", self.near), ("km", f"{self.km}" if self.km else "")]
        pairs += [("lot", f"{self.lot:g}" if self.lot else "")]
        pairs += [(facet, value) for facet in FACETS for value in sorted(self.chosen.get(facet, ()))]
        pairs += [("page", str(self.page) if self.page > 1 else "")]
        return [(name, value) for name, value in pairs if value]

    @property
    def query(self) -> str:
        """The address's part after the question mark."""
        return urlencode(self.parameters())

    def without(self, facet: str, value: str) -> Asked:
        """Return the search without one value of a facet."""
        left = {**self.chosen, facet: self.chosen.get(facet, frozenset()) - {value}}
        return replace(self, chosen=left, page=1)

    def having(self, facet: str, value: str) -> Asked:
        """Return the search with one more value of a facet."""
        return replace(
            self, chosen={**self.chosen, facet: self.chosen.get(facet, frozenset()) | {value}}, page=1
        )


def read_asked(query: QueryDict) -> Asked:
    """Return what the address asks; what makes no sense there is left out rather than refused."""
    words, near = query.get("q", "").strip()[:LONGEST], query.get("near", "").strip()[:80]
    said = _NEAR.match(words) if not near else None
    if said is not None and place_named(said["town"]) is not None:
        words, near = said["what"], said["town"]
    km = _number(query.get("km"))
    chosen = {
        facet: frozenset(value[:40] for value in query.getlist(facet)[:50] if value) for facet in FACETS
    }
    return Asked(
        words=words,
        near=near,
        km=round(km) if km and near and 1 <= km <= 1500 else None,
        lot=_number(query.get("lot")),
        page=min(max(1, round(_number(query.get("page")) or 1)), LAST_PAGE),
        chosen={facet: values for facet, values in chosen.items() if values},
    )


def _number(text: str | None) -> float | None:
    """Return a number above 0, written in French or English."""
    try:
        value = float((text or "").replace(",", ".").replace("\u202f", "").replace("\xa0", ""))
    except ValueError:
        return None
    return value if 0 < value < 1e9 else None


def place_named(town: str) -> Place | None:
    """Return the place of a town's name or postcode, None where it is not known or not certain."""
    from maillon.reference.places import locate  # noqa: PLC0415 - the table of communes loads here

    place = locate(town, "FR") if town else None
    return place if place is not None and place.lat is not None else None
