"""Costs of all lines at once are those of one line at a time: one formula."""

import datetime as dt

import polars as pl
import pytest

from maillon.core.estimate import Estimate
from maillon.core.quotation import PriceBreak, Quotation
from maillon.method.cost import CostAssumptions, Demand, Layer, estimate_cost
from maillon.method.cost.bom import estimate_bom_costs
from maillon.method.cost.quick import usual_mode

DAY = dt.date(2026, 11, 23)
RATES = {"USD": Estimate(0.85, 0.9, 0.95, "EUR/USD", "entered by the user", DAY)}
ASSUMED = CostAssumptions(rates=RATES, today=DAY)
LINES = pl.DataFrame(
    {
        "line": [1, 2, 3, 4, 5, 6, 7, 8],
        "unit_price": [10.0, 0.02, 250.0, None, 5.0, 8.0, -1.0, 3.0],
        "currency": ["EUR", None, "USD", "EUR", "GBP", "USD", "EUR", "EUR"],
        "annual_quantity": [1000.0, 5000.0, 12.0, 10.0, 10.0, 90.0, 5.0, 0.5],
        "country": ["CN", "CN", "US", "FR", "GB", None, "CN", "DE"],
        "mass": [0.5, None, 12.0, 1.0, 1.0, None, 1.0, 2.0],
        "lead_time": [70.0, None, None, 10.0, 10.0, 30.0, 10.0, -4.0],
        "supplier": ["Alpha", "Alpha", "Beta", "Gamma", "Delta", None, "Alpha", "Echo"],
    }
)


def alone(row, share):
    offer = Quotation(
        "", "", (PriceBreak(0, row["unit_price"]),), row["currency"] or "EUR", row["country"],
        usual_mode(row["country"]) if row["country"] else None, mass=row["mass"],
        lead_time=row["lead_time"] if (row["lead_time"] or 0) > 0 else None, established=True,
    )  # fmt: skip
    return estimate_cost(offer, Demand(row["annual_quantity"], supplier_share=share), ASSUMED)


def test_each_line_costs_what_it_costs_alone():
    found = estimate_bom_costs(LINES, ASSUMED)
    shares = {1: 10000 / 10100, 2: 100 / 10100, 3: 1.0, 6: None, 8: 1.0}
    for row in LINES.iter_rows(named=True):
        line = found.row(by_predicate=pl.col("line") == row["line"], named=True)
        if row["line"] not in shares:
            assert all(value is None for name, value in line.items() if name != "line")
            continue
        one = alone(row, shares[row["line"]])
        assert line["lot"] == one.lot
        for bound in ("low", "mid", "high"):
            assert line[bound] == pytest.approx(getattr(one.per_unit, bound), rel=1e-9)
            assert line[f"yearly_{bound}"] == pytest.approx(getattr(one.per_year, bound), rel=1e-9)
        for layer in Layer:
            assert line[layer.value] == pytest.approx(one.by_layer[layer].mid, rel=1e-9)


def test_lines_keep_their_order_and_a_local_price_is_a_range():
    found = estimate_bom_costs(LINES, ASSUMED)
    assert found["line"].to_list() == LINES["line"].to_list()
    first = found.row(0, named=True)
    assert first["local_price_low"] < first["local_price_mid"] < first["local_price_high"]
    assert first["local_price_mid"] == pytest.approx(11.75)


def test_no_line_or_no_price_gives_nulls():
    bare = pl.DataFrame({"line": [1], "unit_price": [None], "annual_quantity": [5.0]})
    found = estimate_bom_costs(bare.cast({"unit_price": pl.Float64}))
    assert found.select(pl.exclude("line")).row(0) == (None,) * (len(found.columns) - 1)
    assert estimate_bom_costs(bare.head(0).cast({"unit_price": pl.Float64})).height == 0
