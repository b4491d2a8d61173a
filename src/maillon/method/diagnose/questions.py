"""Whom to ask: the smallest set of suppliers whose answers settle whether a share reaches a threshold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from maillon.core.bom import Bom
from maillon.core.place import FRANCE, Territory
from maillon.core.reason import Reason
from maillon.method.diagnose.assumptions import DEFAULT_ASSUMPTIONS, DiagnoseAssumptions
from maillon.method.diagnose.bases import origin_value_terms
from maillon.method.diagnose.bought import BoughtLines, bought_lines
from maillon.method.diagnose.certainty import certain_after
from maillon.method.diagnose.costs import CostedBom, as_costed
from maillon.method.diagnose.cover import Cover, smallest_cover
from maillon.method.diagnose.levels import Flags, Floats
from maillon.method.diagnose.origins import Origins, find_origins
from maillon.method.diagnose.purchases import purchase_table
from maillon.method.diagnose.reasons import counted
from maillon.method.diagnose.results import Guarantee, Question, QuestionSet, Site

#: "Below the threshold" is strict: by this much of the total.
STRICT = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class _Doubtful:
    """What decides: how far either conclusion is, and what each supplier's answer brings towards it.

    ``gains`` (suppliers × 2): towards "reached" if all its lines are local, towards "not reached" if none
    is; ``needs`` (2) in the same unit, at most 0 where the conclusion already holds.
    """

    vendors: tuple[str, ...]
    lines: tuple[pl.DataFrame, ...]
    gains: Floats
    needs: Floats
    total: float
    unaskable: float
    unaskable_lines: int
    certain_costs: bool
    expected_local: float | None


def smallest_question_set(
    bom: Bom | CostedBom,
    *,
    threshold: float = 0.5,
    territory: Territory = FRANCE,
    guarantee: Guarantee = Guarantee.EITHER_WAY,
    costs: Mapping[str, float] | None = None,
    assumptions: DiagnoseAssumptions = DEFAULT_ASSUMPTIONS,
) -> QuestionSet:
    """Return the smallest (or cheapest) set of suppliers to ask whether the bought value is local enough.

    The share is the origin-binary one; prices given as ranges are kept as ranges. With ``EITHER_WAY`` the set
    can prove both conclusions: all answers local, the threshold is reached; all foreign, it cannot be: a
    covering knapsack, exact by sorting when every supplier costs the same (see ``smallest_cover``). ``costs``
    gives the cost of asking a supplier by its name; the others cost 1. Lines without a known supplier cannot
    be asked for and stay uncertain. The reasoning is in docs/method/diagnose.md.

    Local 30, foreign 30, unknown 25 with one supplier, 10 and 5 with others: 20 must turn either way.

    >>> from maillon.core.bom import bom_from
    >>> bom = bom_from({"quantity": [1] * 5, "unit_price": [30.0, 30.0, 25.0, 10.0, 5.0],
    ...                 "supplier": list("ABCDE"), "making_country": ["FR", "CN", None, None, None]})
    >>> found = smallest_question_set(bom)
    >>> [q.supplier for q in found.questions], found.bound, found.whatever
    (['C'], 1, 1)
    """
    costed = as_costed(bom, assumptions)
    bought = bought_lines(costed)
    origins = find_origins(costed, Site.MAKING, (territory,))
    doubtful = _doubtful(costed, bought, origins, threshold)
    decided = bool((doubtful.needs <= 0).any())
    if decided:
        return QuestionSet(threshold, True, True, (), 0, (_conclusion(doubtful),), guarantee)
    price = (
        None if costs is None else np.array([costs.get(str(d["supplier"][0]), 1.0) for d in doubtful.lines])
    )
    return _question_set(doubtful, threshold, guarantee, price)


def _conclusion(doubtful: _Doubtful) -> Reason:
    return Reason("threshold_reached" if doubtful.needs[0] <= 0 else "threshold_out_of_reach")


def _doubtful(costed: CostedBom, bought: BoughtLines, origins: Origins, threshold: float) -> _Doubtful:
    spend = np.nan_to_num(bought.spend, nan=0.0)
    low, high = _spend_ends(costed, bought, spend)
    state = origins.established[bought.position, 0]
    towards = (1 - threshold) * low + threshold * high, (1 - threshold) * high + threshold * low
    reach = np.where(state == 1, -(1 - threshold) * low, threshold * high).sum()
    avoid = np.where(state == 0, -threshold * low, (1 - threshold) * high).sum()
    table = purchase_table(costed, bought, origins).with_columns(
        pl.Series("towards", towards[0]), pl.Series("against", towards[1]), pl.Series("spend", spend)
    )
    unknown = table.filter(pl.Series((state < 0) & (high > 0)))
    vendors = _by_vendor(unknown)
    nameless = unknown.filter(pl.col("vendor").is_null())
    total = float(spend.sum())
    return _Doubtful(
        vendors=tuple(str(d["vendor"][0]) for d in vendors),
        lines=tuple(vendors),
        gains=np.array([[d["towards"].sum(), d["against"].sum()] for d in vendors]).reshape(-1, 2),
        needs=np.array([reach if reach > STRICT * total else 0.0, avoid + STRICT * total]),
        total=total,
        unaskable=float(nameless["spend"].sum()),
        unaskable_lines=nameless.height,
        certain_costs=bool((high <= low).all()),
        expected_local=_expected_answers(costed, bought, origins, state < 0),
    )


def _spend_ends(costed: CostedBom, bought: BoughtLines, spend: Floats) -> tuple[Floats, Floats]:
    """Return the least and greatest spend of each line: its price's ends, else those of its parts."""
    paid = ~np.isnan(costed.price_low)
    ends = []
    for price, rolled in (
        (costed.price_low, costed.costs.low),
        (costed.price_high, costed.costs.high),
    ):
        unit = np.where(paid, price, rolled)[bought.position]
        ends.append(np.where(np.isnan(bought.spend), spend, bought.multiple * unit))
    return np.nan_to_num(ends[0], nan=0.0), np.nan_to_num(ends[1], nan=0.0)


