"""From costs and candidates to a sourcing plan: what to relocate first, and to whom."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from maillon.dossier import BomCosts, LineCost, LocalSources, PlannedSourcing
from maillon.method.diagnose import Diagnosis

if TYPE_CHECKING:
    from maillon.method.cost import TotalCost
    from maillon.method.plan.sourcing import PlanRules, SourcingProblem
    from maillon.method.search import Candidate

#: Candidates that a part may go to: the first of the search, those with evidence before the others.
MOST_MAKERS = 3
#: The least log-odds of a candidate whom the plan may choose though no source says that it can: about one in
#: four. Firms far below are shown to be asked, never planned for.
LEAST_SCORE = -1.0
#: Months to qualify a new maker of a part, and of notice owed to today's supplier. Hypotheses: no file tells.
QUALIFICATION_MONTHS, NOTICE_MONTHS = 6.0, 3.0
#: Seconds given to the plan of one dossier.
TIME_LIMIT = 10.0
_HOME = "FR"
_ONCE_A_PART = ("tooling", "prototype")
_ONCE_A_SUPPLIER = "travel_startup"


def plan_dossier(
    costs: BomCosts,
    local: LocalSources | None,
    diagnosis: Diagnosis,
    rules: PlanRules | None = None,
    *,
    cancel: Callable[[], bool] | None = None,
) -> PlannedSourcing | None:
    """Return the plan over the costed lines, or None where no line is costed or no maker was found.

    Each line may stay, or go to its first candidates at the assumed local price. What a local source costs
    once (tools, first articles, a first visit) counts against the budget and is spread over the years of the
    rules. A year may bring a stop of supply from each country, with the probability and length assumed there.
    """
    proposed = propose_problem(costs, local, diagnosis)
    if proposed is None:
        return None
    from maillon.method.plan.sourcing import PlanRules, plan_sourcing  # noqa: PLC0415 - solvers only where asked

    problem, makers = proposed
    rules = rules or PlanRules()
    plan = plan_sourcing(problem, rules, time_limit=TIME_LIMIT, cancel=cancel)
    return PlannedSourcing(problem, rules, plan, makers)


def propose_problem(
    costs: BomCosts,
    local: LocalSources | None,
    diagnosis: Diagnosis,
    *,
    keep: Collection[int] = (),
) -> tuple[SourcingProblem, Mapping[str, Candidate]] | None:
    """Return what there is to choose, and the makers by SIRET; None where no maker was found for any line.

    The lines of ``keep`` stay where they are bought, whatever a plan says: nobody else is proposed for them.
    """
    makers = {line.line: () if line.line in keep else _makers(line, local) for line in costs.lines}
    if not any(makers.values()):
        return None
    problem = _problem(costs, makers, frozenset(diagnosis.concentration.critical_lines))
    return problem, {maker.siret: maker for found in makers.values() for maker in found}


def _makers(line: LineCost, local: LocalSources | None) -> tuple[Candidate, ...]:
    """Return the first candidates of a line who may well make it, those of whom a source tells first."""
    if local is None or line.line not in local.lines:
        return ()
    found = local.batch.of_line(local.lines.index(line.line))
    able = [
        one
        for one in (found.candidates if found else ())
        if not one.trader and not one.insolvency and (one.has_evidence or one.score >= LEAST_SCORE)
    ]
    return tuple(sorted(able, key=lambda one: not one.has_evidence)[:MOST_MAKERS])


def _problem(
    costs: BomCosts, makers: Mapping[int, tuple[Candidate, ...]], critical: frozenset[int]
) -> SourcingProblem:
    from maillon.method.plan.sourcing import sourcing_problem  # noqa: PLC0415 - as above

    offers = [offer for line in costs.lines for offer in _offers(line, makers[line.line])]
    suppliers = {row["supplier"]: row for line in costs.lines for row in _suppliers(line, makers[line.line])}
    scenarios, losses = _disruptions(costs, makers)
    parts = [
        {
            "part": str(line.line),
            "label": line.designation,
            "spend": line.spend,
            "volume": line.quantity,
            # A second source can be asked only where one was found.
            "critical": line.line in critical and bool(makers[line.line]),
            "supplier": _today(line),
            "notice_months": NOTICE_MONTHS,
        }
        for line in costs.lines
    ]
    return sourcing_problem(
        _columns(parts),
        _columns(offers),
        _columns(list(suppliers.values())),
        _columns(scenarios),
        _columns(losses),
    )


def _today(line: LineCost) -> str:
    return line.supplier or f"? ({line.country})"


def _offers(line: LineCost, makers: tuple[Candidate, ...]) -> Iterator[dict[str, Any]]:
    imported, local = line.comparison.imported, line.local
    part = {"part": str(line.line)}
    yield part | {
        "supplier": _today(line),
        "annual_cost": _recurring(imported),
        "qualification_cost": 0.0,
        "qualification_months": 0.0,
        "co2": imported.co2.mid * line.quantity if imported.co2 else None,
        "local_value": 0.0,
    }
    for maker in makers:
        yield part | {
            "supplier": maker.siret,
            "annual_cost": _recurring(local),
            "qualification_cost": sum(local.factors[code].mid for code in _ONCE_A_PART),
            "qualification_months": QUALIFICATION_MONTHS,
            "co2": local.co2.mid * line.quantity if local.co2 else None,
            "local_value": 1.0,
        }


def _recurring(cost: TotalCost) -> float:
    """Return EUR/year without what the plan weighs itself, and must not count twice.

    That is what is paid once, which it spreads over its own years, and stops of supply.
    """
    twice = (*_ONCE_A_PART, _ONCE_A_SUPPLIER, "disruption")
    return (cost.per_unit.mid - sum(cost.item(code).estimate.mid for code in twice)) * cost.annual_quantity


def _suppliers(line: LineCost, makers: tuple[Candidate, ...]) -> Iterator[dict[str, Any]]:
    yield {"supplier": _today(line), "label": _today(line), "opening_cost": 0.0, "zone": line.country}
    for maker in makers:
        visit = line.local.factors[_ONCE_A_SUPPLIER]
        yield {
            "supplier": maker.siret,
            "label": maker.name or maker.siret,
            # A firm that no source says makes such parts takes longer to look at.
            "opening_cost": visit.mid if maker.has_evidence else visit.high,
            "zone": _HOME,
        }


def _disruptions(
    costs: BomCosts, makers: Mapping[int, tuple[Candidate, ...]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return one stop of supply a country, and the share of a year's deliveries that it takes from each."""
    zones: dict[str, dict[str, Any]] = {}
    members: dict[str, set[str]] = {}
    for line in costs.lines:
        both = ((line.country, line.comparison.imported), (_HOME, line.local))
        for country, cost in both:
            zones.setdefault(country, dict(cost.factors))
        members.setdefault(line.country, set()).add(_today(line))
        members.setdefault(_HOME, set()).update(maker.siret for maker in makers[line.line])
    kept = {country: zones[country] for country in sorted(members) if members[country]}
    total = sum(factors["disruption_probability"].mid for factors in kept.values())
    scenarios = [
        {
            "scenario": country,
            "label": country,
            "probability": factors["disruption_probability"].mid / max(total, 1.0),
        }
        for country, factors in kept.items()
    ]
    losses = [
        {"scenario": country, "supplier": supplier, "lost_share": _lost_share(factors)}
        for country, factors in kept.items()
        for supplier in sorted(members[country])
    ]
    return scenarios, losses


def _lost_share(factors: Mapping[str, Any]) -> float:
    """Return the share of a year that a stop lasts beyond the stock at hand."""
    days = factors["recovery_mode"].mid - factors["disruption_cover_days"].mid
    return float(min(max(days, 0.0) / 365.0, 1.0))


def _columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [row.get(name) for row in rows] for name in (rows[0] if rows else {})}
