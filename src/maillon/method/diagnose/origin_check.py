"""Origine France Garantie pre-check and the file of a request to the customs: never a legal origin."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl

from maillon.core.bom import Bom
from maillon.core.evidence import Evidence
from maillon.core.money import Money
from maillon.core.place import FRANCE
from maillon.core.reason import Reason
from maillon.method.diagnose.assumptions import DEFAULT_ASSUMPTIONS, DiagnoseAssumptions
from maillon.method.diagnose.bases import value_added_terms
from maillon.method.diagnose.bought import bought_lines, top_seed
from maillon.method.diagnose.costs import CostedBom, as_costed
from maillon.method.diagnose.levels import Flags, push_down
from maillon.method.diagnose.origins import Origins, find_origins
from maillon.method.diagnose.outside_cost import outside_cost
from maillon.method.diagnose.purchases import purchase_table
from maillon.method.diagnose.reasons import counted
from maillon.method.diagnose.results import OriginCheck, Share, Site, Verdict
from maillon.method.diagnose.terms import Terms

#: The computable condition: half of the unit cost price, ex works, acquired in France (OFG standard).
REQUIRED = 0.5


def check_origin(bom: Bom | CostedBom, assumptions: DiagnoseAssumptions = DEFAULT_ASSUMPTIONS) -> OriginCheck:
    """Check what can be computed of Origine France Garantie, and list what a person must bring.

    The share is the value-added one for France: parts by where they are made, labour, energy, research and
    packaging included, logistics, marketing and communication left out of both sides. It is never a legal
    origin: customs alone say what "made in France" is. Where the file holds no cost of the firm itself and
    the parts fall short, the verdict stays open and says how much French cost would settle it.

    >>> from maillon.core.bom import bom_from
    >>> bom = bom_from({"parent": [None, 1, 1], "quantity": [1, 1, 1], "own_value": [40.0, None, None],
    ...                 "unit_price": [None, 20.0, 40.0], "making_country": ["FR", "FR", "CN"]})
    >>> found = check_origin(bom)
    >>> found.verdict.value, found.unit_cost_share.min
    ('met', 0.6)
    """
    costed = as_costed(bom, assumptions)
    bought = bought_lines(costed)
    origins = find_origins(costed, Site.MAKING, (FRANCE,))
    purchases = purchase_table(costed, bought, origins)
    outside = outside_cost(costed.bom.lines).to_numpy()
    terms = _counted_terms(costed, origins, outside)
    share = terms.shares(costed.assumptions.least_coverage, costed.assumptions.family_lines)[0]
    priced = 1 - purchases["spend"].null_count() / max(purchases.height, 1)
    verdict, reasons = _judge(share, priced, _has_own_cost(costed), costed)
    gaps = purchases.filter(pl.col("level") < int(Evidence.DOCUMENTED))
    return OriginCheck(
        unit_cost_share=share,
        verdict=verdict,
        reasons=(*reasons, *_excluded(costed, outside), Reason("not_a_legal_origin")),
        evidence_gaps=tuple(
            gaps.sort("spend", "line", descending=[True, False], nulls_last=True)["line"].to_list()
        ),
        excluded_lines=tuple(costed.bom.lines.filter(pl.Series(outside))["line"].to_list()),
        statement=Reason("essential_characteristics"),
        preparation=_preparation(costed, purchases),
    )


def _counted_terms(costed: CostedBom, origins: Origins, outside: Flags) -> Terms:
    """Return the value-added terms without the lines that do not count, with the firm's own cost added."""
    levels = costed.levels
    terms = value_added_terms(costed, bought_lines(costed), origins)
    excluded = np.zeros(levels.size, dtype=np.bool_)
    position = levels.row_position[outside]
    excluded[position[position >= 0]] = True
    excluded &= ~levels.has_parts
    if excluded.any():
        used = push_down(levels, top_seed(costed), np.nan_to_num(costed.usage_quantity, nan=0.0))
        terms = _without(terms, np.flatnonzero(excluded), used)
    extra = costed.assumptions.own_cost_home
    return terms if extra is None else _with_own_cost(terms, extra)


