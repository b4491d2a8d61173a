"""The additive model: terms times weights, turned into probabilities of headings, classes and finer codes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maillon.method.search.classify.clues import Clues
from maillon.method.search.classify.evidence import (
    CLASS_TERMS,
    HEADING_TERMS,
    Matrix,
    class_terms,
    heading_terms,
)
from maillon.method.search.classify.weights import term_weights
from maillon.reference.classifications.titles.coverage import Scores


@dataclass(frozen=True)
class Weighed:
    """The evidence on headings and classes: their weighted terms (a row each), and probabilities."""

    heading_terms: Matrix
    headings: Scores
    class_terms: Matrix
    classes: Scores


def weigh(clues: Clues) -> Weighed:
    """Return the evidence that clues give.

    ``z(c) = SUM_k w_k x_k(c)`` and ``P(c) = exp(z(c)) / SUM exp(z)`` over all codes of the level.
    """
    of_headings = heading_terms(clues) * term_weights("heading", HEADING_TERMS)[:, None]
    headings = to_probabilities(of_headings.sum(axis=0))
    of_classes = class_terms(clues, headings) * term_weights("class", CLASS_TERMS)[:, None]
    return Weighed(of_headings, headings, of_classes, to_probabilities(of_classes.sum(axis=0)))


def to_probabilities(scores: Scores) -> Scores:
    """Return ``exp(z) / SUM exp(z)``.

    >>> to_probabilities(np.array([0.0, 0.0], dtype=np.float32)).tolist()
    [0.5, 0.5]
    """
    odds = np.exp(scores - scores.max())
    return np.asarray(odds / odds.sum(), dtype=np.float32)
