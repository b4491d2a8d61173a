"""Draws of a cost: equal to a plain loop, to a peer's law, exact where nothing is uncertain."""

import math
import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from factories.costs import factors_of
from maillon.core.errors import InvalidRequest
from maillon.method.cost.arithmetic import FACTORS, cost_arrays
from maillon.method.cost.uncertainty import draw, draw_costs
from maillon.method.cost.uncertainty.correlations import correlate, default_correlations
from maillon.method.cost.uncertainty.scopes import FOLLOWS, SCOPE_OF, Scope, names_in
from maillon.method.cost.uncertainty.shocks import LEVELS, draw_shocks

ALONE = correlate({})


def quantile(rank, estimate):
    """The quantile of the triangular law, written for one number."""
    if estimate.high == estimate.low:
        return estimate.mid
    width = estimate.high - estimate.low
    place = (estimate.mid - estimate.low) / width
    if rank < place:
        return estimate.low + width * math.sqrt(rank * place)
    return estimate.high - width * math.sqrt((1.0 - rank) * (1.0 - place))


def step_mean(level, estimate, points=40):
    """The mean of a law within one level, by summing its quantiles."""
    ranks = (level + (np.arange(points) + 0.5) / points) / LEVELS
    return float(np.mean([quantile(rank, estimate) for rank in ranks]))


def looped(offer, part, label, shocks, at):
    """The total of one draw, factor by factor, from the shocks alone."""
    own, scores = shocks.part(part)
    levels = {Scope.PART: own, Scope.OFFER: shocks.offer(part, label, scores)}
    values = {}
    for name in FACTORS:
        scope, source = SCOPE_OF[name], FOLLOWS.get(name, name)
        if scope is Scope.EVERYWHERE:
            values[name] = quantile(shocks.ranks[name][at], offer[name])
        else:
            values[name] = step_mean(levels[scope][names_in(scope).index(source)][at], offer[name])
    return sum(float(item) for item in cost_arrays({k: np.array(v) for k, v in values.items()}).values())


def test_the_batches_say_what_a_plain_loop_says() -> None:
    offers = [factors_of(seed=seed) for seed in range(20)] + [factors_of(), factors_of(["freight", "mass"])]
    parts = [f"part {rank}" for rank in range(len(offers))]
    shocks = draw_shocks(120, 5, default_correlations())
    drawn = draw_costs(offers, parts, draws=120, seed=5)
    for rank in (7, 19, 21):
        totals = [looped(offers[rank], parts[rank], "imported", shocks, at) for at in range(120)]
        found = drawn.per_unit.estimate(rank)
        assert (found.low, found.mid, found.high) == pytest.approx(
            np.quantile(totals, (0.05, 0.5, 0.95)), rel=1e-4
        )
        assert drawn.per_unit.mean[rank] == pytest.approx(np.mean(totals), rel=1e-4)
        assert drawn.per_unit.deviation[rank] == pytest.approx(np.std(totals), rel=1e-4)


def test_the_draws_follow_the_law_that_a_peer_draws() -> None:
    offer = factors_of(seed=3)
    rng = np.random.default_rng(11)
    n = 60_000
    columns = {}
    for name, e in offer.items():
        wide = e.high > e.low
        place = (e.mid - e.low) / (e.high - e.low) if wide else 0.0
        columns[name] = (
            stats.triang.rvs(place, e.low, e.high - e.low, size=n, random_state=rng)
            if wide
            else np.full(n, e.mid)
        )
    columns["pipeline_days"] = columns["lead_time_days"]
    wanted = np.asarray(sum(cost_arrays(columns).values()))
    drawn = draw_costs([offer], draws=n, seed=2, correlations=ALONE)
    error = wanted.std() / math.sqrt(n)
    assert drawn.per_unit.mean[0] == pytest.approx(wanted.mean(), abs=5 * error)
    assert drawn.per_unit.deviation[0] == pytest.approx(wanted.std(), rel=0.02)
    year = draw_costs([offer], draws=n, seed=2, correlations=ALONE).yearly
    assert stats.ks_2samp(year, wanted * columns["annual_quantity"], method="asymp").pvalue > 1e-3


@given(st.integers(0, 10_000), st.integers(0, 100))
@settings(max_examples=25, deadline=None)
def test_what_is_certain_is_exact_and_quantiles_rise(seed, draw_seed) -> None:
    sure, unsure = factors_of((), seed=seed), factors_of(seed=seed)
    drawn = draw_costs([sure, unsure], draws=100, seed=draw_seed)
    point = sum(float(item) for item in cost_arrays({k: np.array(e.mid) for k, e in sure.items()}).values())
    first = drawn.per_unit.estimate(0)
    assert (first.low, first.mid, first.high) == pytest.approx((point,) * 3, rel=1e-14)
    assert drawn.per_unit.deviation[0] == pytest.approx(0.0, abs=1e-12 * point)
    second = drawn.per_unit.estimate(1)
    assert second.low < second.mid < second.high


def test_the_same_seed_gives_the_same_figures_on_any_number_of_cores(monkeypatch) -> None:
    offers = [factors_of(seed=seed) for seed in range(40)]
    first = draw_costs(offers, draws=500, seed=7)
    monkeypatch.setattr(draw, "_cores", lambda: 1)
    second = draw_costs(offers, draws=500, seed=7)
    assert (first.yearly == second.yearly).all()
    assert (first.per_unit.high == second.per_unit.high).all()
    assert (draw_costs(offers, draws=500, seed=8).yearly != first.yearly).any()


def test_a_part_keeps_its_draws_whatever_stands_beside_it() -> None:
    offers = [factors_of(seed=seed) for seed in range(25)]
    names = [f"part {rank}" for rank in range(25)]
    together = draw_costs(offers, names, draws=500)
    alone = draw_costs([offers[13]], [names[13]], draws=500)
    assert alone.per_unit.low[0] == together.per_unit.low[13]
    assert alone.per_unit.high[0] == together.per_unit.high[13]


def test_common_shocks_do_not_cancel_over_parts_and_own_ones_do() -> None:
    for name, growth in (("freight", 100.0), ("mass", 10.0)):
        drawn = draw_costs([factors_of([name])] * 100, draws=10_000)
        each = float(drawn.per_unit.deviation[0]) * 1200.0
        assert drawn.yearly.std() == pytest.approx(growth * each, rel=0.05)


def test_progress_is_told_and_an_interruption_stops_the_work() -> None:
    seen = []
    draw_costs(
        [factors_of(seed=seed) for seed in range(40)], draws=100, on_progress=lambda *at: seen.append(at)
    )
    assert seen == [(16, 40), (32, 40), (40, 40)]

    def interrupt(done: int, of: int) -> None:
        raise KeyboardInterrupt

    others = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        draw_costs([factors_of()] * 40, draws=100, on_progress=interrupt)
    assert threading.active_count() == others


@pytest.mark.parametrize(
    ("offers", "parts", "draws", "words"),
    [
        ([], None, 1000, "no cost"),
        ([factors_of()], None, 99, "at least 100 draws"),
        ([factors_of()] * 2, ["a", "a"], 1000, "own name"),
        ([factors_of()] * 2, ["a"], 1000, "own name"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(offers, parts, draws, words) -> None:
    with pytest.raises(InvalidRequest, match=words):
        draw_costs(offers, parts, draws=draws)


def test_the_source_of_a_quantile_says_how_to_draw_it_again() -> None:
    found = draw_costs([factors_of()], draws=300, seed=9).per_unit.estimate(0)
    assert (found.unit, found.source) == ("EUR/unit", "Monte Carlo, 300 draws, seed 9")
