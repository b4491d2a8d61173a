"""Pools: optimal against enumeration, verified, shared so that nobody pays more than alone."""

import datetime as dt
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from factories.solver_children import shares_in_process
from maillon.core.errors import InvalidRequest
from maillon.core.estimate import Estimate
from maillon.core.place import Place
from maillon.method.plan.pool import (
    PoolLine,
    PoolNeed,
    PoolRules,
    Search,
    group_needs,
    pool_needs,
    verify_pool,
)
from maillon.method.plan.pool.arrays import PoolArrays, pool_arrays
from maillon.method.plan.pool.gaps import missing_of
from maillon.method.plan.pool.model import pool_model
from maillon.method.plan.pool.sharing import fair_shares, shapley_shares
from maillon.method.plan.pool.sharing.coalitions import coalition_costs
from maillon.solve import Status, solve

DATE = dt.date(2025, 12, 31)


def need(firm, volume, price, **more):
    spread = more.pop("spread", 1.0)
    estimate = Estimate(price - spread, price, price + spread, "EUR/unit", "invented", DATE)
    return PoolNeed(firm, "gears", volume, "piece", estimate, **more)


def drawn(seed, firms, lines, years=2):
    """A random pool as arrays: some lines viable, some not, capacities that bind now and then."""
    draw = np.random.default_rng(seed)
    volume = draw.integers(50, 500, firms).astype(float)
    delivered = draw.uniform(5, 8, (lines, 1)) + draw.uniform(0, 2, (lines, firms))
    delivered[draw.random((lines, firms)) < 0.1] = np.inf
    capacity = np.outer(draw.uniform(0.4, 1.2, lines) * volume.sum(), np.linspace(0.6, 1.0, years))
    fixed = draw.uniform(0.3, 2.5, lines) * volume.sum() * years
    minimum = capacity * draw.choice([0.0, 0.4, 0.8])
    return PoolArrays(
        volume, draw.uniform(9, 13, firms), delivered, fixed, capacity, minimum, 0.96 ** np.arange(years)
    )


def enumerated(arrays, members=None):
    """The least cost over every set of open lines, each year's sharing by a linear program of SciPy."""
    lines, firms, years = arrays.shape
    kept = np.ones(firms, dtype=bool) if members is None else np.asarray(members, dtype=bool)
    best = float(arrays.alone[kept].sum())
    volume, today = arrays.volume[kept], arrays.today[kept]
    for opened in itertools.product((False, True), repeat=lines):
        rows = np.flatnonzero(opened)
        if not rows.size or not kept.any():
            continue
        total = arrays.fixed[rows].sum()
        for year in range(years):
            answer = _year(arrays, rows, kept, year, volume, today)
            total = np.inf if answer is None else total + arrays.weight[year] * answer
        best = min(best, float(total))
    return best


def _year(arrays, rows, kept, year, volume, today):
    cost = arrays.delivered[np.ix_(rows, kept)]
    saved = np.where(np.isfinite(cost), cost - today, 0.0) * volume
    load = np.kron(np.eye(len(rows)), volume)
    once = np.kron(np.ones(len(rows)), np.eye(kept.sum()))
    limits = np.concatenate([arrays.capacity[rows, year], -arrays.minimum[rows, year], np.ones(kept.sum())])
    bounds = [(0, 1) if finite else (0, 0) for finite in np.isfinite(cost).ravel()]
    found = linprog(saved.ravel(), A_ub=np.vstack([load, -load, once]), b_ub=limits, bounds=bounds)
    return float(found.fun + (volume * today).sum()) if found.status == 0 else None


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), firms=st.integers(1, 4), lines=st.integers(1, 3))
def test_the_model_equals_every_set_of_lines(seed, firms, lines):
    arrays = drawn(seed, firms, lines)
    assert solve(pool_model(arrays).linear, target_gap=1e-9).objective == pytest.approx(
        enumerated(arrays), rel=1e-7
    )


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_shares_of_the_core_equal_the_least_excess_over_every_coalition(seed):
    arrays = drawn(seed, 4, 2, years=1)
    total = enumerated(arrays)
    with shares_in_process():
        shares = fair_shares(arrays, total)
    coalitions = [np.array(flags) for flags in itertools.product((0, 1), repeat=4) if 0 < sum(flags) < 4]
    costs = [enumerated(arrays, flags) for flags in coalitions]
    rows = [np.append(flags, -1.0) for flags in coalitions]
    bounds = [(0, alone) for alone in arrays.alone] + [(0, None)]
    least = linprog([0] * 4 + [1], A_ub=rows, b_ub=costs, A_eq=[[1] * 4 + [0]], b_eq=[total], bounds=bounds)
    excess = max(shares.paid @ flags - cost for flags, cost in zip(coalitions, costs, strict=True))
    assert shares.proved
    assert shares.paid.sum() == pytest.approx(total)
    assert (shares.paid <= arrays.alone * (1 + 1e-9)).all()
    assert max(excess, 0.0) == pytest.approx(least.fun, abs=1e-5 * total)
    assert shares.rule == ("core" if least.fun <= 1e-6 * total else "least-core")


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_shapley_shares_equal_the_average_over_all_orders(seed):
    arrays = drawn(seed, 3, 2, years=1)
    with shares_in_process():
        found = shapley_shares(arrays, enumerated(arrays))
    costs = {flags: enumerated(arrays, flags) for flags in itertools.product((False, True), repeat=3)}
    average = np.zeros(3)
    for order in itertools.permutations(range(3)):
        inside = [False] * 3
        for firm in order:
            before = costs[tuple(inside)]
            inside[firm] = True
            average[firm] += (costs[tuple(inside)] - before) / 6
    assert found.paid == pytest.approx(average, rel=1e-6, abs=1e-6)
    assert (found.paid <= arrays.alone * (1 + 1e-9)).all()


