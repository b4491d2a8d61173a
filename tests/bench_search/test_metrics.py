"""Figures of rankings against sums made by hand and against scikit-learn."""

from math import log2

import numpy as np
import pytest
from bench.search.calibration import (
    abstain_curve,
    calibration_error,
    leave_out_by_heading,
    reliability,
    top_share,
)
from bench.search.intervals import compare_pairs, estimate_mean, estimate_ratio
from bench.search.metrics import bpref, condense, kappa, ndcg, recall, success
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, ndcg_score


def test_ndcg_by_hand():
    grades = {1: 2.0, 2: 1.0, 3: 1.0}
    best = 2 + 1 / log2(3) + 1 / log2(4)
    assert ndcg([9, 1, 2], grades) == pytest.approx((2 / log2(3) + 1 / log2(4)) / best)
    assert ndcg([1, 2, 3], grades) == 1
    assert ndcg([], grades) == 0
    assert ndcg([1], {}) == 0


def test_ndcg_stops_at_its_depth():
    assert ndcg([9, 1], {1: 1.0}, depth=1) == 0
    assert ndcg([1], {1: 1.0, 2: 1.0}, depth=1) == 1


@given(
    st.lists(st.sampled_from([0.0, 1.0, 2.0, 3.0]), min_size=2, max_size=40), st.randoms(), st.integers(1, 15)
)
def test_ndcg_is_that_of_scikit_learn(gains, random, depth):
    order = list(range(len(gains)))
    random.shuffle(order)
    scores = np.empty(len(gains))
    scores[order] = np.arange(len(gains), 0, -1)
    theirs = ndcg_score([gains], [scores], k=depth)
    assert ndcg(order, dict(enumerate(gains)), depth) == pytest.approx(theirs, abs=1e-12)


def test_recall_is_of_what_the_list_can_hold():
    assert recall([1, 2, 3, 4], {2, 4, 9}) == pytest.approx(2 / 3)
    assert recall(list(range(100)), set(range(200)), depth=50) == 1
    assert recall([1], set()) == 0


def test_success_looks_at_the_first_only():
    assert (success([5, 1], {1}), success([1, 5], {1}), success([], {1})) == (0, 1, 0)


def test_unjudged_firms_leave_a_condensed_list():
    assert condense([4, 1, 9, 2], {2, 1}) == [1, 2]


def test_bpref_by_hand():
    assert bpref([8, 1, 7, 2], {1, 2}, {8, 9}) == pytest.approx((0.5 + 0.5) / 2)
    assert bpref([8, 9, 1], {1, 2}, {8, 9}) == 0
    assert bpref([1, 2], {1, 2}, set()) == 1
    assert bpref([1], set(), {2}) == 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=30))
def test_kappa_is_that_of_scikit_learn(pairs):
    first, second = (list(labels) for labels in zip(*pairs, strict=True))
    if len({*first, *second}) > 1:
        assert kappa(first, second) == pytest.approx(cohen_kappa_score(first, second), abs=1e-12)
    else:
        assert kappa(first, second) == 1


def test_kappa_needs_two_lists_of_one_length():
    with pytest.raises(ValueError, match=r"shorter|longer"):
        kappa(["a"], ["a", "b"])
    with pytest.raises(ValueError, match="no label"):
        kappa([], [])


def test_an_interval_by_cluster_is_wider_than_by_query():
    values = [0.0] * 50 + [1.0] * 50
    by_query = estimate_mean(values, range(100))
    by_noun = estimate_mean(values, [place // 10 for place in range(100)])
    assert by_query.value == by_noun.value == 0.5
    assert by_noun.high - by_noun.low > 2 * (by_query.high - by_query.low)


def test_the_interval_of_a_mean_is_near_the_normal_one():
    values = np.random.default_rng(1).normal(0.4, 0.1, 400).tolist()
    interval = estimate_mean(values, range(400))
    half = 1.96 * np.std(values) / 20
    assert interval.low == pytest.approx(interval.value - half, abs=0.1 * half)
    assert interval.high == pytest.approx(interval.value + half, abs=0.1 * half)


def test_the_interval_of_a_ratio_is_paired():
    ratio = estimate_ratio([0.2, 0.4, 0.9], [0.1, 0.2, 0.45], "abc")
    assert (ratio.value, ratio.low, ratio.high) == (2, 2, 2)


def test_permutation_by_hand():
    """Three clusters, all better: of the 8 sign patterns, 2 are as far from 0."""
    assert compare_pairs([1, 1, 1], [0, 0, 0], "abc") == pytest.approx(0.25, abs=0.02)
    assert compare_pairs([1] * 20, [0] * 20, range(20)) == pytest.approx(1 / 10_001)
    assert compare_pairs([1] * 20, [0] * 20, ["a"] * 20) == 1


def test_clusters_go_with_values():
    with pytest.raises(ValueError, match="2 values for 1 clusters"):
        estimate_mean([1, 2], "a")
    with pytest.raises(ValueError, match="0 values"):
        estimate_mean([], [])


def test_an_abstention_is_not_right():
    proposals = [["7318", "7326"], [], ["8483"]]
    right = [{"7326"}, {"4016"}, {"8483", "8482"}]
    assert top_share(proposals, right, 1) == pytest.approx(1 / 3)
    assert top_share(proposals, right, 2) == pytest.approx(2 / 3)
    assert top_share([], [], 1) == 0


def test_reliability_by_hand():
    said, right = [0.1, 0.3, 0.9, 1.0], [False, True, True, True]
    low, high = reliability(said, right, bins=2)
    assert (low.count, low.said, low.right) == (2, 0.2, 0.5)
    assert (high.count, high.said, high.right) == (2, 0.95, 1)
    assert calibration_error(said, right, bins=2) == pytest.approx((2 * 0.3 + 2 * 0.05) / 4)
    assert calibration_error([], []) == 0


def test_who_answers_less_can_be_right_more_often():
    curve = abstain_curve([0.9, 0.6, 0.3], [True, True, False], [0.0, 0.5, 1.0])
    assert curve[0] == (0, 1, pytest.approx(2 / 3))
    assert curve[1] == (0.5, pytest.approx(2 / 3), 1)
    assert curve[2][1] == 0
    assert np.isnan(curve[2][2])


@given(st.lists(st.from_regex(r"\A\d{6}\Z"), max_size=40), st.integers(1, 6))
def test_no_heading_is_on_both_sides(codes, folds):
    held = list(leave_out_by_heading(codes, folds))
    assert sorted(place for fold in held for place in fold) == list(range(len(codes)))
    for fold in held:
        inside = {codes[place][:4] for place in fold}
        assert inside.isdisjoint(codes[place][:4] for place in range(len(codes)) if place not in fold)
