"""The cost-differential frontier, the exact reorder point, and the break-even price, against oracles."""

import datetime as dt
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillon.core.errors import InvalidRequest
from maillon.core.estimate import Estimate
from maillon.core.quotation import PriceBreak, Quotation
from maillon.method.cost import CostAssumptions, Demand, QuickInputs, compare_offers, estimate_quick_cost
from maillon.method.cost.arithmetic import cost_arrays
from maillon.method.cost.break_even import break_even_price
from maillon.method.cost.frontier import best_profit, expected_sales, trace_frontier
from maillon.method.cost.reorder import normal_reorder_point, reorder_point

SOME = settings(max_examples=50, deadline=None)
DAY = dt.date(2026, 11, 23)


@SOME
@given(st.floats(0.1, 500), st.floats(-2, 5), st.floats(0.05, 1.5))
def test_expected_sales_equal_their_integral(order, mean, deviation):
    """E[min(D, q)] is the integral of the survival function from 0 to q."""
    # In logarithms, from where demand is all but sure to where nothing is left to sell.
    low = min(mean - 9 * deviation, math.log(order))
    high = min(math.log(order), mean + 9 * deviation)
    y = low + (np.arange(4000) + 0.5) * (high - low) / 4000
    survival = 0.5 * np.array([math.erfc((v - mean) / deviation / math.sqrt(2)) for v in y])
    integral = float(np.mean(survival * np.exp(y)) * (high - low)) + math.exp(low)
    assert expected_sales(order, mean, deviation) == pytest.approx(integral, rel=1e-4, abs=1e-6)


@SOME
@given(st.floats(0.1, 0.9), st.floats(0.0, 0.9), st.floats(0.01, 1.0))
def test_the_best_profit_is_that_of_the_best_order(share, salvage_share, deviation):
    price = 100.0
    salvage = 60.0 * salvage_share
    cost = salvage + share * (price - salvage)
    mean = -(deviation**2) / 2
    orders = np.exp(np.linspace(-6 * deviation, 6 * deviation, 4001))
    sales = np.array([expected_sales(q, mean, deviation) for q in orders])
    profits = price * sales + salvage * (orders - sales) - cost * orders
    assert best_profit(cost, price, salvage, deviation) == pytest.approx(profits.max(), rel=1e-3, abs=1e-3)


@SOME
@given(st.floats(0.0, 1.5), st.floats(0, 60), st.floats(60, 400), st.floats(0.05, 0.95))
def test_both_lead_times_earn_the_same_on_the_frontier(volatility, short, long, share):
    price, salvage = 100.0, 10.0
    cost = salvage + share * (price - salvage)
    (point,) = trace_frontier(
        volatility, [long], price=price, short_cost=cost, short_lead_time=short, salvage=salvage
    )
    ours = best_profit(cost, price, salvage, volatility * math.sqrt(short / 365))
    theirs = best_profit(point.cost, price, salvage, volatility * math.sqrt(long / 365))
    assert theirs == pytest.approx(ours, rel=1e-6, abs=1e-9)
    assert point.differential >= -1e-12


def test_the_frontier_is_zero_at_equal_lead_times_and_rises_with_them():
    points = trace_frontier(0.8, [30, 60, 120, 240], price=100, short_cost=55, short_lead_time=30, salvage=5)
    assert points[0].differential == pytest.approx(0.0, abs=1e-12)
    differentials = [point.differential for point in points]
    assert differentials == sorted(differentials)
    assert trace_frontier(0.0, [300], price=100, short_cost=55)[0].differential == pytest.approx(
        0.0, abs=1e-12
    )


def test_the_frontier_against_a_simulation():
    (point,) = trace_frontier(0.7, [120], price=100, short_cost=60, short_lead_time=10, salvage=20)
    profits = []
    for cost, days in ((60.0, 10.0), (point.cost, 120.0)):
        s = 0.7 * math.sqrt(days / 365)
        demand = np.random.default_rng(7).lognormal(-s * s / 2, s, 2_000_000)
        order = np.quantile(demand, (100 - cost) / 80)
        sold = np.minimum(demand, order)
        profits.append(float(np.mean(100 * sold + 20 * (order - sold) - cost * order)))
    assert profits[1] == pytest.approx(profits[0], rel=2e-3)


def test_senseless_frontiers_and_reorder_points_are_refused():
    for wrong in ({"price": 50, "short_cost": 60}, {"price": 100, "short_cost": 5, "salvage": 10}):
        with pytest.raises(InvalidRequest):
            trace_frontier(0.5, [30], **wrong)
    with pytest.raises(InvalidRequest, match="cannot be negative"):
        trace_frontier(0.5, [-30], price=100, short_cost=60)
    with pytest.raises(InvalidRequest):
        reorder_point(1.0, 20, 5, {7: 1.0})
    with pytest.raises(InvalidRequest):
        reorder_point(0.9, 20, 5, {7: 0.4})


def gamma_lead_times(mean, deviation):
    """A gamma lead time cut into whole days, as in Chopra, Reinhardt and Dada."""
    shape, scale = (mean / deviation) ** 2, deviation**2 / mean
    days = np.arange(1, 120)
    weights = days ** (shape - 1) * np.exp(-days / scale)
    return dict(zip(days.tolist(), (weights / weights.sum()).tolist(), strict=True))


