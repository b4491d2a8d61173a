"""One page of a search: candidates, facets with their counts, near matches and what keeps others out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.web.search.queries.asked import DISTANCES, Asked, place_named
from maillon.web.search.queries.understood import need_typed

if TYPE_CHECKING:
    from maillon.core.place import Place
    from maillon.method.search.suppliers import Faceted, Filters, Need
    from maillon.web.search.queries.engine import Engine


@dataclass(frozen=True, slots=True)
class Known:
    """What the viewer's firm adds to a search: whom it buys from, whom it never wants to see."""

    suppliers: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """What was asked, how it was understood, what was found; ``within`` counts firms by distance in km."""

    asked: Asked
    need: Need
    place: Place | None
    faceted: Faceted
    within: Mapping[float | None, int]


def find_suppliers(engine: Engine, asked: Asked, known: Known, need: Need | None = None) -> Found:
    """Search; ``InvalidRequest`` where the words or the town make no sense."""
    from maillon.method.search.suppliers import (  # noqa: PLC0415 - numpy and tantivy load here
        count_within,
        search_faceted,
    )

    wanted = need if need is not None else need_typed(asked)
    place = place_asked(asked)
    filters = filters_of(asked, place, known)
    faceted = search_faceted(
        engine.searcher, wanted, filters, asked.chosen, suppliers=known.suppliers, shown=asked.shown
    )
    within: Mapping[float | None, int] = {}
    if place is not None:
        offered = (*(float(km) for km in DISTANCES), None)
        within = count_within(engine.searcher, wanted, filters, asked.chosen, offered, known.suppliers)
    return Found(asked, wanted, place, faceted, within)


def place_asked(asked: Asked) -> Place | None:
    """Return the town to measure from; ``InvalidRequest`` where it is not known."""
    place = place_named(asked.near)
    if asked.near and place is None:
        raise InvalidRequest(
            message("The town “{town}” was not found.", town=asked.near),
            message("Add its postcode or département, for example “Belfort (90)”."),
        )
    return place


def filters_of(asked: Asked, place: Place | None, known: Known) -> Filters:
    """Return the conditions of the engine; facets are not among them."""
    from maillon.method.search.suppliers import Filters  # noqa: PLC0415 - numpy loads here

    km = float(asked.km) if asked.km and place is not None else None
    return Filters(near=place, km=km, excluded=known.excluded)
