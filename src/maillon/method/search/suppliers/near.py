"""What a near match lacks."""

from __future__ import annotations

from maillon.core.reason import Reason
from maillon.method.search.suppliers.filters import TERRITORY
from maillon.method.search.suppliers.why import Case, facts_of


def missing_of(case: Case, condition: str, place: int) -> Reason:
    """Return the one condition that a firm fails, with what it has and what is asked."""
    kind, _, code = condition.partition(":")
    index, row, filters = case.index, int(case.linked.rows[place]), case.filters
    facts: dict[str, object] = {}
    match kind:
        case "certificate":
            facts = {"certificate": code}
        case "size" | "tolerance" | "lot" | "headcount":
            facts = facts_of(case, kind, place)
        case "naf":
            facts = {"naf": index.activities[index.columns.activity[row]], "wanted": filters.naf}
        case "years":
            facts = {"wanted": filters.years}
    if kind == TERRITORY:
        facts = {"km": float(case.scored.km[place]), "wanted": filters.km}
    if kind == "headcount":
        facts |= {"wanted": filters.headcount}
    return Reason(f"missing-{kind}", 0.0, facts)
