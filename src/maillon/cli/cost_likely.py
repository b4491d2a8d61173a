"""How sure a comparison is: the likely range of both totals, and the factors to narrow first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from maillon.core.estimate import Estimate
from maillon.core.message import message
from maillon.core.money import Money
from maillon.language import format_percent, render
from maillon.method.cost import Comparison
from maillon.method.cost.uncertainty import FactorShare, compare_draws, deciding_factors
from maillon.report.workbook.cost_labels import factor_label

#: Factors named as those that decide.
_MOST = 3


@dataclass(frozen=True, slots=True)
class Likely:
    """Nine totals in ten lie within each estimate; ``cheaper`` is a share of the draws."""

    imported: Estimate
    local: Estimate
    cheaper: float
    deciding: Sequence[FactorShare]


def weigh_likely(found: Comparison) -> Likely:
    """Draw both offers 10,000 times under common shocks, and share out the variance of the import."""
    drawn = compare_draws([found.imported.factors], [found.local.factors])
    deciding = deciding_factors(found.imported.factors)[:_MOST]
    return Likely(drawn.imported.estimate(0), drawn.local.estimate(0), float(drawn.probability[0]), deciding)


def likely_json(likely: Likely) -> dict[str, Any]:
    """Return the quantiles (5, 50, 95 %), the share of draws in which local is cheaper, what decides."""
    bounds = {
        name: {"low": one.low, "mid": one.mid, "high": one.high, "unit": one.unit, "source": one.source}
        for name, one in (("import", likely.imported), ("local", likely.local))
    }
    deciding = [{"factor": one.name, "share": one.total, "exact": one.exact} for one in likely.deciding]
    return {**bounds, "local_cheaper": likely.cheaper, "deciding": deciding}


def likely_shown(likely: Likely, language: str, *, local_price_known: bool) -> list[str]:
    """Return the same in sentences; how often local is cheaper only where a local price is known."""
    one = likely.imported
    told = [
        message(
            "Nine times in ten the import costs between {low} and {high} a piece (10,000 correlated draws).",
            low=Money(round(one.low, 2), "EUR"),
            high=Money(round(one.high, 2), "EUR"),
        )
    ]
    if local_price_known:
        share = format_percent(likely.cheaper, language)
        told.append(message("The local source is cheaper in {share} of the draws.", share=share))
    if likely.deciding:
        names = ", ".join(
            f"{render(factor_label(one.name), language)} ({format_percent(one.total, language)})"
            for one in likely.deciding
        )
        told.append(message("What to narrow first, by its share of the variance: {names}.", names=names))
    return [render(each, language) for each in told]
