"""How sure a cost is: correlated draws of its factors, local against import, and the factors that decide."""

from maillon.method.cost.uncertainty.against import DrawnComparison, compare_draws
from maillon.method.cost.uncertainty.correlations import Correlations, default_correlations
from maillon.method.cost.uncertainty.draw import draw_costs
from maillon.method.cost.uncertainty.results import CostDraws

__all__ = [
    "Correlations",
    "CostDraws",
    "DrawnComparison",
    "compare_draws",
    "default_correlations",
    "draw_costs",
]
