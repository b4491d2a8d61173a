"""Correlations: reached within their sampling error, refused in words or repaired to the nearest."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from maillon.core.errors import InvalidRequest
from maillon.method.cost.uncertainty.correlations import (
    correlate,
    correlate_matrix,
    default_correlations,
    factor_root,
    nearest_correlation,
)
from maillon.method.cost.uncertainty.scopes import Scope, names_in
from maillon.method.cost.uncertainty.shocks import LEVELS, draw_shocks

DRAWS = 20_000


def scores(ranks):
    return stats.norm.ppf(ranks)


def of_levels(levels):
    return scores((levels + 0.5) / LEVELS)


def correlation(one, other):
    return float(np.corrcoef(one, other)[0, 1])


def near(value):
    """Four standard errors of a correlation of normal scores."""
    return pytest.approx(value, abs=4 * (1 - value**2) / math.sqrt(DRAWS) + 1e-3)


def test_what_is_drawn_everywhere_is_correlated_as_asked() -> None:
    wanted = {("freight", "air_premium"): 0.7, ("freight", "exchange_rate"): -0.4, ("wacc", "handling"): 1.0}
    ranks = draw_shocks(DRAWS, 1, correlate(wanted)).ranks
    for (one, other), value in wanted.items():
        assert correlation(scores(ranks[one]), scores(ranks[other])) == near(value)
    assert correlation(scores(ranks["insurance"]), scores(ranks["freight"])) == near(0.0)
    for name, drawn in ranks.items():
        assert np.sort(drawn) == pytest.approx((np.arange(DRAWS) + 0.5) / DRAWS), name


def test_factors_of_parts_and_offers_are_correlated_across_scopes() -> None:
    wanted = {("freight", "mass"): 0.5, ("mass", "lead_time_days"): -0.6, ("freight", "lead_time_days"): 0.2}
    shocks = draw_shocks(DRAWS, 2, correlate(wanted))
    part, offer = names_in(Scope.PART), names_in(Scope.OFFER)
    own, part_scores = shocks.part("a")
    mass = of_levels(own[part.index("mass")])
    freight = scores(shocks.ranks["freight"])
    for label in ("imported", "local"):
        levels = shocks.offer("a", label, part_scores)
        lead = of_levels(levels[offer.index("lead_time_days")])
        assert correlation(freight, mass) == near(0.5)
        assert correlation(mass, lead) == near(-0.6)
        assert correlation(freight, lead) == near(0.2)
    assert np.bincount(own[part.index("mass")] // 256, minlength=16) == pytest.approx(DRAWS / 16, rel=0.15)


def test_two_parts_and_two_offers_are_independent() -> None:
    shocks = draw_shocks(DRAWS, 3, default_correlations())
    (first, scores_a), (second, _) = shocks.part("a"), shocks.part("b")
    for row in range(len(first)):
        assert correlation(of_levels(first[row]), of_levels(second[row])) == near(0.0)
    here, there = shocks.offer("a", "local", scores_a), shocks.offer("a", "imported", scores_a)
    for row in range(len(here)):
        assert correlation(of_levels(here[row]), of_levels(there[row])) == near(0.0)
    assert (shocks.part("a")[0] == first).all()


def test_higham_example_is_found_and_said() -> None:
    found = correlate_matrix(("freight", "wacc", "handling"), [[1, 1, 0], [1, 1, 1], [0, 1, 1]])
    assert found.matrix[0].tolist() == pytest.approx([1.0, 0.7607, 0.1573], abs=5e-5)
    assert found.repaired == pytest.approx(0.2393, abs=5e-5)
    assert default_correlations().repaired == 0.0


@given(st.lists(st.floats(-1, 1), min_size=10, max_size=10))
@settings(max_examples=60, deadline=None)
def test_any_repair_is_a_correlation_matrix_no_farther_than_clipping(values) -> None:
    wanted = np.eye(5)
    wanted[np.triu_indices(5, 1)] = values
    wanted = wanted + wanted.T - np.eye(5)
    found = nearest_correlation(wanted)
    assert np.linalg.eigvalsh(found)[0] >= -1e-9
    assert (np.diag(found) == 1.0).all()
    root = factor_root(found)
    assert root @ root.T == pytest.approx(found, abs=1e-7)
    assert root == pytest.approx(np.tril(root), abs=1e-12)
    values, vectors = np.linalg.eigh(wanted)
    clipped = (vectors * values.clip(0)) @ vectors.T
    scale = 1 / np.sqrt(np.diag(clipped))
    clipped *= scale[:, None] * scale[None, :]
    assert np.linalg.norm(found - wanted) <= np.linalg.norm(clipped - wanted) + 1e-6


@pytest.mark.parametrize(
    ("names", "matrix", "words"),
    [
        (("freight", "oil"), np.eye(2), "oil is no factor"),
        (("freight", "freight"), np.eye(2), "twice"),
        (("freight", "wacc"), np.eye(3), "2 rows and 2 columns"),
        (("freight", "wacc"), [[1, np.nan], [np.nan, 1]], "missing"),
        (("freight", "wacc"), [[1, 1.2], [1.2, 1]], "between -1 and 1"),
        (("freight", "wacc"), [[1, 0.2], [0.3, 1]], "symmetric"),
        (("freight", "wacc"), [[0.9, 0.2], [0.2, 1]], "symmetric"),
        (("freight", "pipeline_days"), np.eye(2), "follows lead_time_days"),
    ],
)
def test_senseless_correlations_are_refused_in_words(names, matrix, words) -> None:
    with pytest.raises(InvalidRequest, match=words):
        correlate_matrix(names, matrix)


def test_a_factor_is_not_correlated_with_itself() -> None:
    with pytest.raises(InvalidRequest, match="itself"):
        correlate({("freight", "freight"): 0.5})
