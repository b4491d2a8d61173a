"""Weights are fitted towards what tells right from wrong, within bounds, and written into a sound profile."""

from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest
from bench.search.features import Question
from bench.search.tune import FITTED, cross_validate, fit_weights, write_profile

from maillon.method.search.suppliers import load_profile, standard_profile
from maillon.method.search.suppliers.profile import STANDARD, TERMS

SOURCE = files("maillon.method.search.suppliers") / "profiles" / f"{STANDARD}.toml"


def question(noun, telling, misleading, seed):
    """Twelve candidates, three of them right: ``telling`` is high for these, ``misleading`` for others."""
    generator = np.random.default_rng(seed)
    xs = np.zeros((12, len(TERMS)))
    right = generator.choice(12, 3, replace=False)
    xs[right, TERMS.index(telling)] = 0.5
    xs[np.setdiff1d(np.arange(12), right)[:5], TERMS.index(misleading)] = 0.5
    return Question(noun, np.arange(12), xs, dict.fromkeys(right.tolist(), 1.0))


@pytest.fixture
def questions():
    return [question(f"noun {seed // 2}", "text", "activity", seed) for seed in range(20)]


@pytest.fixture
def start():
    """Weights of this test, not those shipped, which change."""
    return dict.fromkeys(TERMS, 1.0) | {"bias": -3.0, "process": 5.0, "text": 1.2, "activity": 2.0}


def test_what_tells_the_right_firms_gains_weight(questions, start):
    fit = fit_weights(questions, start)
    assert fit.before < 0.9
    assert fit.after == 1
    assert fit.weights["text"] > fit.weights["activity"]


def test_shares_decide_between_questions_that_disagree(start):
    words = [question(f"a{seed}", "text", "activity", seed) for seed in range(6)]
    codes = [question(f"b{seed}", "activity", "text", seed) for seed in range(6)]
    for heavy, term, other in ((words, "text", "activity"), (codes, "activity", "text")):
        light = codes if heavy is words else words
        weighed = [replace(q, share=10.0) for q in heavy] + [replace(q, share=0.1) for q in light]
        fitted = fit_weights(weighed, start).weights
        assert fitted[term] > fitted[other]


def test_the_same_seed_fits_the_same(questions, start):
    assert fit_weights(questions, start, 3) == fit_weights(questions, start, 3)


def test_preferences_stay_and_no_weight_leaves_its_bounds(questions, start):
    fitted = fit_weights(questions, start).weights
    assert {term for term in fitted if fitted[term] != start[term]} <= set(FITTED)
    assert all(start[term] / 4 - 1e-3 <= fitted[term] <= 4 * start[term] + 1e-3 for term in FITTED)


def test_evidence_weighs_more_than_being_near_and_large(questions, start):
    """A fit that has no use for evidence stops where the profile would no longer be accepted."""
    against, near = (
        [question("x", "distance", "process", seed) for seed in range(10)],
        start | {"process": 1.95},
    )
    least = 1.9
    assert fit_weights(against, near).weights["process"] < near["distance"]
    kept = fit_weights(against, near, least_process=least).weights["process"]
    assert least <= kept <= near["process"]


def test_folds_measure_nouns_that_were_not_fitted_on(questions, start):
    """One noun obeys the contrary rule: fitted on the others, it loses, and that is seen."""
    odd = [question("odd", "activity", "text", seed) for seed in (100, 101)]
    judged, held = cross_validate([*questions, *odd], start)
    assert np.mean(held[:20]) > np.mean(judged[:20])
    assert max(held[20:]) < 1


def test_a_written_profile_is_read_again(tmp_path):
    source, start = SOURCE.read_text(encoding="utf-8"), dict(standard_profile().weights)
    path = tmp_path / "fitted.toml"
    path.write_text(write_profile(source, "2099.1", start | {"text": 0.875, "bias": -2.5}), encoding="utf-8")
    profile, standard = load_profile(path), standard_profile()
    assert profile.version == "2099.1"
    assert profile.weights == {**standard.weights, "text": 0.875, "bias": -2.5}
    assert (profile.shapes, profile.ranks, profile.bands) == (standard.shapes, standard.ranks, standard.bands)
    comments = [line.partition("#")[2] for line in source.splitlines()]
    assert [line.partition("#")[2] for line in path.read_text(encoding="utf-8").splitlines()] == comments