def _without(terms: Terms, positions: np.ndarray, used: np.ndarray) -> Terms:
    """Take positions out of the share: out of the numerator and out of the denominator."""
    weight = terms.weight.copy()
    weight[positions] = 0.0
    if terms.ratio is None:
        return replace(terms, weight=weight)
    taken = used[positions]
    denominator, low, high = (
        getattr(terms.ratio, name).copy() for name in ("denominator", "numerator_low", "numerator_high")
    )
    denominator[positions] -= taken
    low[positions] -= taken[:, None] * terms.low[positions]
    high[positions] -= taken[:, None] * terms.high[positions]
    ratio = replace(terms.ratio, denominator=denominator, numerator_low=low, numerator_high=high)
    return replace(terms, weight=weight, ratio=ratio)


def _with_own_cost(terms: Terms, amount: float) -> Terms:
    one = np.ones((1, terms.low.shape[1]))
    ratio = terms.ratio
    if ratio is not None:
        certain = np.array([amount])
        ratio = replace(
            ratio,
            low=np.concatenate([ratio.low, certain]),
            high=np.concatenate([ratio.high, certain]),
            denominator=np.concatenate([ratio.denominator, [1.0]]),
            numerator_low=np.vstack([ratio.numerator_low, one]),
            numerator_high=np.vstack([ratio.numerator_high, one]),
        )
    return replace(
        terms,
        low=np.vstack([terms.low, one]),
        high=np.vstack([terms.high, one]),
        believed_low=np.vstack([terms.believed_low, one]),
        believed_high=np.vstack([terms.believed_high, one]),
        weight=np.concatenate([terms.weight, [amount]]),
        placed=np.vstack([terms.placed, one.astype(np.bool_)]),
        country=np.concatenate([terms.country, [-1]]),
        family=np.concatenate([terms.family, [-1]]),
        ratio=ratio,
    )


def _has_own_cost(costed: CostedBom) -> bool:
    """Tell whether the file (or the assumptions) holds any cost of the firm itself."""
    hours = (costed.items["unit"] == "h").fill_null(value=False).any()
    stated = costed.items["own"].is_not_null().any()
    given = costed.assumptions.own_cost_home is not None
    return bool(hours or stated or given or costed.costs.closed_by_price.any())


def _judge(
    share: Share, priced: float, own_cost: bool, costed: CostedBom
) -> tuple[Verdict, tuple[Reason, ...]]:
    least = costed.assumptions.priced_enough
    if share.min is None or share.max is None:
        return Verdict.UNDECIDED, (Reason("no_value"),)
    missing = () if own_cost else (Reason("own_cost_missing"),)
    if priced < least:
        return Verdict.UNDECIDED, (
            *missing,
            Reason("too_few_prices", params={"priced": priced, "least": least}),
        )
    ends = {"min": share.min, "max": share.max, "required": REQUIRED}
    if share.min >= REQUIRED:
        return Verdict.MET, (Reason("cost_share_met", params=ends), *missing)
    if share.max >= REQUIRED:
        return Verdict.UNDECIDED, (Reason("cost_share_open", params=ends), *missing)
    if own_cost:
        return Verdict.NOT_MET, (Reason("cost_share_not_met", params=ends),)
    short = Money((REQUIRED - share.max) * share.total / (1 - REQUIRED), costed.currency)
    return Verdict.UNDECIDED, (*missing, Reason("own_cost_needed", params={"amount": short, **ends}))


def _excluded(costed: CostedBom, outside: Flags) -> tuple[Reason, ...]:
    return counted("excluded_from_cost", int(outside.sum()))


def _preparation(costed: CostedBom, purchases: pl.DataFrame) -> tuple[Reason, ...]:
    """List what the request for information on made in France needs, with what the file lacks of it."""
    lines = costed.bom.lines.join(purchases.select("line"), on="line", how="semi")
    unknown = purchases.filter(pl.col("level") == 0).height
    weak = purchases.filter((pl.col("level") > 0) & (pl.col("level") < int(Evidence.DOCUMENTED))).height
    return (
        Reason("imf_product"),
        Reason("imf_steps"),
        Reason("imf_ex_works_price"),
        *counted("imf_codes_missing", lines["cn"].null_count(), of=lines.height),
        *counted("imf_origins_missing", unknown, of=lines.height),
        *counted("imf_origins_to_document", weak, of=lines.height),
        *counted("imf_values_missing", purchases["spend"].null_count(), of=lines.height),
    )
