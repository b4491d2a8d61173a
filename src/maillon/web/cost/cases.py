"""What a cost is computed from, as it is kept and as people change it, and the one way to its result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from maillon.core.estimate import Estimate

if TYPE_CHECKING:
    from maillon.core.quotation import Quotation
    from maillon.dossier import LineCost
    from maillon.method.cost import Comparison, CostAssumptions

#: Source of what a person typed, as the library names it.
ENTERED = "entered by the user"
Range = tuple[float, float, float]
#: Where a replaced assumption holds: for the country of the import, for France, or for both.
SIDES = ("import", "local", "both")


@dataclass(frozen=True, slots=True)
class Case:
    """The figures of one import against a local source. None is unknown.

    ``price`` is in ``currency``, worth ``rate`` EUR; ``local_price`` in EUR; ``share`` is the part's share of
    what is bought from its supplier; ``assumed`` holds replaced assumptions by side and factor.
    """

    price: float
    currency: str
    country: str
    annual_quantity: float
    mass: float | None = None
    lead_time: float | None = None
    local_price: float | None = None
    rate: float | None = None
    mode: str = ""
    incoterm: str = ""
    cn: str = ""
    supplier: str = ""
    part: str = ""
    share: float | None = None
    source: str = ENTERED
    today: str = field(default_factory=lambda: dt.datetime.now(dt.UTC).date().isoformat())
    assumed: Mapping[str, Mapping[str, Range]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return plain data; ``Case(**data)`` is the way back."""
        return asdict(self)

    @property
    def day(self) -> dt.date:
        """The day that dates what was entered."""
        return dt.date.fromisoformat(self.today)


def case_of(line: LineCost) -> Case:
    """Return what a costed line was computed from."""
    offer, need = line.offer, line.demand
    return Case(
        price=offer.breaks[0].price,
        currency=offer.currency,
        country=line.country,
        annual_quantity=need.annual_quantity,
        mass=need.mass,
        lead_time=offer.lead_time,
        mode=offer.mode or "",
        cn=need.cn or "",
        supplier=offer.supplier,
        part=offer.part,
        share=need.supplier_share,
        source=offer.source,
        today=(offer.date or dt.date.min).isoformat(),
    )


def assumptions_of(case: Case) -> CostAssumptions:
    """Return the assumptions of a case: the shipped ones but for what was replaced."""
    from maillon.method.cost import CostAssumptions  # noqa: PLC0415 - numpy and tables, only where a cost is asked

    countries = {"import": case.country, "local": "FR"}
    table = CostAssumptions(today=case.day)

    def own(side: str) -> dict[str, Estimate]:
        shipped = table.assume(countries.get(side), _mode(case, side))
        ranges = case.assumed.get(side, {})
        return {
            name: Estimate(*range_, shipped[name].unit, ENTERED, case.day) for name, range_ in ranges.items()
        }

    rates = {} if case.rate is None else {case.currency: _exact(case.rate, f"EUR/{case.currency}", case.day)}
    return CostAssumptions(
        ranges=own("both"),
        rates=rates,
        today=case.day,
        countries={countries[side]: own(side) for side in countries},
    )


def _mode(case: Case, side: str) -> str | None:
    from maillon.method.cost import usual_mode  # noqa: PLC0415 - as above

    if side == "both":
        return None
    return "road" if side == "local" else case.mode or usual_mode(case.country)


def _exact(value: float, unit: str, day: dt.date) -> Estimate:
    return Estimate(value, value, value, unit, ENTERED, day)


def compare_case(case: Case) -> Comparison:
    """Return the import against the local source; errors are the library's, in words.

    Without a local price, the local source stands at the import's: the result is then its break-even.
    """
    from maillon.method.cost import Demand, compare_offers  # noqa: PLC0415 - as above
    from maillon.pipeline.costing import local_offer  # noqa: PLC0415 - as above

    imported = import_of(case)
    price = case.price * (case.rate or 1.0) if case.local_price is None else case.local_price
    return compare_offers(
        imported,
        local_offer(imported, price),
        Demand(case.annual_quantity, mass=case.mass, cn=case.cn or None, supplier_share=case.share),
        assumptions_of(case),
        local_price_known=case.local_price is not None,
    )


def import_of(case: Case) -> Quotation:
    """Return today's purchase as an offer."""
    from maillon.core.quotation import PriceBreak, Quotation  # noqa: PLC0415 - as above

    return Quotation(
        supplier=case.supplier or f"import {case.country}",
        part=case.part,
        breaks=(PriceBreak(0, case.price),),
        currency=case.currency,
        country=case.country,
        mode=_mode(case, "import"),
        incoterm=case.incoterm or None,
        lead_time=case.lead_time,
        mass=case.mass,
        established=True,
        source=case.source,
        date=case.day,
    )


def figures_of(found: Comparison) -> dict[str, Any]:
    """Return what lists and side-by-side tables show of a comparison, as plain data."""
    imported, local = found.imported, found.local
    return {
        "total": range_of(imported.per_unit),
        "local_total": range_of(local.per_unit) if found.local_price_known else None,
        "layers": {layer.value: range_of(sum_) for layer, sum_ in imported.by_layer.items()},
        "break_even": range_of(found.break_even),
        "margin": range_of(found.margin),
        "saving": range_of(found.saving) if found.local_price_known else None,
        "payback": found.payback,
        "one_off": range_of(local.one_off),
        "co2": range_of(imported.co2),
        "local_co2": range_of(local.co2),
        "apart": [reason.params["item"] for reason in found.reasons if _favours_local(reason)][:3],
    }


def _favours_local(reason: Any) -> bool:
    return bool(reason.code == "item_gap" and reason.weight > 0)


def range_of(estimate: Estimate | None) -> list[float] | None:
    """Return low, middle and high; None where unknown."""
    return None if estimate is None else [estimate.low, estimate.mid, estimate.high]
