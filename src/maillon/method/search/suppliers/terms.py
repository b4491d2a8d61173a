"""The terms of a score: for each firm, weight × x, and what is not known of it.

``z = bias + Σ weight_k × x_k`` in points (natural log-odds). Terms are rounded to a thousandth before they
are summed: those shown are those that count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from maillon.method.search.suppliers.filters import trading
from maillon.method.search.suppliers.gather import Linked
from maillon.method.search.suppliers.need import Need
from maillon.method.search.suppliers.profile import TERMS, Profile
from maillon.reference.register.index import RegisterIndex
from maillon.reference.register.index.columns import UNKNOWN
from maillon.reference.register.index.materials import LISTING
from maillon.reference.register.index.postings import among

Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
DECIMALS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Points by term and firm (``TERMS`` × rows), their sums with the bias, and which terms are unknown.

    An unknown term adds 0. Terms that the need does not ask for are neither known nor unknown: absent.
    """

    points: Values
    scores: Values
    unknown: Mask
    asked: tuple[bool, ...]
    km: Values


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """What a term looks at."""

    index: RegisterIndex
    need: Need
    linked: Linked
    km: Values
    profile: Profile


def score_firms(index: RegisterIndex, need: Need, linked: Linked, km: Values, profile: Profile) -> Scored:
    """Score every linked firm; ``km`` is NaN where a distance is unknown."""
    case = _Case(index, need, linked, km, profile)
    xs = np.array([_X[term](case) for term in TERMS])
    unknown = np.isnan(xs)
    weights = np.array([[profile.weights[term]] for term in TERMS])
    # whole thousandths, so that sums are exact whatever their order
    thousandths = np.rint(1000 * weights * np.where(unknown, 0.0, xs)).astype(np.int64)
    scores = (round(1000 * profile.weights["bias"]) + thousandths.sum(axis=0)) / 1000
    return Scored(thousandths / 1000, scores, unknown, _asked(need, km), km)


def _asked(need: Need, km: Values) -> tuple[bool, ...]:
    absent = {
        "process": not need.processes,
        "text": not need.words,
        "material": need.material is None,
        "size": need.length is None,
        "tolerance": need.tolerance is None,
        "lot": need.lot is None,
        "distance": bool(np.isnan(km).all()),
        "certificate": not need.certificates,
    }
    return tuple(not absent.get(term, False) for term in TERMS)


def _saturate(share: Values, steepness: float) -> Values:
    """Return ln(1 + (e^s - 1) m) / s, which goes from 0 to 1: the log-odds of a mixture of processes.

    Where one of the likely processes of a need is sure, the odds are ``m e^s + (1 - m)``, not ``e^(s m)``.
    """
    return np.asarray(np.log1p(np.expm1(steepness) * share) / steepness)


def _process(case: _Case) -> Values:
    """Weigh the processes shown. No source says that a firm lacks one: without evidence it is unknown."""
    x = _saturate(np.minimum(case.linked.shown, 1.0), case.profile.shapes["process_steepness"])
    return np.where(case.linked.shown > 0, x, np.nan)


def _text(case: _Case) -> Values:
    score = case.linked.text
    return score / (score + case.profile.shapes["text_half"])


def _activity(case: _Case) -> Values:
    return _saturate(case.linked.activity, case.profile.shapes["activity_steepness"])


def _material(case: _Case) -> Values:
    rows, materials = case.linked.rows, case.index.materials
    if case.need.material is None:
        return np.zeros(len(rows))
    works = among(case.index.materials.find(case.need.material).rows, rows)
    lists = among(materials.find(LISTING).rows, rows)
    return np.where(works, 1.0, np.where(lists, -1.0, np.nan))


def _fits(stated: Values, does: Mask) -> Values:
    """Return 1 where a limit is stated and holds, 0 where it does not, NaN where nothing is stated."""
    return np.where(np.isnan(stated), np.nan, does.astype(np.float64))


def _limits(case: _Case, kind: str) -> tuple[Values, Values, Values]:
    return case.index.limits[kind].at(case.linked.rows.astype(np.uint32))


def _size(case: _Case) -> Values:
    if case.need.length is None:
        return np.zeros(len(case.linked.rows))
    most = _limits(case, "size")[2]
    return _fits(most, most >= case.need.length)


def _tolerance(case: _Case) -> Values:
    if case.need.tolerance is None:
        return np.zeros(len(case.linked.rows))
    finest = _limits(case, "tolerance")[2]
    return _fits(finest, finest <= case.need.tolerance)


def _lot(case: _Case) -> Values:
    """1 within the lots stated, less the farther from the ideal one; 0 outside; NaN where none is stated."""
    lot = case.need.lot
    if lot is None:
        return np.zeros(len(case.linked.rows))
    low, ideal, high = _limits(case, "lot")
    stated = ~(np.isnan(low) & np.isnan(ideal) & np.isnan(high))
    decades = np.abs(np.log10(lot / np.where(ideal > 0, ideal, lot)))
    near = np.maximum(0.0, 1.0 - decades / case.profile.shapes["lot_decades"])
    return np.where(stated, np.where((lot < low) | (lot > high), 0.0, near), np.nan)


def _distance(case: _Case) -> Values:
    return 1.0 / (1.0 + case.km / case.profile.shapes["distance_half_km"])


def _certificate(case: _Case) -> Values:
    """Return the share held of the certificates asked for; no list is complete, so none held is unknown."""
    asked = case.need.certificates
    if not asked:
        return np.zeros(len(case.linked.rows))
    held = [among(case.index.certificates.find(code).rows, case.linked.rows) for code in asked]
    share = np.mean(held, axis=0)
    return np.where(share > 0, share, np.nan)


def _headcount(case: _Case) -> Values:
    fewest = case.index.columns.headcount_low[case.linked.rows]
    lows = np.array([low for low, _ in case.profile.bands])
    xs = np.array([x for _, x in case.profile.bands])
    band = np.searchsorted(lows, fewest, side="right") - 1
    return np.where(fewest == UNKNOWN, np.nan, xs[np.maximum(band, 0)])


def _maker(case: _Case) -> Values:
    """Weigh the role best known; a trader is one whatever else is told of it."""
    rows, roles = case.linked.rows, case.profile.roles
    x = np.full(len(rows), np.nan)
    for role, worth in sorted(roles.items(), key=lambda pair: pair[1]):
        if worth > 0:
            x[among(case.index.roles.find(role).rows, rows)] = worth
    x[trading(case.index, rows)] = roles["distributor"]
    return x


_X: dict[str, Callable[[_Case], Values]] = {
    "process": _process,
    "text": _text,
    "activity": _activity,
    "material": _material,
    "size": _size,
    "tolerance": _tolerance,
    "lot": _lot,
    "distance": _distance,
    "certificate": _certificate,
    "headcount": _headcount,
    "maker": _maker,
}
