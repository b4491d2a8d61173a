"""Which factors decide a cost, or the choice between two offers: the ranges worth narrowing first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from maillon.core.estimate import Estimate
from maillon.method.cost.arithmetic import cost_arrays
from maillon.method.cost.customs import Array
from maillon.method.cost.uncertainty.scopes import FOLLOWS, SCOPE_OF, Scope
from maillon.method.cost.uncertainty.shocks import strata
from maillon.method.cost.uncertainty.sobol import Inputs, sobol_indices
from maillon.method.cost.uncertainty.triangular import mode_place, unit_quantile, variance

ROWS = 8_192
#: Up to here a model counts as a sum of its inputs: rounding, no curvature.
_STRAIGHT = 1e-9

Factors = Mapping[str, Estimate]
Model = Callable[[Inputs], Array]


@dataclass(frozen=True, slots=True)
class FactorShare:
    """What one factor brings to the variance: ``first`` alone, ``total`` with all that it acts through.

    ``offer`` names the offer whose own factor it is, "" for what both offers share. Errors are half-widths of
    95 % intervals, 0.0 where the share is ``exact``.
    """

    name: str
    offer: str
    first: float
    total: float
    first_error: float
    total_error: float
    exact: bool


def deciding_factors(factors: Factors, *, rows: int = ROWS, seed: int = 0) -> tuple[FactorShare, ...]:
    """Return the share of each uncertain factor in the variance of a total cost, the largest first.

    Ranges count as independent triangular laws here, since the question is which one to narrow first. Shares
    are exact where the total is a sum of its uncertain factors, else Sobol's indices from ``rows`` rows.
    """
    return _decide({"": factors}, rows, seed)


def deciding_differences(
    imported: Factors, local: Factors, *, rows: int = ROWS, seed: int = 0
) -> tuple[FactorShare, ...]:
    """Return the share of each uncertain factor in the variance of import less local, the largest first.

    A factor that both offers share counts once. See ``deciding_factors``.
    """
    return _decide({"imported": imported, "local": local}, rows, seed)


def _decide(offers: Mapping[str, Factors], rows: int, seed: int) -> tuple[FactorShare, ...]:
    groups = _group_uncertain(offers)
    if not groups:
        return ()
    model = _difference(offers)
    exact = _straight_shares(model, offers, groups, seed)
    if exact is not None:
        found = [FactorShare(name, offer, share, share, 0.0, 0.0, True) for (offer, name), share in exact]
    else:
        one, other = _sample(offers, groups, rows, seed)
        got = sobol_indices(model, one, other, list(groups.values()))
        columns = zip(got.first.tolist(), got.total.tolist(), got.first_error, got.total_error, strict=True)
        found = [
            FactorShare(name, offer, first, total, float(first_error), float(total_error), False)
            for (offer, name), (first, total, first_error, total_error) in zip(groups, columns, strict=True)
        ]
    return tuple(sorted(found, key=lambda share: -share.total))


def _group_uncertain(offers: Mapping[str, Factors]) -> dict[tuple[str, str], list[str]]:
    """Return the inputs that one truth moves, as ``offer/factor``, by (offer or "", factor)."""
    groups: dict[tuple[str, str], list[str]] = {}
    for offer, factors in offers.items():
        for name, estimate in factors.items():
            if estimate.low < estimate.high:
                source = FOLLOWS.get(name, name)
                own = offer if SCOPE_OF[source] is Scope.OFFER else ""
                groups.setdefault((own, source), []).append(f"{offer}/{name}")
    return groups


def _difference(offers: Mapping[str, Factors]) -> Model:
    """Return the model: the total of the first offer, less that of the second if there is one."""
    certain = {
        offer: {name: np.array(estimate.mid) for name, estimate in factors.items()}
        for offer, factors in offers.items()
    }

    def model(inputs: Inputs) -> Array:
        columns = {offer: dict(known) for offer, known in certain.items()}
        for key, values in inputs.items():
            offer, name = key.split("/")
            columns[offer][name] = values
        first, *others = (np.asarray(sum(cost_arrays(known).values())) for known in columns.values())
        return np.asarray(first - sum(others))

    return model


def _sample(
    offers: Mapping[str, Factors], groups: Mapping[tuple[str, str], Sequence[str]], rows: int, seed: int
) -> tuple[Inputs, Inputs]:
    """Return two Latin hypercubes of all inputs; those of a group take the same ranks."""
    rng = np.random.default_rng(seed)
    both: list[dict[str, Array]] = []
    for _ in range(2):
        sample: dict[str, Array] = {}
        for keys in groups.values():
            ranks = strata(rng.random((1, rows)))[0]
            for key in keys:
                offer, name = key.split("/")
                sample[key] = _at_ranks(offers[offer][name], ranks)
        both.append(sample)
    return both[0], both[1]


def _at_ranks(estimate: Estimate, ranks: Array) -> Array:
    place = mode_place(*(np.array(getattr(estimate, bound)) for bound in ("low", "mid", "high")))
    return estimate.low + (estimate.high - estimate.low) * unit_quantile(ranks, float(place))


def _straight_shares(
    model: Model,
    offers: Mapping[str, Factors],
    groups: Mapping[tuple[str, str], Sequence[str]],
    seed: int,
    trials: int = 64,
) -> list[tuple[tuple[str, str], float]] | None:
    """Return exact shares b²·v / Σ b²·v where the model is a + Σ b·x on ``trials`` points, else None.

    A group of several inputs is straight only if its inputs move in step: then it acts as one.
    """
    ends = {key: _ends(offers, key) for keys in groups.values() for key in keys}
    middle = {key: np.array(mid) for key, (_, mid, _) in ends.items()}
    at_middle = float(model(middle))
    ranks = np.random.default_rng(seed).random((len(groups), trials))
    points: dict[str, Array] = {}
    predicted, variances = np.full(trials, at_middle), []
    for keys, row in zip(groups.values(), ranks, strict=True):
        low, mid, high = ends[keys[0]]
        at_low, at_high = (
            float(model({**middle, **{k: np.array(ends[k][e]) for k in keys}})) for e in (0, 2)
        )
        slope = (at_high - at_low) / (high - low)
        values = {key: _at_ranks(offers[key.split("/")[0]][key.split("/")[1]], row) for key in keys}
        points |= values
        predicted = predicted + slope * (values[keys[0]] - mid)
        variances.append(slope**2 * float(variance(*(np.array(bound) for bound in (low, mid, high)))))
    found = model(points)
    if np.abs(found - predicted).max() > _STRAIGHT * max(1e-300, float(np.abs(found).max())):
        return None
    whole = sum(variances)
    return [(group, part / whole if whole else 0.0) for group, part in zip(groups, variances, strict=True)]


def _ends(offers: Mapping[str, Factors], key: str) -> tuple[float, float, float]:
    offer, name = key.split("/")
    estimate = offers[offer][name]
    return estimate.low, estimate.mid, estimate.high
