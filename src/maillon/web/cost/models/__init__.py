"""What imports cost, line by line, what people assume instead, and what suppliers quote."""

from maillon.web.cost.models.quotation import CostQuotation
from maillon.web.cost.models.run import CostLine, CostRun
from maillon.web.cost.models.scenario import CostScenario

__all__ = ["CostLine", "CostQuotation", "CostRun", "CostScenario"]