def _by_vendor(unknown: pl.DataFrame) -> list[pl.DataFrame]:
    """Group the doubtful lines by supplier: suppliers and their lines by falling spend."""
    asked = unknown.filter(pl.col("vendor").is_not_null()).sort("spend", "line", descending=[True, False])
    groups = asked.partition_by("vendor", maintain_order=True)
    return sorted(groups, key=lambda lines: (-float(lines["spend"].sum()), str(lines["vendor"][0])))


def _expected_answers(
    costed: CostedBom, bought: BoughtLines, origins: Origins, unknown: Flags
) -> float | None:
    """Return how local the unknown lines are expected to be, None where the coverage says nothing."""
    terms = origin_value_terms(costed, bought, origins)
    share = terms.shares(costed.assumptions.least_coverage, costed.assumptions.family_lines)[0].expected
    width = float(terms.weight[unknown].sum())
    if share is None or width <= 0:
        return None
    known = float((terms.weight * terms.low[:, 0]).sum())
    return min(max((share * float(terms.weight.sum()) - known) / width, 0.0), 1.0)


def _needs(doubtful: _Doubtful, guarantee: Guarantee) -> Floats | None:
    """Return what the two gains of the chosen suppliers must add up to; None where it is out of reach."""
    local = doubtful.expected_local
    match guarantee:
        case Guarantee.EITHER_WAY:
            return doubtful.needs
        case Guarantee.EXPECTED if local is not None:
            with np.errstate(divide="ignore"):
                either = doubtful.needs / np.array([local, 1 - local])
            reachable = np.where(doubtful.gains.sum(axis=0) >= either, either, np.inf)
            towards = int(np.argmin(reachable))
            return np.where(np.arange(2) == towards, either, 0.0) if np.isfinite(reachable[towards]) else None
        case _:
            return None


def _question_set(
    doubtful: _Doubtful, threshold: float, guarantee: Guarantee, price: Floats | None
) -> QuestionSet:
    certain = _certain(doubtful)
    expected = _cover(doubtful, Guarantee.EXPECTED, None)
    reasons = counted(
        "unaskable_lines", doubtful.unaskable_lines, share=_points(doubtful.unaskable, doubtful)
    )
    cover = _cover(doubtful, guarantee, price)
    if guarantee is Guarantee.WHATEVER and certain is not None:
        cover = Cover(np.arange(certain), float(certain), 1.0, 1)
    reachable = cover is not None
    if cover is None:
        cover, one_way = _one_way(doubtful, price)
        reasons = (*reasons, one_way)
    return QuestionSet(
        threshold=threshold,
        decided=False,
        reachable=reachable,
        questions=tuple(_question(doubtful, row) for row in np.sort(cover.chosen).tolist()),
        bound=cover.size_bound,
        reasons=reasons,
        guarantee=guarantee,
        cost=cover.cost,
        cost_bound=cover.cost_bound,
        unaskable=_points(doubtful.unaskable, doubtful),
        whatever=certain,
        expected=None if expected is None else len(expected.chosen),
    )


def _cover(doubtful: _Doubtful, guarantee: Guarantee, price: Floats | None) -> Cover | None:
    needs = _needs(doubtful, guarantee)
    return None if needs is None else smallest_cover(doubtful.gains, needs, price)


def _certain(doubtful: _Doubtful) -> int | None:
    if not doubtful.certain_costs or not doubtful.lines:
        return None
    widths = [lines["spend"].to_numpy() for lines in doubtful.lines]
    return certain_after(widths, doubtful.unaskable, float(doubtful.needs[0]))


def _one_way(doubtful: _Doubtful, price: Floats | None) -> tuple[Cover, Reason]:
    """Return the smallest set that can prove the only conclusion within reach, or nothing."""
    for side, code in ((0, "only_reached_provable"), (1, "only_not_reached_provable")):
        needs = np.where(np.arange(2) == side, doubtful.needs, 0.0)
        cover = smallest_cover(doubtful.gains, needs, price)
        if cover is not None:
            return cover, Reason(code)
    return Cover(np.empty(0, dtype=np.int64), 0.0, 0.0, 0), Reason("identify_suppliers_first")


def _question(doubtful: _Doubtful, row: int) -> Question:
    lines = doubtful.lines[row]
    name = lines["supplier"].drop_nulls()
    spend = float(lines["spend"].sum())
    return Question(
        supplier=str(name[0]) if len(name) else doubtful.vendors[row],
        lines=lines.height,
        spend=spend,
        width=_points(spend, doubtful),
        line_numbers=tuple(lines["line"].to_list()),
    )


def _points(width: float, doubtful: _Doubtful) -> float:
    return width / doubtful.total if doubtful.total > 0 else 0.0
