"""The trade-offs of a plan as a drawing, a slider and a list."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from maillon.language import format_percent
from maillon.web.plan.models import PlanScenario


@dataclass(frozen=True, slots=True)
class Point:
    """One trade-off; ``cost_share`` is of what the parts cost today."""

    number: int
    cost: float | None
    cost_share: float | None
    local_share: float
    cvar: float | None
    one_off: float | None
    moved: int
    link: str
    chosen: bool


def points_of(scenario: PlanScenario, chosen: int | None) -> list[Point]:
    """Return the trade-offs, cheapest first; each leads to the page with it chosen."""
    today = scenario.outcome["today"]["cost"]
    return [
        Point(
            number,
            held["cost"],
            held["cost"] / today if held["cost"] is not None and today else None,
            held["local_share"],
            held["cvar"],
            held["one_off"],
            len(held["moves"]),
            f"?point={number}#point",
            number == chosen,
        )
        for number, held in enumerate(scenario.outcome.get("frontier", []))
    ]


def draw_points(scenario: PlanScenario, points: list[Point], language: str) -> str:
    """Return the drawing of the trade-offs; it holds shares only, never an amount."""
    from maillon.report.charts.frontier import Mark, draw_frontier  # noqa: PLC0415 - loads where it is drawn

    def words(cost: float, local: float) -> str:
        shares = {"local": format_percent(local, language), "cost": format_percent(cost, language, 1)}
        return _("%(local)s made in France for %(cost)s of today's cost") % shares

    marks = [
        Mark(one.cost_share, one.local_share, words(one.cost_share, one.local_share), one.link, one.chosen)
        for one in points
        if one.cost_share is not None
    ]
    local = scenario.outcome["today"]["local_share"]
    titles = {
        "title": _("What cost and local share can be had together"),
        "x": _("Cost a year, 100 % is today's"),
        "y": _("Made in France"),
    }
    today = Mark(1.0, local, _("today: ") + words(1.0, local))
    return draw_frontier(sorted(marks, key=lambda mark: mark.cost), today, titles, language)
