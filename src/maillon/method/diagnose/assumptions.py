"""What a diagnosis takes for granted: every number can be set and is stated in the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from maillon.core.evidence import Evidence
from maillon.core.place import Place


@dataclass(frozen=True, slots=True)
class DiagnoseAssumptions:
    """The assumptions of one diagnosis.

    ``least_evidence`` is the weakest level on which the bounds rest: an origin below it counts as unknown in
    ``min`` and ``max`` and only guides ``expected``. ``expected`` is hidden where the coverage is below
    ``least_coverage``. ``rates`` gives the value of one unit of a foreign currency in the main one;
    ``vat_rate`` is the rate taken out of prices known only with VAT (French standard rate, CGI art. 278).
    ``site`` is where the firm itself adds its ``own_value``. ``own_cost_home`` is what the firm spends at
    home on one product for labour, energy, research and packaging, where the file does not hold it.
    ``priced_enough`` is the share of bought lines that must have a price before a pre-check concludes.
    """

    home: str = "FR"
    least_evidence: Evidence = Evidence.DECLARED
    least_coverage: float = 0.6
    family_lines: int = 3
    currency: str = "EUR"
    rates: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    vat_rate: float = 0.20
    site: Place | None = None
    own_cost_home: float | None = None
    priced_enough: float = 0.9

    def __post_init__(self) -> None:
        for name in ("least_coverage", "priced_enough"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(f"{name} is a share between 0 and 1, not {getattr(self, name)}")


DEFAULT_ASSUMPTIONS = DiagnoseAssumptions()
