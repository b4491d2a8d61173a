"""Problems and plans as plain data, and back: so that a question can be asked of a plan made last week."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

    from maillon.core.reason import Reason
    from maillon.method.plan.sourcing import PlanRules, SourcingPlan, SourcingProblem

_FRAMES = ("parts", "offers", "suppliers", "scenarios", "losses")
_FIGURES = ("objective", "bound", "seconds", "one_off", "cvar", "co2", "local_share")
_TABLES = ("shares", "moves", "opened", "losses")


def known(figure: float) -> float | None:
    """Return a figure, None where there is none: JSON has no word for it."""
    return figure if math.isfinite(figure) else None


def problem_to_json(problem: SourcingProblem) -> dict[str, Any]:
    """Return the frames of a problem by column."""
    return {name: _columns(getattr(problem, name)) for name in _FRAMES}


def problem_from_json(data: dict[str, Any]) -> SourcingProblem:
    """Return the problem that ``problem_to_json`` wrote."""
    from maillon.method.plan.sourcing import sourcing_problem  # noqa: PLC0415 - polars only where a plan is asked

    return sourcing_problem(**{name: data[name] for name in _FRAMES})


def plan_to_json(plan: SourcingPlan) -> dict[str, Any]:
    """Return a plan with its frames by column."""
    return {
        "status": plan.status.value,
        "costs": asdict(plan.costs) if plan.costs else None,
        **{name: known(getattr(plan, name)) for name in _FIGURES},
        **{name: _columns(getattr(plan, name)) for name in _TABLES},
    }


def plan_from_json(data: dict[str, Any]) -> SourcingPlan:
    """Return the plan that ``plan_to_json`` wrote."""
    import polars as pl  # noqa: PLC0415 - as above

    from maillon.method.plan.sourcing.result import CostSplit, SourcingPlan  # noqa: PLC0415 - as above
    from maillon.solve import Status  # noqa: PLC0415 - as above

    figures = {name: math.nan if data[name] is None else data[name] for name in _FIGURES}
    tables = {name: pl.DataFrame(data[name], strict=False) for name in _TABLES}
    costs = CostSplit(**data["costs"]) if data["costs"] else None
    return SourcingPlan(status=Status(data["status"]), costs=costs, **figures, **tables)


def rules_of(wishes: dict[str, Any]) -> PlanRules:
    """Return the rules that a request asks for; ``InvalidRequest`` where they make no sense."""
    from maillon.method.plan.sourcing import PlanRules  # noqa: PLC0415 - as above

    return PlanRules(
        budget=wishes.get("budget"),
        local_target=wishes.get("local_target"),
        co2_cap=wishes.get("co2_cap"),
        risk_cap=wishes.get("risk_cap"),
        critical_sources=2 if wishes.get("dual", True) else 1,
    )


def reason_to_json(reason: Reason) -> dict[str, Any]:
    """Return a reason as plain data."""
    return {"code": reason.code, "weight": known(reason.weight), "params": dict(reason.params)}


def _columns(frame: pl.DataFrame) -> dict[str, list[Any]]:
    return {
        name: [None if isinstance(value, float) and not math.isfinite(value) else value for value in values]
        for name, values in frame.to_dict(as_series=False).items()
    }
