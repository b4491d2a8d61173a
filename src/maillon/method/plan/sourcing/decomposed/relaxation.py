"""Solving the short relaxation: a bound, the shares it would like, and what each offer costs beyond them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from maillon.method.plan.sourcing.arrays import Floats, Index, SourcingArrays
from maillon.method.plan.sourcing.decomposed.elastic import TARGET_ROWS
from maillon.method.plan.sourcing.decomposed.relaxed import ShortForm, short_form
from maillon.method.plan.sourcing.rules import PlanRules
from maillon.solve.highs_child import lp_of

#: How far a used offer may exceed the opening of its supplier before the row is added.
_VIOLATED = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Relaxation:
    """The optimum of the linear relaxation: a proved ``bound`` in €/yr, and figures of each offer.

    ``extra`` is what a whole part at this offer costs beyond the relaxation's price of the part, in €/yr;
    ``prices`` what one more unit of each target would change, in €/yr.
    """

    bound: float
    share: Floats
    used: Floats
    opened: Floats
    extra: Floats
    prices: Mapping[str, float]


def solve_relaxation(arrays: SourcingArrays, rules: PlanRules, time_limit: float) -> Relaxation | None:
    """Return the optimum of the relaxation, None when it was not reached in ``time_limit`` seconds.

    Raises ``NoPlanExists`` when even the relaxation has no solution: that is a proof.
    """
    form = short_form(arrays, rules)
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # the package ships no signatures
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("time_limit", time_limit)
    highs.passModel(lp_of(fields_of(form)))
    while True:
        highs.run()
        status = highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            raise NoPlanExists
        if status != highspy.HighsModelStatus.kOptimal:
            return None
        values = np.array(highs.getSolution().col_value)
        used, opened = form.used(values), values[form.model.columns["opened"].at]
        missing = np.flatnonzero(form.lazy & (used > opened[arrays.supplier] + _VIOLATED))
        if not missing.size:
            return _relaxation(highs, form, arrays, rules, values)
        _add_opening_rows(highs, form, arrays, missing)


class NoPlanExists(Exception):
    """The relaxation is infeasible: no plan meets the rules."""


def fields_of(form: ShortForm) -> dict[str, np.ndarray[Any, Any]]:
    """Return the fields of the linear model by name, as HiGHS's child reads them."""
    linear = form.model.linear
    return {name: getattr(linear, name) for name in linear.__slots__}


def _add_opening_rows(highs: highspy.Highs, form: ShortForm, arrays: SourcingArrays, offers: Index) -> None:
    column, value = form.opening_rows(offers)
    opened = form.model.columns["opened"].start + arrays.supplier[offers]
    count = len(offers)
    index = np.stack([column, opened], axis=1).astype(np.int32).ravel()
    values = np.stack([value, -np.ones(count)], axis=1).ravel()
    start = np.arange(0, 2 * count, 2, dtype=np.int32)
    highs.addRows(count, np.full(count, -np.inf), np.zeros(count), 2 * count, start, index, values)


def _relaxation(
    highs: highspy.Highs, form: ShortForm, arrays: SourcingArrays, rules: PlanRules, values: Floats
) -> Relaxation:
    columns, rows = form.model.columns, form.model.rows
    dual = np.array(highs.getSolution().row_dual)

    def price(name: str) -> float:
        return float(dual[rows[name].at][0]) if name in rows else 0.0

    per_share = np.where(form.per_share > 0, form.per_share, 1.0 / np.maximum(arrays.most, 1e-12))
    once = arrays.setup * (1 / rules.amortisation_years - price("budget"))
    exposure = dual[rows["exposed"].at][arrays.supplier] * arrays.spend
    extra = arrays.cost + once * per_share + exposure - dual[rows["whole"].at][arrays.part]
    extra -= price("co2") * arrays.co2 + price("local") * arrays.local
    share = values[columns["share"].at]
    opened = values[columns["opened"].at]
    bound = float(highs.getInfo().objective_function_value)
    extra = np.where(arrays.forbidden, np.inf, extra)
    prices = {name: price(name) for name in TARGET_ROWS}
    return Relaxation(bound, share, form.used(values), opened, extra, prices)
