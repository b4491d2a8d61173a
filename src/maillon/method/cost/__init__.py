"""Step 4, cost: what importing really costs, and at what price a local source is worth it."""

from maillon.method.cost.assumptions import CostAssumptions
from maillon.method.cost.break_even import break_even_price, payback_months
from maillon.method.cost.compare import Comparison, WaterfallStep, compare_offers
from maillon.method.cost.estimate import estimate_cost
from maillon.method.cost.hypotheses import local_price_ratio
from maillon.method.cost.layers import Layer
from maillon.method.cost.need import Demand
from maillon.method.cost.quick import QuickInputs, estimate_quick_cost, usual_mode
from maillon.method.cost.results import CostItem, TotalCost

__all__ = [
    "Comparison",
    "CostAssumptions",
    "CostItem",
    "Demand",
    "Layer",
    "QuickInputs",
    "TotalCost",
    "WaterfallStep",
    "break_even_price",
    "compare_offers",
    "estimate_cost",
    "estimate_quick_cost",
    "local_price_ratio",
    "payback_months",
    "usual_mode",
]
