"""Which factors rise and fall together, as a correlation matrix that is sound or is refused in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from maillon.core.errors import InvalidRequest
from maillon.core.message import Message, message
from maillon.method.cost.arithmetic import FACTORS
from maillon.method.cost.customs import Array
from maillon.method.cost.uncertainty.scopes import FOLLOWS

#: Hypotheses of the project, each with its reason.
_DEFAULTS: Mapping[tuple[str, str], tuple[float, Message]] = {
    ("freight", "air_premium"): (0.7, message("both follow the price of oil")),
    ("freight", "exchange_rate"): (0.3, message("oil and freight are paid in dollars")),
    ("freight", "insurance"): (0.3, message("premiums rise on the same routes as freight")),
    ("currency_volatility", "currency_drift"): (0.5, message("a currency that moves more drifts more")),
    ("disruption_probability", "political_instability"): (0.5, message("crises stop supply")),
    ("lead_time_days", "lead_time_deviation_days"): (0.6, message("long lead times are less regular")),
}
_REPAIR_ROUNDS = 200
_LEAST_EIGENVALUE = 1e-10


@dataclass(frozen=True, slots=True)
class Correlations:
    """Correlations of the normal scores of factors, of shape (n, n) in the order of ``names``.

    Factors not named are independent. ``repaired`` is the largest change of a coefficient that was needed to
    make the matrix possible, 0.0 where it was. Build it with ``correlate``, which checks.
    """

    names: tuple[str, ...]
    matrix: Array
    repaired: float = 0.0


def default_correlations() -> Correlations:
    """Return the correlations taken where none are given: hypotheses of the project.

    >>> default_correlations().repaired
    0.0
    """
    return correlate({pair: value for pair, (value, _) in _DEFAULTS.items()})


def correlation_reasons() -> Mapping[tuple[str, str], tuple[float, Message]]:
    """Return each default correlation with the reason why it was set."""
    return dict(_DEFAULTS)


def correlate(pairs: Mapping[tuple[str, str], float]) -> Correlations:
    """Return the matrix with these coefficients and zero elsewhere; see ``correlate_matrix``.

    >>> correlate({("freight", "air_premium"): 0.7}).matrix.tolist()
    [[1.0, 0.7], [0.7, 1.0]]
    """
    names = tuple(dict.fromkeys(name for pair in pairs for name in pair))
    place = {name: rank for rank, name in enumerate(names)}
    matrix = np.eye(len(names))
    for (one, other), value in pairs.items():
        if one == other:
            raise InvalidRequest(message("{name} cannot be correlated with itself.", name=one))
        matrix[place[one], place[other]] = matrix[place[other], place[one]] = value
    return correlate_matrix(names, matrix)


def correlate_matrix(names: Sequence[str], matrix: Array) -> Correlations:
    """Return checked correlations, repaired to the nearest possible matrix where they contradict each other.

    Raises ``InvalidRequest`` for an unknown or repeated factor, a wrong shape, a missing coefficient, one
    outside -1 to 1, a matrix that is not symmetric, or a diagonal that is not one.
    """
    _check_names(names)
    wanted = np.array(matrix, dtype=np.float64)
    _check_matrix(names, wanted)
    if not len(names) or float(np.linalg.eigvalsh(wanted)[0]) >= -_LEAST_EIGENVALUE:
        return Correlations(tuple(names), wanted)
    nearest = nearest_correlation(wanted)
    return Correlations(tuple(names), nearest, float(np.abs(nearest - wanted).max()))


def nearest_correlation(matrix: Array) -> Array:
    """Return the correlation matrix nearest to a symmetric one, in the Frobenius norm.

    Alternating projections with Dykstra's correction (Higham 2002, *Computing the nearest correlation
    matrix*, IMA Journal of Numerical Analysis 22); the paper's example:

    >>> found = nearest_correlation(np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0], [0.0, 1.0, 1.0]]))
    >>> found.round(4).tolist()
    [[1.0, 0.7607, 0.1573], [0.7607, 1.0, 0.7607], [0.1573, 0.7607, 1.0]]
    """
    current, correction = matrix.copy(), np.zeros_like(matrix)
    for _ in range(_REPAIR_ROUNDS):
        shifted = current - correction
        values, vectors = np.linalg.eigh(shifted)
        positive = (vectors * np.maximum(values, 0.0)) @ vectors.T
        correction = positive - shifted
        before, current = current, positive.copy()
        np.fill_diagonal(current, 1.0)
        if np.abs(current - before).max() < 1e-12:
            break
    # The last projection set the diagonal: what little negative eigenvalue it left is taken away by scaling.
    values, vectors = np.linalg.eigh(current)
    current = (vectors * np.maximum(values, 0.0)) @ vectors.T
    scale = 1.0 / np.sqrt(np.diag(current))
    current = current * scale[:, None] * scale[None, :]
    np.fill_diagonal(current, 1.0)
    return np.asarray(current)


def factor_root(matrix: Array) -> Array:
    """Return R, lower triangular, with R·Rᵀ = ``matrix``; a matrix of deficient rank has one too.

    QR of the symmetric square root: Cholesky would refuse perfect correlations.
    """
    values, vectors = np.linalg.eigh(matrix)
    half = (vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T
    upper = np.linalg.qr(half)[1]
    return np.asarray((upper * np.where(np.diag(upper) < 0, -1.0, 1.0)[:, None]).T)


def _check_names(names: Sequence[str]) -> None:
    for name in names:
        if name not in FACTORS:
            raise InvalidRequest(message("{name} is no factor of a cost.", name=name))
        if name in FOLLOWS:
            raise InvalidRequest(
                message("{name} follows {other} in every draw.", name=name, other=FOLLOWS[name]),
                message("Correlate the other factor instead."),
            )
    if len(set(names)) != len(names):
        raise InvalidRequest(message("A factor is named twice in the correlations."))


def _check_matrix(names: Sequence[str], matrix: Array) -> None:
    size = len(names)
    if matrix.shape != (size, size):
        raise InvalidRequest(
            message("The correlations of {n} factors need {n} rows and {n} columns.", n=size),
        )
    if not np.isfinite(matrix).all():
        raise InvalidRequest(
            message("A correlation is missing."), message("Write 0 where two factors are independent.")
        )
    if (np.abs(matrix) > 1.0).any():
        raise InvalidRequest(message("A correlation lies between -1 and 1."))
    if not np.allclose(matrix, matrix.T, atol=1e-12, rtol=0.0) or not (np.diag(matrix) == 1.0).all():
        raise InvalidRequest(message("Correlations must be symmetric, with ones on the diagonal."))
