"""The whole resolution: decisions, numbers, foreign vendors, then names, then three bins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from maillon.core.reason import Reason
from maillon.method.search.resolve.decisions import Decisions, vendor_key
from maillon.method.search.resolve.exact import candidate_of, match_number
from maillon.method.search.resolve.features import FEATURES, RARE, Floats, Pairs, best_names, compare
from maillon.method.search.resolve.firms import Firms, firms_of
from maillon.method.search.resolve.foreign import tell_foreign
from maillon.method.search.resolve.gathering import gather_pairs
from maillon.method.search.resolve.model import Model, choose, standard_model
from maillon.method.search.resolve.nearby import PlaceNames
from maillon.method.search.resolve.ranking import Ranked, rank_firms
from maillon.method.search.resolve.result import Decision, Resolution, VendorMatch
from maillon.method.search.resolve.vendors import Vendor, read_vendors
from maillon.reference.register import Register
from maillon.reference.register.names import open_names

Progress = Callable[[float], None]
_STRETCH = 8_000  # vendors between two signs of progress


def resolve_vendors(
    register: Register,
    vendors: pl.DataFrame,
    *,
    decisions: Decisions | None = None,
    model: Model | None = None,
    most: int = 5,
    progress: Progress = lambda share: None,
) -> Resolution:
    """Find the establishment of each vendor in the register.

    ``vendors`` has a column ``name`` and any of ``siret``, ``siren``, ``vat``, ``address``, ``postcode``,
    ``city``, ``country`` (texts) and ``spend``. In order: a recorded decision; the vendor's own number; what
    says that it is foreign; the names most like its own, weighed by ``model`` with places. At most ``most``
    candidates are told of each. Raises ``InvalidRequest`` without names, ``MissingData`` without an index.
    """
    read = read_vendors(vendors)
    firms = firms_of(register)
    places = PlaceNames(open_names(register.folder), firms)
    chosen = model or standard_model()
    found: list[VendorMatch | None] = [_known(register, firms, vendor, decisions) for vendor in read]
    left = [place for place, match in enumerate(found) if match is None]
    for start in range(0, len(left), _STRETCH):
        stretch = left[start : start + _STRETCH]
        matches = _by_name(places, [read[place] for place in stretch], chosen, most)
        for place, match in zip(stretch, matches, strict=True):
            found[place] = match
        progress(min(start + _STRETCH, len(left)) / len(left))
    stated = zip(read, found, strict=True)
    return Resolution(
        tuple(replace(match, town=vendor.town, address=vendor.address) for vendor, match in stated if match)
    )


def _known(
    register: Register, firms: Firms, vendor: Vendor, decisions: Decisions | None
) -> VendorMatch | None:
    """Return what needs no comparison of names: a decision, a number, a foreign vendor, no name at all."""
    held = decisions.held if decisions else {}
    key = vendor_key(vendor.name, vendor.town)
    if key in held:
        return _decided(firms, vendor, held[key])
    if (match := match_number(register, firms, vendor)) is not None:
        return match
    reason = tell_foreign(vendor.name, vendor.country, vendor.vat)
    if reason is not None:
        return VendorMatch(vendor.name, Decision.FOREIGN, None, 0.0, (), (reason,), vendor.spend)
    if not vendor.words:
        unnamed = Reason("vendor-unnamed")
        return VendorMatch(vendor.name, Decision.NONE, None, 0.0, (), (unnamed,), vendor.spend)
    return None


def _decided(firms: Firms, vendor: Vendor, siret: str | None) -> VendorMatch:
    reason = Reason("vendor-decided", 0.0, {"siret": siret})
    rows = firms.rows_of_siret(siret) if siret else np.empty(0, dtype=np.int64)
    found = tuple(candidate_of(firms, int(row), 1.0, (reason,)) for row in rows)
    decision = Decision.ACCEPT if siret else Decision.NONE
    return VendorMatch(vendor.name, decision, siret, 1.0 if siret else 0.0, found, (reason,), vendor.spend)


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Vendors compared with the register: pairs, their features, the odds of none, probabilities."""

    pairs: Pairs
    features: Floats
    none: Floats
    p: Floats


def compare_vendors(places: PlaceNames, vendors: list[Vendor], model: Model) -> Compared:
    """Return every pair looked at with its probability."""
    index, firms = places.index, places.firms
    pairs = gather_pairs(index, vendors, firms, places)
    masses = np.array([index.mass_of(vendor.words) for vendor in vendors])
    features = compare(pairs, vendors, index.entries, masses, firms)
    kept = best_names(pairs, features)
    pairs, features = pairs.of(kept), features[kept]
    none = model.none[0] + model.none[1] * np.minimum(masses / RARE, 1.0)
    return Compared(pairs, features, none, choose(features @ model.vector, pairs.vendor, none))


def _by_name(places: PlaceNames, vendors: list[Vendor], model: Model, most: int) -> list[VendorMatch]:
    compared = compare_vendors(places, vendors, model)
    ranked = rank_firms(compared.pairs, compared.p, places.firms, most)
    starts = np.searchsorted(ranked.vendor, np.arange(len(vendors) + 1))
    return [
        _match(vendor, compared, ranked.between(starts[i], starts[i + 1]), places.firms, model)
        for i, vendor in enumerate(vendors)
    ]


def _match(vendor: Vendor, compared: Compared, ranked: Ranked, firms: Firms, model: Model) -> VendorMatch:
    """Decide of one vendor: the firm of highest probability, its likeliest establishment."""
    p = float(ranked.p[0]) if len(ranked.p) else 0.0
    decision = (
        Decision.ACCEPT if p >= model.accept else Decision.REVIEW if p >= model.review else Decision.NONE
    )
    rows, features = compared.pairs.row[ranked.place].tolist(), compared.features[ranked.place].tolist()
    none = float(compared.none[ranked.vendor[0]]) if len(ranked.p) else 0.0
    candidates = tuple(
        candidate_of(firms, row, each, _reasons(x, none, model))
        for row, each, x in zip(rows, ranked.p.tolist(), features, strict=True)
    )
    return VendorMatch(
        name=vendor.name,
        decision=decision,
        siret=candidates[0].siret if decision is Decision.ACCEPT else None,
        p=p,
        candidates=candidates,
        reasons=candidates[0].reasons if candidates else (Reason("vendor-nobody"),),
        spend=vendor.spend,
    )


def _reasons(x: list[float], none: float, model: Model) -> tuple[Reason, ...]:
    told = [
        Reason(f"vendor-{name}", weight * each, {"x": each})
        for name, weight, each in zip(FEATURES, model.vector.tolist(), x, strict=True)
        if each
    ]
    return (Reason("vendor-none", -none), *told)
