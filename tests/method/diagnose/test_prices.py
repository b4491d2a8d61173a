"""What a line costs: currencies, VAT, amounts, ranges, yearly quantities, and what is set aside."""

import polars as pl
import pytest

from factories.boms import flat_bom
from maillon.core.bom import Bom, bom_from
from maillon.method.diagnose import DiagnoseAssumptions, cost_bom, diagnose_bom
from maillon.method.diagnose.prices import Prices, price_lines


def priced(bom: Bom, **assumptions: object) -> Prices:
    return price_lines(bom, DiagnoseAssumptions(**assumptions))  # type: ignore[arg-type]  # keywords of the test


def codes(prices: Prices) -> dict[str, object]:
    return {r.code: r.params.get("n") for r in prices.reasons}


def test_the_main_currency_is_the_one_most_lines_state_and_others_need_a_rate() -> None:
    bom = flat_bom(
        {"unit_price": 10.0, "currency": "USD"},
        {"unit_price": 20.0, "currency": "USD"},
        {"unit_price": 30.0, "currency": "EUR"},
        {"unit_price": 40.0},
    )
    left = priced(bom)
    assert left.currency == "USD"
    assert left.frame["low"].to_list() == [10.0, 20.0, None, 40.0]
    assert codes(left) == {"currency_assumed": 1, "currency_unconverted": 1}
    converted = priced(bom, rates={"EUR": 1.25})
    assert converted.frame["low"].to_list() == [10.0, 20.0, 37.5, 40.0]
    assert codes(converted) == {"currency_assumed": 1, "currency_converted": 1}


def test_prices_known_only_with_vat_lose_it() -> None:
    prices = priced(flat_bom({"unit_price": 120.0, "vat_included": True, "currency": "EUR"}))
    assert prices.frame["low"].to_list() == [pytest.approx(100.0)]
    assert codes(prices) == {"vat_removed": 1}


def test_an_amount_stands_in_for_a_price() -> None:
    bom = bom_from(
        {
            "quantity": [4.0, None, 0.0, 2.0],
            "amount": [20.0, 7.0, 5.0, 99.0],
            "unit_price": [None, None, None, 3.0],
            "currency": ["EUR"] * 4,
        }
    )
    prices = priced(bom)
    assert prices.frame["low"].to_list() == [5.0, 7.0, None, 3.0]
    assert prices.frame["quantity"].to_list() == [4.0, 1.0, 0.0, 2.0]


def test_a_range_keeps_both_ends_in_order() -> None:
    bom = flat_bom({"unit_price": 8.0, "unit_price_max": 5.0, "currency": "EUR"})
    prices = priced(bom)
    assert prices.frame.select("low", "high").rows() == [(5.0, 8.0)]
    assert codes(prices) == {"price_range": 1}


def test_negative_and_infinite_figures_are_set_aside_and_zero_is_said() -> None:
    bom = flat_bom(
        {"unit_price": -4.0, "currency": "EUR"},
        {"unit_price": float("inf"), "currency": "EUR"},
        {"unit_price": 0.0, "currency": "EUR"},
        {"unit_price": 1.0, "quantity": -1.0, "currency": "EUR"},
    )
    prices = priced(bom)
    assert prices.frame["low"].to_list() == [None, None, 0.0, 1.0]
    assert prices.frame["quantity"].to_list() == [1.0, 1.0, 1.0, None]
    said = {"negative_set_aside": 2, "absurd_set_aside": 1, "quantity_missing": 1, "zero_price": 1}
    assert codes(prices) == said


def test_yearly_quantities_make_a_yearly_spend_only_where_all_of_the_top_level_has_one() -> None:
    lines = [{"unit_price": 10.0, "quantity": 2.0, "annual_quantity": 40.0, "currency": "EUR"}]
    yearly = diagnose_bom(flat_bom(*lines))
    assert (yearly.annual, yearly.spend) == (True, 400.0)
    partly = diagnose_bom(flat_bom(*lines, {"unit_price": 1.0}))
    assert (partly.annual, partly.spend) == (False, 21.0)
    assert "annual_quantities_unused" in {r.code for r in partly.assumptions}


def test_yearly_quantities_reach_the_parts_of_an_assembly() -> None:
    bom = bom_from(
        {
            "parent": [None, 1],
            "quantity": [1.0, 3.0],
            "annual_quantity": [40.0, None],
            "unit_price": [None, 2.0],
        }
    )
    assert diagnose_bom(bom).spend == 240.0


def test_an_item_used_twice_at_two_prices_has_a_range_and_one_origin() -> None:
    bom = bom_from(
        {
            "item": [1, 1],
            "quantity": [1.0, 2.0],
            "unit_price": [10.0, 14.0],
            "making_country": ["FR", "CN"],
            "evidence": ["declared", "documented"],
        }
    )
    costed = cost_bom(bom)
    assert costed.items.select("low", "high", "making_country").rows() == [(10.0, 14.0, "CN")]
    assert [r.params["n"] for r in costed.reasons if r.code == "several_prices"] == [1]


def test_two_equally_documented_origins_contradict_each_other() -> None:
    both = {"item": [1, 1], "quantity": [1.0, 1.0], "unit_price": [1.0, 1.0]}
    bom = bom_from({**both, "making_country": ["FR", "CN"]})
    costed = cost_bom(bom)
    assert costed.items.select("making_country", "level").rows() == [(None, 0)]
    assert [r.params["n"] for r in costed.reasons if r.code == "contradictory_origin"] == [1]


def test_a_line_whose_parent_is_nowhere_is_at_the_top() -> None:
    bom = bom_from(pl.DataFrame({"parent": [99], "quantity": [3.0], "unit_price": [2.0]}))
    assert diagnose_bom(bom).spend == 6.0
