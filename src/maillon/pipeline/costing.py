"""From the diagnosis to the cost: the dearest parts made abroad, each against a local source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from maillon.core.bom import Bom
from maillon.core.errors import MissingData
from maillon.core.estimate import Estimate
from maillon.dossier import BomCosts, LineCost
from maillon.method.diagnose import Diagnosis

if TYPE_CHECKING:
    from maillon.method.cost import QuickInputs

Progress = Callable[[float], None]
#: Lines made abroad that are costed, the dearest first: they hold nearly all of the spend.
MOST_LINES = 40
#: What a local maker who has not quoted may ask, as a multiple of the import's price.
LOCAL_PRICE = Estimate(
    0.95,
    1.175,
    1.4,
    "multiple of the import price",
    "hypothesis of the project: full costing is said to close gaps of 15 to 20 % (Reshoring Initiative); "
    "the range is wider",
    dt.date(2026, 11, 23),
)
#: Products made in a year where neither the file nor the request tells.
PER_YEAR = 100.0
_EURO = "EUR"


def cost_lines(
    bom: Bom,
    diagnosis: Diagnosis,
    *,
    per_year: float | None = None,
    today: dt.date,
    progress: Progress = lambda share: None,
) -> BomCosts | None:
    """Return the cost of the dearest lines known to be made abroad; None where there is none with a price.

    A bill of materials is for one product: its quantities are multiplied by ``per_year`` products, else by
    a hypothesis that the result names. Purchases of a year are taken as they are. Only spend in euros is
    costed: a rate of exchange is nobody's guess.
    """
    made = _made_abroad(bom, diagnosis)
    if made.is_empty() or diagnosis.currency != _EURO:
        return None
    years = 1.0 if diagnosis.annual else (per_year or PER_YEAR)
    kept = made.head(MOST_LINES)
    lines = []
    for place, row in enumerate(kept.iter_rows(named=True)):
        found = _cost_line(row, years, today)
        if found is not None:
            lines.append(found)
        progress((place + 1) / kept.height)
    return BomCosts(
        lines=tuple(lines),
        left_out=made.height - len(lines),
        local_price=LOCAL_PRICE,
        products_per_year=None if diagnosis.annual else years,
        products_assumed=not diagnosis.annual and per_year is None,
    )


def _made_abroad(bom: Bom, diagnosis: Diagnosis) -> pl.DataFrame:
    """Return the lines made abroad with a spend, dearest first, with what the file says of each."""
    said = bom.lines.select(
        "line",
        "mass",
        "lead_time",
        "supplier_country",
        price=pl.coalesce("unit_price", pl.col("amount") / pl.col("quantity")),
        own_currency=pl.col("currency").fill_null(diagnosis.currency),
    )
    spent = pl.col("spend") > 0
    return diagnosis.foreign.lines.filter(spent).join(said, on="line", how="left", maintain_order="left")


def _cost_line(row: Mapping[str, Any], years: float, today: dt.date) -> LineCost | None:
    from maillon.method.cost import CostAssumptions, estimate_quick_cost  # noqa: PLC0415 - loads only where asked

    assumptions = CostAssumptions(today=today)
    price = row["price"] if row["price"] and row["own_currency"] == _EURO else row["spend"]
    spend = row["spend"] * years
    try:
        open_price = estimate_quick_cost(_inputs(row, price, spend / price), assumptions)
        guessed = estimate_quick_cost(
            _inputs(row, price, spend / price, price * LOCAL_PRICE.mid), assumptions
        )
    except MissingData:
        return None
    return LineCost(
        line=row["line"],
        designation=row["designation"] or row["reference"] or "",
        supplier=row["supplier"],
        country=row["making_country"],
        spend=spend,
        quantity=spend / price,
        comparison=open_price,
        local=guessed.local,
    )


def _inputs(
    row: Mapping[str, Any], price: float, units: float, local_price: float | None = None
) -> QuickInputs:
    from maillon.method.cost import QuickInputs  # noqa: PLC0415 - as above

    return QuickInputs(
        price=price,
        currency=_EURO,
        country=row["making_country"],
        annual_quantity=units,
        mass=row["mass"],
        lead_time=row["lead_time"],
        local_price=local_price,
    )
