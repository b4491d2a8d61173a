"""Firms side by side: one row a fact, and whether the firms differ in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from maillon.core.errors import InvalidRequest
from maillon.web.search.queries.asked import Asked
from maillon.web.search.queries.candidates import Shown, shown_candidates
from maillon.web.search.queries.choices import language
from maillon.web.search.queries.finding import Known, filters_of, place_asked
from maillon.web.search.queries.firm_card import Card, cards_of
from maillon.web.search.queries.understood import need_typed

if TYPE_CHECKING:
    from maillon.web.search.queries.engine import Engine

MOST = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One fact of every firm, in words; None is unknown."""

    title: str
    values: list[str | None]

    @property
    def differs(self) -> bool:
        """Whether two firms differ in it."""
        return len(set(self.values)) > 1


@dataclass(frozen=True, slots=True)
class Compared:
    """The firms, how each ranks for what is asked (None without a need), and the rows."""

    cards: list[Card]
    ranked: Mapping[str, Shown]
    rows: list[Row]


def compare_firms(engine: Engine, sirets: list[str], asked: Asked, known: Known) -> Compared:
    """Return the firms side by side; for a need, their points and reasons too."""
    cards = cards_of(engine, sirets)
    ranked = _ranked(engine, [card.siret for card in cards], asked, known)
    rows = [Row(title, [told(card) for card in cards]) for title, told in _facts().items()]
    if ranked:
        rows = [*_rows_of_points(cards, ranked), *rows]
    return Compared(cards, ranked, [row for row in rows if any(row.values)])


def _ranked(engine: Engine, sirets: list[str], asked: Asked, known: Known) -> dict[str, Shown]:
    if not asked.words or not sirets:
        return {}
    try:
        place, need = place_asked(asked), need_typed(asked)
    except InvalidRequest:
        return {}
    filters = replace(filters_of(asked, place, Known()), km=None, only=frozenset(sirets), traders=True)
    result = engine.searcher.search(need, filters, limit=MOST)
    return {one.siret: one for one in shown_candidates(result, 1, known.suppliers)}


def _rows_of_points(cards: list[Card], ranked: Mapping[str, Shown]) -> list[Row]:
    from maillon.language import format_number  # noqa: PLC0415 - Babel loads here

    def told(points: float | None) -> str | None:
        return None if points is None else format_number(points, language(), 1)

    shown = [ranked.get(card.siret) for card in cards]
    rows = [Row(_("Points, sum of the reasons"), [told(one.points) if one else None for one in shown])]
    kilometres = [None if one is None or one.km is None else f"{round(one.km)} km" for one in shown]
    terms = dict.fromkeys(bar.label for one in shown if one for bar in one.bars)
    for term in terms:
        points = [
            next((b.points for b in one.bars if b.label == term), None) if one else None for one in shown
        ]
        rows.append(Row(_("%(term)s, points") % {"term": term}, [told(point) for point in points]))
    return [*rows, Row(_("Distance"), kilometres)] if any(kilometres) else rows


def _facts() -> dict[str, Callable[[Card], str | None]]:
    return {
        _("Town"): lambda card: card.facts["commune_name"],
        _("Activity"): lambda card: card.activity or None,
        _("Employees"): lambda card: headcount_words(card.facts),
        _("Created"): lambda card: _day(card.facts["created"]),
        _("Processes"): lambda card: _told(card, "process"),
        _("Machines"): lambda card: _told(card, "machine"),
        _("Materials"): lambda card: _told(card, "material"),
        _("Certificates"): lambda card: _told(card, "certificate"),
        _("Largest part"): lambda card: _told(card, "size"),
        _("Finest tolerance"): lambda card: _told(card, "tolerance"),
        _("Lots"): lambda card: _told(card, "lot"),
        _("Insolvency proceedings opened"): lambda card: _day(card.facts["insolvency"]),
    }


def headcount_words(facts: Mapping[str, object]) -> str | None:
    """Return the band of employees in words; None where it is unknown."""
    low, high = facts["headcount_low"], facts["headcount_high"]
    if low is None:
        return None
    if high is None:
        return _("%(low)s or more") % {"low": low}
    return str(low) if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


def _told(card: Card, kind: str) -> str | None:
    words = dict.fromkeys(one.words for one in card.capabilities if one.kind == kind)
    return ", ".join(words) or None


def _day(day: dt.date | None) -> str | None:
    from maillon.language import format_date  # noqa: PLC0415 - Babel loads here

    return None if day is None else format_date(day, language())
