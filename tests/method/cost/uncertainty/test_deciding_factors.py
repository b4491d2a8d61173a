"""Which factors decide: equal to a peer within its interval, exact where the total is a sum."""

import math

import numpy as np
import pytest
from SALib.analyze import sobol
from SALib.sample import sobol as sobol_sample

from factories.costs import factors_of
from maillon.method.cost.arithmetic import cost_arrays
from maillon.method.cost.uncertainty.shares import deciding_differences, deciding_factors
from maillon.method.cost.uncertainty.sobol import sobol_indices
from maillon.method.cost.uncertainty.triangular import variance

ROWS = 1_024


def ishigami(inputs, a=7.0, b=0.1):
    x, y, z = inputs["x"], inputs["y"], inputs["z"]
    return np.sin(x) + a * np.sin(y) ** 2 + b * z**4 * np.sin(x)


def test_the_ishigami_function_has_its_known_indices() -> None:
    """Ishigami & Homma 1990; the closed form with a = 7, b = 0.1."""
    rng = np.random.default_rng(4)
    one, other = ({n: rng.uniform(-math.pi, math.pi, 65_536) for n in "xyz"} for _ in range(2))
    found = sobol_indices(ishigami, one, other, [("x",), ("y",), ("z",)])
    for place, (first, total) in enumerate(((0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437))):
        assert found.first[place] == pytest.approx(first, abs=1.5 * found.first_error[place])
        assert found.total[place] == pytest.approx(total, abs=1.5 * found.total_error[place])
    assert found.variance == pytest.approx(13.8446, rel=0.02)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    held = []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        one, other = ({n: rng.uniform(-math.pi, math.pi, 512) for n in "xyz"} for _ in range(2))
        found = sobol_indices(ishigami, one, other, [("x",), ("y",)])
        held.append(abs(found.first[0] - 0.3139) <= found.first_error[0])
        held.append(abs(found.total[1] - 0.4424) <= found.total_error[1])
    assert 0.90 <= np.mean(held) <= 0.99


def salib_indices(offer, names, rows):
    """The peer's indices of the same total over the same laws, with its own half-widths."""
    bounds = []
    for name in names:
        e = offer[name]
        bounds.append([e.low, e.high, (e.mid - e.low) / (e.high - e.low)])
    problem = {"num_vars": len(names), "names": names, "bounds": bounds, "dists": ["triang"] * len(names)}
    sample = sobol_sample.sample(problem, rows, calc_second_order=False, seed=1)
    columns = {name: np.array(e.mid) for name, e in offer.items()} | dict(zip(names, sample.T, strict=True))
    columns["pipeline_days"] = columns["lead_time_days"]
    totals = np.asarray(sum(cost_arrays(columns).values()))
    return sobol.analyze(problem, totals, calc_second_order=False, num_resamples=100, seed=1)


def test_a_cost_has_the_indices_of_the_peer_within_its_interval() -> None:
    names = ["price", "freight", "mass", "life", "tooling", "unit_margin", "defect_rate", "lead_time_days"]
    seed, offer = 1, factors_of(names, seed=1)
    wanted = salib_indices(offer, names, ROWS)
    found = {share.name: share for share in deciding_factors(offer, rows=ROWS, seed=seed)}
    assert sorted(found) == sorted(names)
    for place, name in enumerate(names):
        share = found[name]
        # Both figures are estimates: the peer's interval and ours together.
        first = math.hypot(wanted["S1_conf"][place], share.first_error)
        total = math.hypot(wanted["ST_conf"][place], share.total_error)
        assert share.first == pytest.approx(wanted["S1"][place], abs=1.5 * first + 1e-4), name
        assert share.total == pytest.approx(wanted["ST"][place], abs=1.5 * total + 1e-4), name


def test_shares_of_a_sum_are_exact() -> None:
    offer = factors_of(["tooling", "travel_audit", "other_stop_days"], seed=6)
    found = {share.name: share for share in deciding_factors(offer)}
    units = offer["annual_quantity"].mid
    slopes = {
        "tooling": 1 / units / offer["life"].mid,
        "travel_audit": 1 / units,
        "other_stop_days": offer["unit_margin"].mid / 365,
    }
    parts = {
        name: slope**2 * float(variance(*map(np.array, (offer[name].low, offer[name].mid, offer[name].high))))
        for name, slope in slopes.items()
    }
    for name, share in found.items():
        assert share.exact
        assert share.first == share.total == pytest.approx(parts[name] / sum(parts.values()), rel=1e-6)
        assert share.first_error == 0.0


def test_products_are_not_taken_for_sums() -> None:
    found = deciding_factors(factors_of(["price", "duty"]))
    assert not any(share.exact for share in found)
    assert sum(share.first for share in found) == pytest.approx(1.0, abs=0.05)
    assert [share.name for share in found] == ["price", "duty"]


def test_nothing_uncertain_decides_nothing() -> None:
    assert deciding_factors(factors_of(())) == ()


def test_what_both_offers_share_equally_decides_nothing_between_them() -> None:
    offer = factors_of(["freight", "defect_rate"])
    found = {(share.offer, share.name): share.total for share in deciding_differences(offer, offer)}
    assert set(found) == {("", "freight"), ("imported", "defect_rate"), ("local", "defect_rate")}
    assert found["", "freight"] == pytest.approx(0.0, abs=1e-9)
    assert found["imported", "defect_rate"] == pytest.approx(0.5, abs=1e-9)


def test_a_follower_moves_with_its_source_and_is_not_counted_twice() -> None:
    offer = factors_of(["lead_time_days"], seed=2)
    (only,) = deciding_factors(offer)
    assert only.name == "lead_time_days"
    assert only.total == pytest.approx(1.0, abs=0.05)
