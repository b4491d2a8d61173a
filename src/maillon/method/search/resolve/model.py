"""The probability that an establishment is the vendor: a choice among candidates and none of them.

Multinomial logit (McFadden 1974): ``p_j = exp(z_j) / (exp(z_0) + Σ exp(z_k))`` with ``z_j = w · x_j`` and
``z_0 = b_0 + b_1 r`` for none, ``r`` being how rare the vendor's own words are. Homonyms share the odds: two
firms alike in everything get half each, so that neither is taken.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import numpy as np

from maillon.method.search.resolve.features import FEATURES, Floats, Ints


@dataclass(frozen=True)
class Model:
    """Weights by feature, the odds of none, and the two limits of probability of the three bins."""

    version: str
    weights: Mapping[str, float]
    none: tuple[float, float]
    accept: float
    review: float

    @cached_property
    def vector(self) -> Floats:
        """The weights in the order of ``FEATURES``."""
        return np.array([self.weights[name] for name in FEATURES])


@cache
def standard_model() -> Model:
    """Return the model of ``weights.toml``."""
    text = files("maillon.method.search.resolve").joinpath("weights.toml").read_text(encoding="utf-8")
    held = tomllib.loads(text)
    none, bins = held["none"], held["bins"]
    return Model(
        held["version"], held["weights"], (none["bias"], none["rare"]), bins["accept"], bins["review"]
    )


def choose(points: Floats, vendor: Ints, none: Floats) -> Floats:
    """Return the probability of each pair: ``points`` are ``z_j``, ``none`` is ``z_0`` of each vendor.

    >>> choose(np.array([2.0, 2.0]), np.array([0, 0]), np.array([2.0])).round(3).tolist()
    [0.333, 0.333]
    """
    top = none.copy()
    np.maximum.at(top, vendor, points)
    raised = np.exp(points - top[vendor])
    total = np.exp(none - top) + np.bincount(vendor, raised, minlength=len(none))
    return np.asarray(raised / total[vendor])
