"""The cost of every bought line at once: the same formula, one array a factor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import polars as pl

from maillon.core.quotation import PriceBreak, Quotation
from maillon.method.cost.arithmetic import cost_arrays
from maillon.method.cost.assumptions import CostAssumptions
from maillon.method.cost.customs import Array
from maillon.method.cost.factors import HOME_CURRENCY, corners, resolve_factors
from maillon.method.cost.hypotheses import local_price_ratio
from maillon.method.cost.layers import LAYER_OF, Layer
from maillon.method.cost.need import Demand
from maillon.method.cost.quick import usual_mode

#: Columns that may be absent or null.
_OPTIONAL = {"currency": pl.String, "country": pl.String, "mass": pl.Float64, "lead_time": pl.Float64,
             "supplier": pl.String}  # fmt: skip
#: What a line may say of itself; lines that say the same things share their assumptions.
_SAID = ("lead_time", "mass", "share")


def estimate_bom_costs(lines: pl.DataFrame, assumptions: CostAssumptions | None = None) -> pl.DataFrame:
    """Return the yearly total cost of each bought line, as it is bought today.

    ``lines`` holds ``line``, ``unit_price`` (in ``currency``, EUR where null), ``annual_quantity``, and where
    known ``country`` of making, ``mass`` (kg/unit), ``lead_time`` (days), ``supplier``. The result has a row
    a line, in its order: ``low``, ``mid``, ``high`` in EUR/unit, ``yearly_low`` … in EUR/year, one column a
    layer (EUR/unit, middle), ``lot``, and ``local_price_low`` … in EUR/unit: what a French maker who has not
    quoted may ask, a hypothesis with its range (``hypotheses.local_price_ratio``). All are null where the
    price or quantity is unknown or not above zero, or the currency has no rate. Visits, audits and shipments
    of a supplier are shared by spend among its lines.
    """
    assumptions = assumptions or CostAssumptions()
    known = _complete(lines, assumptions)
    found = [
        _cost_group(group, assumptions)
        for _, group in known.drop_nulls(["price", "annual_quantity"]).group_by(
            ["country", "currency", *(f"{name}_known" for name in _SAID)], maintain_order=True
        )
    ]
    order = lines.select("line")
    if not found:
        return order.with_columns(pl.lit(None, dtype=pl.Float64).alias(name) for name in _columns())
    return order.join(pl.concat(found), on="line", how="left", maintain_order="left")


def _columns() -> list[str]:
    bounds = ("low", "mid", "high")
    yearly = [f"yearly_{bound}" for bound in bounds]
    return [*bounds, *yearly, *Layer, "lot", *(f"local_price_{bound}" for bound in bounds)]


def _complete(lines: pl.DataFrame, assumptions: CostAssumptions) -> pl.DataFrame:
    """Return the lines with every column, sound figures only, and their share of their supplier's spend."""
    absent = [pl.lit(None, dtype=t).alias(c) for c, t in _OPTIONAL.items() if c not in lines.columns]
    rates = {HOME_CURRENCY: 1.0} | {code: rate.mid for code, rate in assumptions.rates.items()}
    rate = pl.col("currency").replace_strict(
        list(rates), list(rates.values()), default=None, return_dtype=pl.Float64
    )
    spend = pl.col("price") * pl.col("annual_quantity") * rate
    return (
        lines.with_columns(absent)
        .with_columns(currency=pl.col("currency").fill_null(HOME_CURRENCY))
        .with_columns(_positive("annual_quantity"), _positive("mass"), _positive("unit_price").alias("price"))
        .with_columns(
            price=pl.when(rate.is_not_null()).then("price"),
            lead_time=pl.when(pl.col("lead_time") >= 0).then("lead_time"),
        )
        .with_columns(
            share=pl.when(pl.col("supplier").is_not_null()).then(spend / spend.sum().over("supplier"))
        )
        .with_columns(pl.col(name).is_not_null().alias(f"{name}_known") for name in _SAID)
    )


