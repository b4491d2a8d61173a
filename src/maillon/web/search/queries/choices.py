"""Facets as the page offers them: each value with its name, its count and whether it is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from maillon.web.search.queries.asked import DISTANCES, Asked
from maillon.web.search.queries.finding import Found

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: Values offered of facets that may have many: the most frequent, and those chosen.
MOST = 10
#: Facets of few values, whose empty ones are kept, disabled: a zero answers too.
WHOLE = frozenset({"process", "size", "evidence", "supplier"})
TITLES: Mapping[str, _StrPromise] = {
    "process": _("Process"),
    "evidence": _("Proof of the process"),
    "size": _("Size"),
    "departement": _("Département"),
    "activity": _("Activity"),
    "supplier": _("Your purchases"),
}
SIZES: Mapping[str, _StrPromise] = {
    "0": _("no employee"),
    "1": _("1 to 9 employees"),
    "10": _("10 to 49 employees"),
    "50": _("50 to 249 employees"),
    "250": _("250 employees or more"),
    "unknown": _("size unknown"),
}
EVIDENCE: Mapping[str, _StrPromise] = {
    "shown": _("shown by a source"),
    "suggested": _("suggested by the activity"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet. ``query`` is the address with it added, or removed where it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool
    query: str

    @property
    def off(self) -> bool:
        """Whether choosing it would leave nobody."""
        return not self.count and not self.chosen


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet and its values."""

    name: str
    title: str
    choices: list[Choice]


def language() -> str:
    """Return the language of the reader."""
    return "en" if (get_language() or "").startswith("en") else "fr"


def facets_of(found: Found, *, buys: bool) -> list[Facet]:
    """Return the facets to offer; that of purchases only to who buys (``buys``)."""
    facets = []
    for name, title in TITLES.items():
        choices = _choices(found.asked, name, found.faceted.counts.get(name, {}))
        wanted = name != "supplier" or buys or found.asked.chosen.get("supplier")
        if choices and wanted:
            facets.append(Facet(name, str(title), choices))
    return facets


def _choices(asked: Asked, facet: str, counts: Mapping[str, int]) -> list[Choice]:
    chosen = asked.chosen.get(facet, frozenset())
    values = list(counts) if facet in WHOLE else _most(counts, chosen)
    if facet == "size":
        values = [value for value in SIZES if value in counts]
    return [
        Choice(
            value,
            label_of(facet, value),
            counts[value],
            value in chosen,
            (asked.without if value in chosen else asked.having)(facet, value).query,
        )
        for value in values
    ]


def _most(counts: Mapping[str, int], chosen: frozenset[str]) -> list[str]:
    """Return the most frequent values that are not empty, and the chosen ones."""
    ranked = sorted((value for value in counts if value and counts[value]), key=lambda v: (-counts[v], v))
    return [*ranked[:MOST], *sorted((chosen & counts.keys()) - set(ranked[:MOST]))]


def label_of(facet: str, value: str) -> str:
    """Return the name of a value of a facet; the value itself where it has none."""
    try:
        return _LABELS[facet](value)
    except KeyError:
        return value


def _process(value: str) -> str:
    from maillon.reference.classifications.processes import process_label  # noqa: PLC0415 - a table loads

    return process_label(value, language())


def _departement(value: str) -> str:
    from maillon.reference.places.divisions import departements  # noqa: PLC0415 - a table loads here

    return f"{value} {departements()[value].name}"


def _activity(value: str) -> str:
    from maillon.reference.classifications.naf import label  # noqa: PLC0415 - a table loads here

    return f"{value} {label(value, language())}"


_LABELS: Mapping[str, Callable[[str], str]] = {
    "process": _process,
    "departement": _departement,
    "activity": _activity,
    "size": lambda value: str(SIZES[value]),
    "evidence": lambda value: str(EVIDENCE[value]),
    "supplier": lambda value: gettext("already your supplier"),
}


@dataclass(frozen=True, slots=True)
class Reach:
    """One distance offered; ``km`` is empty for the whole country."""

    km: str
    count: int
    chosen: bool


def reaches_of(found: Found) -> list[Reach]:
    """Return the distances with their counts; none without a town to start from."""
    if not found.within:
        return []
    asked = found.asked.km
    reaches = [Reach(str(km), found.within[float(km)], km == asked) for km in DISTANCES]
    if asked is not None and asked not in DISTANCES:
        reaches.append(Reach(str(asked), found.faceted.result.found, chosen=True))
    return [*reaches, Reach("", found.within[None], asked is None)]


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that narrows the search, and the address without it."""

    label: str
    query: str


def chips_of(asked: Asked) -> list[Chip]:
    """Return what narrows the search by facet, each to be removed by a click."""
    return [
        Chip(label_of(facet, value), asked.without(facet, value).query)
        for facet, values in asked.chosen.items()
        for value in sorted(values)
    ]
