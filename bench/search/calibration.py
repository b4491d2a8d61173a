"""How far a probability can be believed, and how often the right code is among the first: for classification.

Shared by the classification of labels (tier A: a CPA or CN label and its NAF class, left out by heading) and
by the designations labelled by hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar of a reliability diagram: the answers, their mean probability, the share that was right."""

    low: float
    high: float
    count: int
    said: float
    right: float


def top_share(proposals: Sequence[Sequence[str]], right: Sequence[Collection[str]], depth: int) -> float:
    """Return the share of cases with a right code among the first ``depth``; an abstention is not right.

    >>> top_share([["7318", "7326"], ["8483"], []], [{"7326"}, {"8483"}, {"4016"}], 1)
    0.3333333333333333
    """
    if not right:
        return 0.0
    hits = [
        any(code in wanted for code in codes[:depth]) for codes, wanted in zip(proposals, right, strict=True)
    ]
    return sum(hits) / len(hits)


def reliability(said: Sequence[float], right: Sequence[bool], bins: int = 10) -> list[Bin]:
    """Return the bars of a reliability diagram with ``bins`` of equal width; empty ones are left out.

    >>> reliability([0.95, 0.85], [True, False], bins=2)
    [Bin(low=0.5, high=1.0, count=2, said=0.9, right=0.5)]
    """
    p, hit = np.asarray(said, dtype=np.float64), np.asarray(right, dtype=np.float64)
    place = np.minimum((p * bins).astype(int), bins - 1)
    bars = []
    for k in range(bins):
        inside = place == k
        if inside.any():
            mean, share = float(p[inside].mean()), float(hit[inside].mean())
            bars.append(Bin(k / bins, (k + 1) / bins, int(inside.sum()), round(mean, 12), share))
    return bars


def calibration_error(said: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Return the expected calibration error: mean ``|said - right|`` over bins, weighted by their counts.

    (Naeini, Cooper and Hauskrecht 2015.)

    >>> round(calibration_error([0.05, 0.95, 0.85], [False, True, False], bins=2), 4)  # (0.05 + 2 x 0.4) / 3
    0.2833
    """
    bars = reliability(said, right, bins)
    total = sum(bar.count for bar in bars)
    return sum(bar.count * abs(bar.said - bar.right) for bar in bars) / total if total else 0.0


def abstain_curve(
    said: Sequence[float], right: Sequence[bool], thresholds: Sequence[float]
) -> list[tuple[float, float, float]]:
    """Return for each threshold the share answered (probability at or above it) and the share right of these.

    The share right is NaN where nothing is answered.

    >>> abstain_curve([0.9, 0.6, 0.3], [True, False, False], [0.5, 0.8])
    [(0.5, 0.6666666666666666, 0.5), (0.8, 0.3333333333333333, 1.0)]
    """
    p, hit = np.asarray(said, dtype=np.float64), np.asarray(right, dtype=bool)
    kept = [(threshold, p >= threshold) for threshold in thresholds]
    return [(t, float(k.mean()), float(hit[k].mean()) if k.any() else float("nan")) for t, k in kept]


def leave_out_by_heading(codes: Sequence[str], folds: int = 5, digits: int = 4) -> Iterator[list[int]]:
    """Yield the indices held out in each fold; all codes of one heading (first ``digits``) fall together.

    By heading and not by row: the leaves of one heading share most of their words, and a row left out alone
    would be recognised by its sisters.

    >>> list(leave_out_by_heading(["731815", "848310", "731816"], folds=2))
    [[0, 2], [1]]
    """
    by_heading: dict[str, list[int]] = defaultdict(list)
    for place, code in enumerate(codes):
        by_heading[code.replace(".", "")[:digits]].append(place)
    headings = sorted(by_heading)
    for fold in range(folds):
        held = [place for heading in headings[fold::folds] for place in by_heading[heading]]
        if held:
            yield sorted(held)
