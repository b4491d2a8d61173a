"""What there is to choose: the costed imports of a version, and who else could make them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from maillon.core.errors import InvalidRequest
from maillon.core.estimate import Estimate
from maillon.core.message import message
from maillon.web.cost.cases import ENTERED, Case, compare_case
from maillon.web.cost.models import CostScenario
from maillon.web.cost.queries.material import material_of
from maillon.web.follow.queries.projects import site_of
from maillon.web.intake.models import Line, Version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maillon.core.bom import Bom
    from maillon.dossier import BomCosts, LineCost, LocalSources
    from maillon.method.diagnose import Diagnosis
    from maillon.method.plan.sourcing import SourcingProblem
    from maillon.method.search import Candidate

Progress = Callable[[float], None]


def choices_of(
    version: Version, per_year: float | None, today: dt.date, progress: Progress
) -> tuple[SourcingProblem, Mapping[str, Candidate]]:
    """Return the problem of a version and the makers found, by SIRET.

    Raises ``InvalidRequest`` where nothing is made abroad with a price, or nobody else was found.
    """
    from maillon.pipeline.costing import cost_lines  # noqa: PLC0415 - polars loads only in the worker
    from maillon.pipeline.planning import propose_problem  # noqa: PLC0415 - as above

    bom, diagnosis = material_of(version)
    progress(0.2)
    costs = cost_lines(bom, diagnosis, per_year=per_year or version.project.per_year, today=today)
    if costs is None or not costs.lines:
        raise InvalidRequest(
            message("No line is known to be made abroad with a price in euros."),
            message("Complete origins and prices of the lines, then ask again."),
        )
    costs = with_chosen_scenarios(costs, version)
    progress(0.4)
    local = _local_sources(version, bom, diagnosis, {line.line for line in costs.lines}, progress)
    keep = Line.objects.filter(version=version, must_keep=True).values_list("line", flat=True)
    proposed = propose_problem(costs, local, diagnosis, keep=frozenset(keep))
    if proposed is None:
        raise InvalidRequest(
            message("Nobody in the register may well make these parts."),
            message("Widen the search, or add makers that you know to the lists of the project."),
        )
    return proposed


def with_chosen_scenarios(costs: BomCosts, version: Version) -> BomCosts:
    """Return the costs with the local source of each scenario that was chosen for the plan."""
    chosen = CostScenario.objects.filter(project_id=version.project_id, in_plan=True)
    cases = {one.line: Case(**one.case) for one in chosen}
    lines = (_with_case(line, cases[line.line]) if line.line in cases else line for line in costs.lines)
    return replace(costs, lines=tuple(lines))


def _with_case(line: LineCost, case: Case) -> LineCost:
    """Return a line whose local source is the one quoted, for the quantity of the line."""
    found = compare_case(replace(case, annual_quantity=line.quantity))
    asked = found.local.quoted.mid / found.imported.quoted.mid
    ratio = Estimate(asked, asked, asked, "multiple of price", ENTERED, case.day)
    return replace(line, comparison=found, local=found.local, local_price=ratio)


def _local_sources(
    version: Version, bom: Bom, diagnosis: Diagnosis, lines: set[int], progress: Progress
) -> LocalSources | None:
    """Return who could make the costed lines, searched in the register of this installation."""
    import polars as pl  # noqa: PLC0415 - as above

    from maillon.pipeline import Request, search_sources  # noqa: PLC0415 - as above
    from maillon.reference.register import open_register  # noqa: PLC0415 - as above

    only = replace(diagnosis, purchases=diagnosis.purchases.filter(pl.col("line").is_in(sorted(lines))))
    asked = Request(site=site_of(version.project), register=open_register())
    return search_sources(bom, only, asked, lambda share: progress(0.4 + 0.6 * share))


def names_of(problem: SourcingProblem, makers: Mapping[str, Candidate]) -> dict[str, dict[str, Any]]:
    """Return each supplier's name and whether it is a maker found: names of today's are the firm's data."""
    return {
        supplier: {"name": label, "maker": supplier in makers, "evidence": _proved(makers.get(supplier))}
        for supplier, label in problem.suppliers.select("supplier", "label").iter_rows()
    }


def _proved(maker: Candidate | None) -> bool:
    return bool(maker and maker.has_evidence)