def test_sampled_shapley_shares_sum_to_the_cost_and_carry_their_error():
    arrays = drawn(11, 13, 1, years=1)
    with shares_in_process():
        whole = coalition_costs(arrays, np.ones((1, 13), dtype=bool), time_limit=30)[0]
    found = shapley_shares(arrays, whole, orders=8, seed=1)  # by a child, as the product does
    assert found.paid.sum() == pytest.approx(whole)
    assert (found.paid <= arrays.alone * (1 + 1e-9)).all()
    assert (found.error >= 0).all()
    assert not found.proved


@pytest.mark.parametrize("share", [fair_shares, shapley_shares])
def test_without_time_every_firm_saves_the_same_percentage_and_nothing_is_claimed(share):
    arrays = drawn(4, 5, 2)
    with shares_in_process():
        found = share(arrays, 0.8 * arrays.alone.sum(), time_limit=0.0)
    assert found.paid == pytest.approx(0.8 * arrays.alone)
    assert (found.rule, found.proved) == ("same-saving", False)


@settings(max_examples=5, deadline=None)
@given(
    volumes=st.lists(st.integers(10, 900), min_size=2, max_size=5),
    fixed=st.integers(100, 9000),
    minimum=st.sampled_from([0, 300, 1200]),
    robust=st.booleans(),
    share_by=st.sampled_from(["core", "shapley"]),
)
def test_every_pool_keeps_every_rule(volumes, fixed, minimum, robust, share_by):
    needs = [need(f"F{place}", volume, 9.0 + place) for place, volume in enumerate(volumes)]
    lines = [
        PoolLine("near", "gears", 1500, 5.0, yearly_cost=fixed, minimum=minimum, ramp=(0.5, 1.0)),
        PoolLine("far", "gears", 4000, 6.0, investment=fixed, minimum=minimum),
    ]
    rules = PoolRules(years=3, discount_rate=0.05, survives_leaver=robust)
    with shares_in_process():
        (plan,) = pool_needs(needs, lines, rules, Search(share_by=share_by))
    (group,) = group_needs(needs, lines)
    assert plan.status is Status.OPTIMAL
    assert plan.wrong == verify_pool(group, rules, plan) == ()
    assert plan.objective <= plan.cost_alone * (1 + 1e-9)
    if robust:
        assert all(leaving.viable for leaving in plan.departures)


def test_a_pool_that_one_firm_alone_carries_says_so_and_the_robust_one_is_not_set_up():
    needs = [need("Big", 1000, 10.0), need("Small", 100, 10.0)]
    line = PoolLine("L", "gears", 5000, 4.0, yearly_cost=3000.0, minimum=900)
    with shares_in_process():
        (plan,) = pool_needs(needs, [line], PoolRules(years=1))
    viable = {leaving.firm: leaving.viable for leaving in plan.departures}
    assert viable == {"Big": False, "Small": True}
    (robust,) = pool_needs(needs, [line], PoolRules(years=1, survives_leaver=True))
    assert not robust.viable
    assert robust.objective == robust.cost_alone == 11_000


