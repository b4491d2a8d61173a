"""How sure a cost is: correlated draws of its factors, local against import, and the factors that decide."""

from maillon.method.cost.uncertainty.against import DrawnComparison, compare_draws
from maillon.method.cost.uncertainty.correlations import (
    Correlations,
    correlate,
    correlate_matrix,
    correlation_reasons,
    default_correlations,
)
from maillon.method.cost.uncertainty.draw import draw_costs
from maillon.method.cost.uncertainty.results import CostDraws
from maillon.method.cost.uncertainty.shares import FactorShare, deciding_differences, deciding_factors

__all__ = [
    "Correlations",
    "CostDraws",
    "DrawnComparison",
    "FactorShare",
    "compare_draws",
    "correlate",
    "correlate_matrix",
    "correlation_reasons",
    "deciding_differences",
    "deciding_factors",
    "default_correlations",
    "draw_costs",
]
