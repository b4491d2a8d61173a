"""The business rules of a sourcing plan: what the buyer asks for, and how risk is weighed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from maillon.core.errors import InvalidRequest
from maillon.core.message import message

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlanRules:
    """The rules of one plan; ``None`` means that the rule is not asked.

    ``budget`` (€, once) bounds the one-off costs, which weigh in the objective over ``amortisation_years``.
    ``co2_cap`` is kg CO2e/yr, ``local_target`` the least local share (0 to 1) of what the parts weigh,
    ``risk_cap`` the largest CVaR in €. A critical part has ``critical_sources`` suppliers at least, none with
    more than ``critical_most_share``; any part has ``most_sources`` at most, each with ``least_share`` at
    least. Risk is the CVaR at level ``confidence`` of ``loss_per_euro`` € a € of spend not delivered, and
    counts ``risk_weight`` times in the objective. ``forced`` pairs (part, supplier) are qualified and used,
    ``forbidden`` ones are not. Defaults: methods-optimisation §3.
    """

    budget: float | None = None
    co2_cap: float | None = None
    local_target: float | None = None
    risk_cap: float | None = None
    amortisation_years: float = 3.0
    critical_sources: int = 2
    critical_most_share: float = 0.8
    most_sources: int = 3
    least_share: float = 0.2
    confidence: float = 0.95
    risk_weight: float = 0.5
    loss_per_euro: float = 3.0
    forced: Pairs = ()
    forbidden: Pairs = ()

    def __post_init__(self) -> None:
        """Raise ``InvalidRequest`` for a rule that makes no sense by itself."""
        for name in ("budget", "co2_cap", "risk_cap", "risk_weight", "loss_per_euro"):
            self._require(name, least=0.0)
        for name in ("local_target", "critical_most_share", "least_share"):
            self._require(name, least=0.0, most=1.0)
        self._require("confidence", least=0.0, most=1.0 - 1e-9)
        self._require("amortisation_years", least=1e-9)
        self._require("critical_sources", least=1)
        self._require("most_sources", least=self.critical_sources)

    def _require(self, name: str, *, least: float, most: float = math.inf) -> None:
        value = getattr(self, name)
        if value is None or (math.isfinite(value) and least <= value <= most):
            return
        if most < math.inf:
            hint = message(
                "It must lie between {least} and {most}.", least=round(least, 6), most=round(most, 6)
            )
        else:
            hint = message("It must be {least} or more.", least=round(least, 6))
        raise InvalidRequest(message("The rule “{rule}” is {value}.", rule=name, value=value), hint)
