"""``python -m bench.classify_tune``: fit the weights and the calibration of the classification.

Conditional logit on the development lines (``classify_lines.py``): the weights that maximise
``SUM ln P(right codes) - RIDGE/2 · SUM (w - w0)²``, found by L-BFGS (scipy); ``w0`` are the judged weights,
which keep a term that no line speaks of. Probabilities are then calibrated by isotonic regression
(scikit-learn) on out-of-fold predictions, folds being made of part nouns. Writes ``weights.toml`` and
``calibration.csv``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sklearn.isotonic import IsotonicRegression
from sklearn.model_selection import GroupKFold

import maillon.method.search.classify
from bench.classify_lines import Line, development_lines
from maillon.method.search import read_designation
from maillon.method.search.classify.clues import find_clues
from maillon.method.search.classify.evidence import (
    CLASS_TERMS,
    HEADING_TERMS,
    class_terms,
    heading_terms,
    places_of,
)
from maillon.method.search.classify.model import to_probabilities
from maillon.method.search.classify.subdivision import SUBDIVISION_TERMS, share_out, subdivision_terms
from maillon.reference.classifications.titles.tables import ACTIVITY, titles

FOLDER = Path(maillon.method.search.classify.__file__).parent
_ON_HEADINGS = (0.8, 0.2, 0.5, 3.0, 3.0, 1.0, 5.0, 1.0, 1.0, 3.0, 1.0, -2.0, -1.0)
JUDGED = {
    "heading": dict(zip(HEADING_TERMS, _ON_HEADINGS, strict=True)),
    "subdivision": dict(zip(SUBDIVISION_TERMS, (3.0, 3.0, 1.5, 0.5, -2.0), strict=True)),
    "class": dict(zip(CLASS_TERMS, (0.6, 0.4, 0.8, 2.0, 2.0, 5.0, 1.0), strict=True)),
}
RIDGE, FOLDS, DEEPEST = 0.5, 5, 5
KNOTS = np.array([0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0])
PRIOR = 4.0  # lines at the raw probability that each knot is smoothed with

Case = tuple[np.ndarray, list[int], str]  # terms × codes, places of the right codes, noun


def main() -> None:
    """Fit, report, write."""
    lines = development_lines()
    headings = _heading_cases(lines)
    kinds = {"heading": headings, "subdivision": _subdivision_cases(lines)}
    weights = {kind: fit(cases, kind) for kind, cases in kinds.items()}
    classes = _class_cases(lines, weights["heading"])
    weights["class"] = fit(classes, "class")
    knots = {
        "heading": _knots(headings, "heading"),
        "subheading": _knots(kinds["subdivision"], "subdivision", deepest=1),
        "class": _knots(classes, "class"),
    }
    _write(weights, knots, len(lines))


def fit(cases: Sequence[Case], kind: str) -> np.ndarray:
    """Return the weights of a kind of terms that fit the cases best."""
    start = np.array(list(JUDGED[kind].values()))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = 0.0, np.zeros_like(weights)
        for terms, right, _ in cases:
            z = weights @ terms
            p = np.exp(z - z.max())
            p /= p.sum()
            mass = p[right].sum()
            total -= np.log(max(mass, 1e-12))
            slope += terms @ p - terms[:, right] @ (p[right] / max(mass, 1e-12))
        gap = weights - start
        return total + RIDGE / 2 * gap @ gap, slope + RIDGE * gap

    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def _heading_cases(lines: Sequence[Line]) -> list[Case]:
    places = places_of(4)
    return [
        (heading_terms(clues).astype(float), right, line.noun)
        for line, clues in _with_clues(lines)
        if (right := [places[code] for code in line.headings if code in places])
    ]


def _subdivision_cases(lines: Sequence[Line]) -> list[Case]:
    codes, cases = titles().codes, []
    for line, clues in _with_clues([line for line in lines if line.subheading]):
        below, shares = share_out(clues, places_of(4)[line.headings[0]])
        right = [k for k, code in enumerate(codes[below]) if code == line.subheading]
        if len(shares) > 1 and right:
            cases.append((subdivision_terms(clues, below).astype(float), right, line.noun))
    return cases


def _class_cases(lines: Sequence[Line], heading_weights: np.ndarray) -> list[Case]:
    places = places_of(ACTIVITY)
    cases = []
    for line, clues in _with_clues(lines):
        headings = to_probabilities(heading_weights.astype(np.float32) @ heading_terms(clues))
        right = [places[code] for code in line.classes if code in places]
        if right:
            cases.append((class_terms(clues, headings).astype(float), right, line.noun))
    return cases


def _with_clues(lines: Sequence[Line]):
    for line in lines:
        clues = find_clues(read_designation(line.designation))
        if not clues.are_empty:
            yield line, clues


def _knots(cases: Sequence[Case], kind: str, deepest: int = DEEPEST) -> list[tuple[float, float]]:
    """Return raw → right probabilities from predictions on nouns that the weights were not fitted on."""
    raw: list[float] = []
    right: list[bool] = []
    groups = [noun for *_, noun in cases]
    for seen, held in GroupKFold(FOLDS).split(cases, groups=groups):
        weights = fit([cases[k] for k in seen], kind)
        for terms, wanted, _ in (cases[k] for k in held):
            p = to_probabilities(weights @ terms)
            for place in np.argsort(-p, kind="stable")[:deepest]:
                raw.append(float(p[place]))
                right.append(int(place) in wanted)
    _report(kind, cases, raw, right, deepest)
    return _smooth(np.array(raw), np.array(right, dtype=float))


def _smooth(raw: np.ndarray, right: np.ndarray) -> list[tuple[float, float]]:
    """Return the knots: isotonic regression, with ``PRIOR`` lines at each knot that hold the diagonal."""
    said = np.concatenate([raw, KNOTS])
    found = np.concatenate([right, KNOTS])
    counts = np.concatenate([np.ones_like(raw), np.full(len(KNOTS), PRIOR)])
    curve = IsotonicRegression(y_min=0, y_max=0.99, out_of_bounds="clip").fit(
        said, found, sample_weight=counts
    )
    near = [np.abs(raw - knot) < 0.05 for knot in KNOTS]
    smooth = [curve.predict(raw[mask]).mean() if mask.sum() > 5 else curve.predict([k])[0]
              for k, mask in zip(KNOTS, near, strict=True)]  # fmt: skip
    smooth[0] = 0.0
    return list(zip(KNOTS.tolist(), np.maximum.accumulate(smooth).round(4).tolist(), strict=True))


def _report(kind: str, cases: Sequence[Case], raw: list[float], right: list[bool], deepest: int) -> None:
    hits = np.array(right).reshape(len(cases), deepest)
    firsts = [f"top-{k} {hits[:, :k].any(axis=1).mean():.3f}" for k in (1, 3, 5) if k <= deepest]
    print(kind, len(cases), "lines, out of fold:", ", ".join(firsts))


def _write(weights: dict[str, np.ndarray], knots: dict[str, list[tuple[float, float]]], count: int) -> None:
    today = dt.datetime.now(dt.UTC).date().isoformat()
    rows = [
        "# Weights of the terms of the classification, in log-odds a unit of the term.",
        f"# Written by bench/classify_tune.py on {count} development lines.",
        f'version = "{today}"',
    ]
    for kind, values in weights.items():
        rows += ["", f"[{kind}]", *(f"{n} = {v:.3f}" for n, v in zip(JUDGED[kind], values, strict=True))]
    (FOLDER / "weights.toml").write_text("\n".join(rows) + "\n", encoding="utf-8")
    table = [f"{kind};{raw:g};{right:g}" for kind, pairs in knots.items() for raw, right in pairs]
    (FOLDER / "calibration.csv").write_text("\n".join(["kind;raw;right", *table]) + "\n", encoding="utf-8")
    print("\n".join(rows), "\n".join(table), sep="\n")


if __name__ == "__main__":
    main()