def test_a_departure_raises_what_the_others_pay_by_what_the_leaver_paid_of_the_fixed_cost():
    needs = [need(firm, 500, 10.0) for firm in "ABC"]
    line = PoolLine("L", "gears", 5000, 4.0, yearly_cost=3000.0)
    (plan,) = pool_needs(needs, [line], PoolRules(years=1))
    assert [member.cost for member in plan.members] == pytest.approx([3000.0] * 3)  # 500 x 4 + 3000 / 3
    assert plan.rule == "core"
    assert [leaving.extra for leaving in plan.departures] == pytest.approx([1000.0] * 3)
    assert all(leaving.viable for leaving in plan.departures)


def test_the_ramp_up_limits_the_first_years():
    line = PoolLine("L", "gears", 1000, 4.0, yearly_cost=500.0, ramp=(0.25, 0.5, 1.0))
    (plan,) = pool_needs([need("A", 800, 10.0)], [line], PoolRules(years=4))
    assert plan.members[0].volumes == pytest.approx((250, 500, 800, 800))


@pytest.mark.parametrize(
    ("line", "volume", "price", "support"),
    [
        # it saves 6 a unit: 3000 takes 500 units, 300 more; 9 €/unit less would be more than it costs
        (PoolLine("L", "gears", 5000, 4.0, yearly_cost=3000.0), 300.0, None, 1800.0),
        # the smallest volume cannot be reached: only volume helps
        (PoolLine("L", "gears", 5000, 4.0, minimum=260.0), 60.0, None, None),
        # dearer than today by 1 €/unit: no volume helps
        (PoolLine("L", "gears", 5000, 11.0, minimum=100.0), None, 1.0, 100.0),
    ],
)
def test_what_a_line_is_missing(line, volume, price, support):
    (group,) = group_needs([need("A", 100, 10.0), need("B", 100, 10.0)], [line])
    missing = missing_of(pool_arrays(group, PoolRules(years=1)), 0)
    assert missing.volume == (None if volume is None else pytest.approx(volume))
    assert missing.price == (None if price is None else pytest.approx(price))
    assert missing.support == (None if support is None else pytest.approx(support))


def test_transport_counts_and_an_unknown_place_stays_out_with_its_reason():
    here, there = Place(lat=47.0, lon=5.0), Place(lat=47.0, lon=6.0)  # 75.8 km apart
    line = PoolLine("L", "gears", 5000, 4.0, transport_cost=0.01, place=here)
    needs = [need("A", 100, 10.0, place=there), need("B", 100, 10.0)]
    (plan,) = pool_needs(needs, [line], PoolRules(years=1))
    assert plan.members[0].pool_price == pytest.approx(4.758, abs=1e-3)
    assert not plan.members[1].joins
    assert plan.members[1].reasons[0].code == "place_unknown"


def test_needs_of_another_specification_stay_out():
    line = PoolLine("L", "gears", 5000, 4.0, specification="class 6")
    needs = [need("A", 100, 10.0, specification="class 6"), need("B", 100, 10.0, specification="class 9")]
    (plan,) = pool_needs(needs, [line], PoolRules(years=1))
    assert [member.joins for member in plan.members] == [True, False]
    assert plan.members[1].reasons[0].code == "no_line_makes_it"


def test_a_family_without_a_line_is_a_gap():
    (plan,) = pool_needs([need("A", 100, 10.0)], [], PoolRules(years=1))
    assert not plan.viable
    assert plan.reasons[0].code == "no_candidate_line"
    assert plan.objective == plan.cost_alone == 1000


@pytest.mark.parametrize(
    ("needs", "lines", "said"),
    [
        ([], [], "no need"),
        ([need("A", 0, 10.0)], [], "volume of A"),
        ([need("A", 1, 10.0), need("A", 2, 10.0)], [], "A is written twice"),
        ([need("A", 1, 10.0, market_share=1.2)], [], "market share of A"),
        ([need("A", 1, 10.0)], [PoolLine("L", "gears", 0, 1.0)], "zero on every line"),
        ([need("A", 1, 10.0)], [PoolLine("L", "gears", 5, -1.0)], "line L start from zero"),
        ([need("A", 1, 10.0)], [PoolLine("L", "gears", 5, 1.0, minimum=6)], "L asks for more"),
        ([need("A", 1, 10.0)], [PoolLine("L", "gears", 5, 1.0, ramp=(2.0,))], "ramp-up of line L"),
    ],
)
def test_figures_that_make_no_sense_are_refused_in_words(needs, lines, said):
    with pytest.raises(InvalidRequest, match=said):
        pool_needs(needs, lines)