def test_less_lead_time_variance_raises_the_reorder_point_at_a_low_service():
    wide, narrow = gamma_lead_times(10, 6), gamma_lead_times(10, 3)
    low = [reorder_point(0.55, 20, 5, lead_times) for lead_times in (wide, narrow)]
    assert low[1] > low[0]
    formula = [normal_reorder_point(0.55, 20, 5, lead_times) for lead_times in (wide, narrow)]
    assert formula[1] < formula[0]
    high = [reorder_point(0.95, 20, 5, lead_times) for lead_times in (wide, narrow)]
    assert high[1] < high[0]


def test_the_exact_reorder_point_against_a_simulation():
    lead_times = gamma_lead_times(10, 5)
    rng = np.random.default_rng(3)
    drawn = rng.choice(list(lead_times), 1_000_000, p=list(lead_times.values()))
    demand = rng.normal(20 * drawn, 5 * np.sqrt(drawn))
    for service in (0.3, 0.6, 0.9, 0.99):
        point = reorder_point(service, 20, 5, lead_times)
        assert float(np.mean(demand <= point)) == pytest.approx(service, abs=2e-3)


prices = st.floats(0.5, 500.0)


@SOME
@given(
    prices, st.floats(10, 1e5), st.sampled_from(["CN", "IN", "DE", "TR", "US"]), st.floats(0.01, 50), prices
)
def test_the_break_even_price_is_the_root_found_by_bisection(price, yearly, country, mass, local):
    found = estimate_quick_cost(
        QuickInputs(price, "EUR", country, yearly, mass, local_price=local), CostAssumptions(today=DAY)
    )
    factors = {name: np.array(factor.mid) for name, factor in found.local.factors.items()}
    target = found.imported.per_unit.mid

    def total(at):
        return float(sum(cost_arrays(factors | {"price": np.array(at)}).values()))

    if total(0.0) >= target:
        assert found.break_even.mid == 0.0
        return
    low, high = 0.0, 10 * target
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if total(middle) < target else (low, middle)
    assert found.break_even.mid == pytest.approx((low + high) / 2, rel=1e-9, abs=1e-9)
    assert found.margin.mid == pytest.approx(found.break_even.mid / price - 1)


def test_at_the_break_even_price_both_cost_the_same():
    inputs = QuickInputs(10.0, "EUR", "CN", 2000, 0.5, 70)
    even = estimate_quick_cost(inputs).break_even.mid
    at_even = estimate_quick_cost(QuickInputs(10.0, "EUR", "CN", 2000, 0.5, 70, even))
    # The lot is chosen anew at the new price: the totals meet to what that choice is worth.
    assert at_even.local.per_unit.mid == pytest.approx(at_even.imported.per_unit.mid, rel=1e-4)


def offer(country, mode, price, **more):
    terms = {"incoterm": "DAP", "lead_time": 20, "mass": 1.0} | more
    return Quotation(f"Invented {country}", "part", (PriceBreak(0, price),), "EUR", country, mode, **terms)


def test_payback_divides_what_is_paid_once_by_what_is_saved_a_month():
    imported = offer("CN", "sea", 20.0, established=True)
    local = offer("FR", "road", 15.0, tooling=6000.0, first_article=0.0)
    known = {
        name: Estimate(value, value, value, "", "test", DAY)
        for name, value in {"travel_startup": 0.0}.items()
    }
    found = compare_offers(imported, local, Demand(1000, lot=100), CostAssumptions(ranges=known, today=DAY))
    once = found.local.item("tooling").estimate.mid
    saved = (found.imported.per_unit.mid - found.local.per_unit.mid + once) * 1000
    assert found.payback == pytest.approx(6000 / (saved / 12))
    dearer = compare_offers(imported, offer("FR", "road", 40.0, tooling=6000.0), Demand(1000, lot=100))
    assert dearer.payback is None
    assert dearer.next_action.code == "negotiate_local"
    assert dearer.reasons[0].code == "import_cheaper"


def test_a_comparison_says_what_separates_the_offers_most():
    found = compare_offers(
        offer("CN", "sea", 20.0, established=True), offer("FR", "road", 15.0), Demand(1000)
    )
    gaps = [abs(reason.weight) for reason in found.reasons[1:]]
    assert gaps == sorted(gaps, reverse=True)
    assert sum(step.gap for step in found.steps) == pytest.approx(
        found.imported.per_unit.mid - found.local.per_unit.mid
    )
    assert found.saving.low <= found.saving.mid <= found.saving.high
    assert found.imported.factors["unit_margin"] == found.local.factors["unit_margin"]


def test_the_break_even_range_holds_the_middle():
    found = estimate_quick_cost(QuickInputs(10.0, "EUR", "IN", 500))
    even = break_even_price(found.imported, found.local.factors)
    assert even.low <= even.mid <= even.high
    assert found.reasons[0].code == "local_price_unknown"
    assert found.next_action.code == "ask_local_quotation"
    assert found.payback is None
