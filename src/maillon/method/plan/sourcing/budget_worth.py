"""What more budget would buy: the plan made again with a little more of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from maillon.core.reason import Reason
from maillon.method.plan.sourcing.plan import plan_sourcing
from maillon.method.plan.sourcing.problem import SourcingProblem
from maillon.method.plan.sourcing.result import SourcingPlan
from maillon.method.plan.sourcing.rules import PlanRules
from maillon.solve import Status

#: How much more is tried, as a share of the budget, and the least step in €.
_STEP, _LEAST_STEP = 0.1, 1000.0


@dataclass(frozen=True, slots=True)
class BudgetWorth:
    """With ``extra`` € more to pay once, the plan costs ``saving`` €/yr less.

    ``proven`` when both plans are proven optimal; else ``most`` bounds the saving (€/yr; NaN where unknown).
    """

    extra: float
    saving: float
    most: float
    proven: bool

    @property
    def reason(self) -> Reason:
        """The worth as a reason, to be put in words."""
        code = "budget_buys" if self.proven else "budget_buys_about"
        return Reason(code, self.saving, {"extra": self.extra, "saving": self.saving, "most": self.most})


def weigh_budget(
    problem: SourcingProblem,
    rules: PlanRules,
    plan: SourcingPlan,
    *,
    time_limit: float = 30.0,
    cancel: Callable[[], bool] | None = None,
) -> BudgetWorth | None:
    """Return what a tenth more budget (1,000 € at least) buys; None without a budget or a plan.

    The marginal price of the budget row says nothing here: with qualifications and openings fixed the row is
    constant and its dual zero. So the plan is made again. What is found is never negative: the plan at hand
    still fits the larger budget.
    """
    if rules.budget is None or not plan.found:
        return None
    extra = max(_STEP * rules.budget, _LEAST_STEP)
    richer = plan_sourcing(
        problem, replace(rules, budget=rules.budget + extra), time_limit=time_limit, cancel=cancel
    )
    found = richer.objective if richer.found else np.inf
    saving = max(plan.objective - found, 0.0)
    most = plan.objective - richer.bound if np.isfinite(richer.bound) else np.nan
    proven = plan.status is Status.OPTIMAL and richer.status is Status.OPTIMAL
    return BudgetWorth(extra, saving, most, proven)
