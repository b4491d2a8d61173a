"""The sourcing plan: who delivers which share of each part, at least cost under the buyer's rules."""

from maillon.method.plan.sourcing.contest import PlanProgress
from maillon.method.plan.sourcing.plan import plan_sourcing
from maillon.method.plan.sourcing.problem import SourcingProblem, sourcing_problem
from maillon.method.plan.sourcing.result import CostSplit, SourcingPlan
from maillon.method.plan.sourcing.rules import PlanRules

__all__ = [
    "CostSplit",
    "PlanProgress",
    "PlanRules",
    "SourcingPlan",
    "SourcingProblem",
    "plan_sourcing",
    "sourcing_problem",
]