def _positive(column: str) -> pl.Expr:
    figure = pl.col(column).cast(pl.Float64)
    return pl.when(figure.is_finite() & (figure > 0)).then(figure).alias(column)


def _cost_group(group: pl.DataFrame, assumptions: CostAssumptions) -> pl.DataFrame:
    """Cost lines that share country, currency and what is known of them: their assumptions are the same."""
    columns = _columns_of(group, assumptions)
    items = cost_arrays(columns)
    shape = (group.height, columns["freight"].shape[1])
    wide = {code: np.broadcast_to(values, shape) for code, values in items.items()}
    middle = {code: values[:, 0] for code, values in wide.items()}
    per_unit = {
        "low": _sum(values.min(axis=1) for values in wide.values()),
        "mid": _sum(middle.values()),
        "high": _sum(values.max(axis=1) for values in wide.values()),
    }
    yearly = group["annual_quantity"].to_numpy()
    figures = dict(per_unit)
    figures |= {f"yearly_{bound}": values * yearly for bound, values in per_unit.items()}
    for layer in Layer:
        figures[layer.value] = _sum(middle[code] for code in wide if LAYER_OF[code] is layer)
    figures["lot"] = np.ravel(columns["lot"])
    price = group["price"].to_numpy() * columns["exchange_rate"][0, 0]
    ratio = local_price_ratio(group["country"][0])
    figures |= {f"local_price_{bound}": price * getattr(ratio, bound) for bound in per_unit}
    return group.select("line").with_columns(pl.Series(name, values) for name, values in figures.items())


def _sum(values: Iterable[Array]) -> Array:
    return np.asarray(np.sum(list(values), axis=0))


def _columns_of(group: pl.DataFrame, assumptions: CostAssumptions) -> dict[str, Array]:
    """Return every factor as (1 or lines, columns of ``corners``), from one offer at a price of one."""
    known = {name: bool(group[f"{name}_known"][0]) for name in _SAID}
    country = group["country"][0]
    one = Quotation(
        supplier="",
        part="",
        breaks=(PriceBreak(0, 1.0),),
        currency=group["currency"][0],
        country=country,
        mode=usual_mode(country) if country else None,
        lead_time=0.0 if known["lead_time"] else None,
        mass=1.0 if known["mass"] else None,
        established=True,
        date=assumptions.today,
    )
    shared = Demand(1.0, supplier_share=1.0 if known["share"] else None)
    columns = {
        name: values[np.newaxis, :]
        for name, values in corners(resolve_factors(one, shared, assumptions, 1.0)).items()
    }
    said = {name: group[name].to_numpy()[:, np.newaxis] for name in ("price", "annual_quantity", *_SAID)}
    columns |= {"price": said["price"], "annual_quantity": said["annual_quantity"]}
    columns["unit_margin"] = columns["unit_margin"] * said["price"]
    columns["mass"] = columns["mass"] * said["mass" if known["mass"] else "price"]
    if known["lead_time"]:
        columns |= {"lead_time_days": said["lead_time"], "pipeline_days": said["lead_time"]}
    if known["share"]:
        columns |= {name: columns[name] * said["share"] for name in ("travel_audit", "fees_flat")}
    return columns | {"lot": _economic_lots(columns)}


def _economic_lots(columns: Mapping[str, Array]) -> Array:
    """Return √(2·K·D/(h·c)) in whole units, at most a year's need, as (lines, 1); see ``choose_lot``."""
    f = {name: values[:, :1] for name, values in columns.items()}
    per_order = f["order_cost"] + f["fees_flat"] * f["buyer_import"]
    held = f["carrying_rate"] * f["price"] * f["exchange_rate"]
    lots = np.sqrt(2 * per_order * f["annual_quantity"] / held)
    return np.ceil(np.minimum(lots, f["annual_quantity"]))
