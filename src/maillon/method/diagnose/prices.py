"""What each line costs: one currency, no VAT, a range where the file gives one."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from maillon.core.bom import Bom
from maillon.core.reason import Reason
from maillon.method.diagnose.assumptions import DiagnoseAssumptions
from maillon.method.diagnose.plausible import ABSURD
from maillon.method.diagnose.reasons import counted


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """One row for each line of the bill of materials, in its order.

    ``frame`` holds ``quantity`` (per unit of the parent), ``low`` and ``high`` (price of one unit), ``own``
    (value that the firm adds to one unit), all in ``currency``; null where unknown.
    """

    frame: pl.DataFrame
    currency: str
    annual: bool
    reasons: tuple[Reason, ...]


def price_lines(bom: Bom, assumptions: DiagnoseAssumptions) -> Prices:
    """Return quantities and unit prices in the main currency: the one that most priced lines state.

    A price in another currency counts only with a rate given in the assumptions. A price known only with VAT
    is divided by one plus the VAT rate. Without a unit price, the amount of the line divided by its quantity
    serves; without a quantity either, the line counts once for its whole amount. Negative figures are set
    aside. Top-level quantities are the yearly ones where every top-level line has one.
    """
    stated = bom.lines.filter(pl.any_horizontal(pl.col("unit_price", "amount", "own_value").is_not_null()))
    currency = _main_currency(stated["currency"], assumptions.currency)
    annual = _is_annual(bom.lines)
    frame = (
        bom.lines.lazy()
        .with_columns(_plausible("quantity", "annual_quantity", "unit_price", "unit_price_max", "amount"))
        .with_columns(_plausible("own_value"), rate=_rate(currency, assumptions))
        .with_columns(quantity=_quantity(bom.lines, annual), net=_net_factor(assumptions), low=_unit_price())
        .with_columns(quantity=_counted_once())
        .select(
            "quantity",
            low=pl.min_horizontal("low", _upper_end()) * pl.col("net"),
            high=pl.max_horizontal("low", _upper_end()) * pl.col("net"),
            own=pl.col("own_value") * pl.col("rate"),
        )
        .collect()
    )
    return Prices(frame, currency, annual, _reasons(bom.lines, frame, currency, assumptions, annual))


def _main_currency(stated: pl.Series, default: str) -> str:
    counts = stated.drop_nulls().value_counts(sort=True).sort("count", "currency", descending=[True, False])
    return default if counts.is_empty() else str(counts["currency"][0])


def _is_annual(lines: pl.DataFrame) -> bool:
    top = lines.filter(_at_top(lines))
    return top.height > 0 and top["annual_quantity"].null_count() == 0


def _at_top(lines: pl.DataFrame) -> pl.Expr:
    return pl.col("parent").is_null() | ~pl.col("parent").is_in(lines["item"].implode())


def _plausible(*columns: str) -> pl.Expr:
    column = pl.col(*columns)
    return pl.when(column.is_between(0, ABSURD)).then(column)


def _rate(currency: str, assumptions: DiagnoseAssumptions) -> pl.Expr:
    rates = {**assumptions.rates, currency: 1.0}
    stated = pl.col("currency").fill_null(currency)
    return stated.replace_strict(list(rates), list(rates.values()), default=None, return_dtype=pl.Float64)


def _net_factor(assumptions: DiagnoseAssumptions) -> pl.Expr:
    with_vat = pl.col("vat_included").fill_null(value=False)
    return pl.when(with_vat).then(pl.col("rate") / (1 + assumptions.vat_rate)).otherwise(pl.col("rate"))


def _quantity(lines: pl.DataFrame, annual: bool) -> pl.Expr:
    if not annual:
        return pl.col("quantity")
    return pl.when(_at_top(lines)).then("annual_quantity").otherwise("quantity")


def _unit_price() -> pl.Expr:
    divisor = pl.coalesce("quantity", "annual_quantity", pl.lit(1.0))
    return pl.coalesce("unit_price", pl.when(divisor > 0).then(pl.col("amount") / divisor))


def _counted_once() -> pl.Expr:
    only_amount = pl.col("unit_price").is_null() & pl.col("amount").is_not_null()
    return pl.when(pl.col("quantity").is_null() & only_amount).then(1.0).otherwise("quantity")


def _upper_end() -> pl.Expr:
    return pl.when(pl.col("unit_price").is_not_null()).then("unit_price_max")


def _reasons(
    lines: pl.DataFrame, frame: pl.DataFrame, currency: str, assumptions: DiagnoseAssumptions, annual: bool
) -> tuple[Reason, ...]:
    priced = pl.any_horizontal(pl.col("unit_price", "amount").is_not_null())
    foreign = lines.filter(priced & (pl.col("currency") != currency))
    known = pl.col("currency").is_in(list(assumptions.rates))
    unstated = lines.filter(priced & pl.col("currency").is_null()).height
    figures = pl.col("quantity", "unit_price", "amount", "own_value")
    negative = lines.filter(pl.any_horizontal(figures < 0))
    absurd = lines.filter(pl.any_horizontal(figures.is_nan() | (figures > ABSURD)))
    return (
        *counted("currency_assumed", unstated, currency=currency),
        *counted("currency_converted", foreign.filter(known).height, currency=currency),
        *counted("currency_unconverted", foreign.filter(~known).height, currency=currency),
        *counted(
            "vat_removed", lines.filter(priced & pl.col("vat_included")).height, rate=assumptions.vat_rate
        ),
        *counted("negative_set_aside", negative.height),
        *counted("absurd_set_aside", absurd.height),
        *counted("quantity_missing", frame["quantity"].null_count()),
        *counted("zero_price", frame.filter(pl.col("high") == 0).height),
        *counted("price_range", frame.filter(pl.col("high") > pl.col("low")).height),
        *((Reason("annual_quantities"),) if annual else ()),
        *_partly_annual(lines, annual),
    )


def _partly_annual(lines: pl.DataFrame, annual: bool) -> tuple[Reason, ...]:
    stated = lines.height - lines["annual_quantity"].null_count()
    return () if annual else counted("annual_quantities_unused", stated)
