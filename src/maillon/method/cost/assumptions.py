"""What a cost takes for granted: every range can be replaced and is stated in the result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from maillon.core.estimate import Estimate
from maillon.method.cost.hypotheses import cost_hypotheses
from maillon.reference.freight.assumptions import load_assumptions

_NONE: Mapping[str, Estimate] = MappingProxyType({})
_NOWHERE: Mapping[str, Mapping[str, Estimate]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CostAssumptions:
    """The assumptions of one cost.

    ``file`` is a table of assumptions by country and mode that the user edited; ``countries`` replaces
    factors of goods from one country, ``ranges`` factors whatever the country; ``rates`` gives the value in
    EUR of one unit of each foreign currency; ``duty_file`` is a table of duties by customs code; ``today``
    dates what is entered and tells expired quotations.
    """

    ranges: Mapping[str, Estimate] = field(default_factory=lambda: _NONE)
    rates: Mapping[str, Estimate] = field(default_factory=lambda: _NONE)
    file: Path | None = None
    duty_file: Path | None = None
    today: dt.date = field(default_factory=lambda: dt.datetime.now(dt.UTC).date())
    countries: Mapping[str, Mapping[str, Estimate]] = field(default_factory=lambda: _NOWHERE)

    def assume(self, country: str | None, mode: str | None) -> Mapping[str, Estimate]:
        """Return each range for goods from ``country`` by ``mode``: shipped, file, ``countries``, ``ranges``.

        ``air_premium`` is what a kilogram costs more by air than by ``mode``.

        >>> CostAssumptions().assume("CN", "sea")["air_premium"].mid
        4.25
        """
        own = dict(self.countries.get(country or "", {}))
        table = dict(cost_hypotheses()) | dict(load_assumptions(country, mode, self.file)) | own
        air, usual = load_assumptions(country, "air", self.file)["freight"], table["freight"]
        gaps = sorted(max(0.0, getattr(air, b) - getattr(usual, b)) for b in ("low", "mid", "high"))
        table["air_premium"] = Estimate(gaps[0], gaps[1], gaps[2], "EUR/kg", air.source, air.date)
        return MappingProxyType(table | own | dict(self.ranges))

    def fixed_for(self, country: str | None) -> dict[str, Estimate]:
        """Return the factors that were replaced for goods from ``country``.

        >>> CostAssumptions().fixed_for("CN")
        {}
        """
        return dict(self.countries.get(country or "", {})) | dict(self.ranges)
