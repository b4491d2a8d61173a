"""The four bases: what the local share is a share of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from maillon.method.diagnose.bought import BoughtLines, top_seed, unit_mass
from maillon.method.diagnose.costs import CostedBom
from maillon.method.diagnose.levels import Floats, push_down
from maillon.method.diagnose.opened import opened_left_out, opened_values, rest_placed
from maillon.method.diagnose.origins import Origins
from maillon.method.diagnose.ranges import has_ranges, opened_ratio, purchase_ratio
from maillon.method.diagnose.results import Basis
from maillon.method.diagnose.terms import Terms


def value_added_terms(costed: CostedBom, bought: BoughtLines, origins: Origins) -> Terms:
    """Open every assembly: each step's own value where it is made, LC_n = [ℓ_n·v_n + Σ q_k·c_k·LC_k]/c_n.

    Unrolled over the tree this is Σ m_n·ℓ_n·v_n / Σ m_n·v_n with m_n how many of item n the product takes
    (methods-economics §2).
    """
    used = push_down(costed.levels, top_seed(costed), np.nan_to_num(costed.usage_quantity, nan=0.0))
    values = opened_values(costed, origins)
    position = np.concatenate([np.arange(costed.levels.size), values.mixed])
    return Terms(
        weight=np.concatenate([used * values.own, used[values.mixed] * values.rest]),
        low=np.vstack([values.low, values.rest_low]),
        high=np.vstack([values.high, values.rest_high]),
        believed_low=np.vstack([values.believed_low, values.rest_low]),
        believed_high=np.vstack([values.believed_high, values.rest_high]),
        placed=np.vstack([origins.placed, rest_placed(values, origins)]),
        country=origins.country_codes[position],
        family=origins.family_codes[position],
        unit=costed.currency,
        left_out=opened_left_out(costed),
        ratio=opened_ratio(costed, values, used) if has_ranges(costed) else None,
    )


def origin_value_terms(costed: CostedBom, bought: BoughtLines, origins: Origins) -> Terms:
    """Count each bought line whole, by the origin of what is bought, weighted by what it costs."""
    terms = _line_terms(costed, bought, origins, bought.spend, costed.currency)
    return replace(terms, ratio=purchase_ratio(costed, bought, origins)) if has_ranges(costed) else terms


def count_terms(costed: CostedBom, bought: BoughtLines, origins: Origins) -> Terms:
    """Count each bought line once, whatever its quantity."""
    return _line_terms(costed, bought, origins, np.ones(len(bought)), "line")


def mass_terms(costed: CostedBom, bought: BoughtLines, origins: Origins) -> Terms:
    """Weigh each bought line by its mass in the product, in kg."""
    mass = bought.multiple * unit_mass(costed)[bought.position]
    return _line_terms(costed, bought, origins, mass, "kg")


def _line_terms(costed: CostedBom, bought: BoughtLines, origins: Origins, weight: Floats, unit: str) -> Terms:
    at = bought.position
    established, believed = origins.established[at], origins.believed[at]
    unknown = np.isnan(weight)
    return Terms(
        weight=np.where(unknown, 0.0, weight),
        low=(established == 1).astype(np.float64),
        high=(established != 0).astype(np.float64),
        believed_low=(believed == 1).astype(np.float64),
        believed_high=(believed != 0).astype(np.float64),
        placed=origins.placed[at],
        country=origins.country_codes[at],
        family=origins.family_codes[at],
        unit=unit,
        left_out=int(unknown.sum()) + len(costed.levels.cyclic_rows),
    )


BASES: Mapping[Basis, Callable[[CostedBom, BoughtLines, Origins], Terms]] = {
    Basis.VALUE_ADDED: value_added_terms,
    Basis.ORIGIN_VALUE: origin_value_terms,
    Basis.COUNT: count_terms,
    Basis.MASS: mass_terms,
}
