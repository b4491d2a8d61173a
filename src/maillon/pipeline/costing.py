"""From the diagnosis to the cost: the dearest parts made abroad, each against a local source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from maillon.core.bom import Bom
from maillon.core.errors import MissingData
from maillon.core.quotation import PriceBreak, Quotation
from maillon.dossier import BomCosts, LineCost
from maillon.method.diagnose import Diagnosis

Progress = Callable[[float], None]
#: Lines made abroad that are costed, the dearest first: they hold nearly all of the spend.
MOST_LINES = 40
#: Products made in a year where neither the file nor the request tells.
PER_YEAR = 100.0
_EURO, _HOME = "EUR", "FR"
_FILE = "file of the firm"


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
        products_per_year=None if diagnosis.annual else years,
        products_assumed=not diagnosis.annual and per_year is None,
    )


def _made_abroad(bom: Bom, diagnosis: Diagnosis) -> pl.DataFrame:
    """Return the lines made abroad with a spend, dearest first, with what the file says of each.

    ``share`` is the line's share of what is bought abroad from its supplier, by which it bears visits there.
    """
    said = bom.lines.select(
        "line",
        "mass",
        "lead_time",
        "cn",
        price=pl.coalesce("unit_price", pl.col("amount") / pl.col("quantity")),
        own_currency=pl.col("currency").fill_null(diagnosis.currency),
    )
    made = diagnosis.foreign.lines.filter(pl.col("spend") > 0)
    share = pl.when(pl.col("supplier").is_not_null()).then(
        pl.col("spend") / pl.col("spend").sum().over("supplier")
    )
    return made.with_columns(share=share.fill_null(1.0)).join(
        said, on="line", how="left", maintain_order="left"
    )


def _cost_line(row: Mapping[str, Any], years: float, today: dt.date) -> LineCost | None:
    # Costs load only where they are asked.
    from maillon.method.cost import CostAssumptions, Demand, compare_offers, local_price_ratio  # noqa: PLC0415

    price = row["price"] if row["price"] and row["own_currency"] == _EURO else row["spend"]
    spend = row["spend"] * years
    ratio, assumptions = local_price_ratio(row["making_country"]), CostAssumptions(today=today)
    demand = Demand(spend / price, mass=row["mass"], supplier_share=row["share"], cn=row["cn"])
    imported = _imported(row, price, today)
    try:
        open_price = compare_offers(
            imported, local_offer(imported, price), demand, assumptions, local_price_known=False
        )
        guessed = compare_offers(imported, local_offer(imported, price * ratio.mid), demand, assumptions)
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
        local_price=ratio,
        offer=imported,
        demand=demand,
    )


def _imported(row: Mapping[str, Any], price: float, today: dt.date) -> Quotation:
    from maillon.method.cost import usual_mode  # noqa: PLC0415 - as above

    return Quotation(
        supplier=row["supplier"] or row["making_country"],
        part=str(row["line"]),
        breaks=(PriceBreak(0, price),),
        currency=_EURO,
        country=row["making_country"],
        mode=usual_mode(row["making_country"]),
        lead_time=row["lead_time"],
        mass=row["mass"],
        established=True,
        source=_FILE,
        date=today,
    )


def local_offer(imported: Quotation, price: float) -> Quotation:
    """Return what a French maker who has not quoted would offer at ``price`` (EUR) for the same part."""
    return Quotation(
        supplier="Local (FR)",
        part=imported.part,
        breaks=(PriceBreak(0, price),),
        currency=_EURO,
        country=_HOME,
        mode="road",
        mass=imported.mass,
        source=imported.source,
        date=imported.date,
    )
