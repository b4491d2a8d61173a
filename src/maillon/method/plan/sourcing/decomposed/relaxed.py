"""The linear relaxation in its short form: no column for "used" where the share alone decides it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maillon.method.plan.sourcing.arrays import Flags, Floats, Index, SourcingArrays
from maillon.method.plan.sourcing.rules import PlanRules
from maillon.solve.blocks import Block, ModelBuilder, NamedModel, terms


@dataclass(frozen=True, slots=True, eq=False)
class ShortForm:
    """The relaxation without its rows "used only where opened", which are added when violated.

    Where one source is enough, y = x/u at the optimum of the relaxation, as one-off costs are never negative:
    ``per_share`` is that 1/u, zero for the offers ``kept`` with a column of their own.
    """

    model: NamedModel
    per_share: Floats
    kept: Index
    lazy: Flags

    def used(self, values: Floats) -> Floats:
        """Return y of each offer from the values of the columns."""
        used = values[self.model.columns["share"].at] * self.per_share
        used[self.kept] = values[self.model.columns["used"].at]
        return used

    def opening_rows(self, offers: Index) -> tuple[Index, Floats]:
        """Return columns and coefficients, two a row, of ``y <= z`` for these offers."""
        columns, home = self.model.columns, np.empty(len(self.per_share), dtype=np.int64)
        home[:] = columns["share"].start + np.arange(len(home))
        home[self.kept] = columns["used"].start + np.arange(len(self.kept))
        return home[offers], np.where(self.per_share[offers] > 0, self.per_share[offers], 1.0)


def short_form(arrays: SourcingArrays, rules: PlanRules) -> ShortForm:
    """Return the short relaxation of a plan: the same optimum, a fifth of the rows."""
    simple = _single_sourced(arrays, rules)[arrays.part]
    per_share = np.where(simple, 1.0 / np.maximum(arrays.most, 1e-12), 0.0)
    per_share = np.where(arrays.forbidden, 0.0, per_share)
    kept = np.flatnonzero(~simple)
    build = ModelBuilder()
    blocks = _columns(build, arrays, rules, per_share, kept)
    _rows(build, arrays, rules, blocks, (per_share, kept))
    return ShortForm(
        build.model(), per_share, kept, (arrays.opening > 0)[arrays.supplier] & ~arrays.forbidden
    )


def _single_sourced(arrays: SourcingArrays, rules: PlanRules) -> Flags:
    """Return the parts where no rule but the shares themselves decides how many sources there are."""
    smallest = np.ones(arrays.parts)
    np.minimum.at(smallest, arrays.part, np.where(arrays.forbidden, 1.0, arrays.most))
    forced = np.bincount(arrays.part, arrays.forced, arrays.parts) > 0
    return np.asarray((arrays.least_sources == 1) & (smallest * rules.most_sources >= 1) & ~forced)


def _columns(
    build: ModelBuilder, arrays: SourcingArrays, rules: PlanRules, per_share: Floats, kept: Index
) -> dict[str, Block]:
    years, free = rules.amortisation_years, ~arrays.forbidden
    tail = arrays.probability / (1 - rules.confidence)
    cost = arrays.cost + arrays.setup / years * per_share
    lower, upper = arrays.forced[kept], (free | arrays.forced)[kept]
    blocks = [
        build.add_columns("share", cost=cost, upper=np.where(free, arrays.most, 0.0)),
        build.add_columns("used", cost=arrays.setup[kept] / years, lower=lower, upper=upper),
        build.add_columns("opened", cost=arrays.opening / years, upper=1.0),
        build.add_columns("exposure", cost=np.zeros(arrays.suppliers), upper=arrays.capacity),
        build.add_columns("eta", cost=[rules.risk_weight]),
        build.add_columns("excess", cost=rules.risk_weight * tail),
    ]
    return {block.name: block for block in blocks}


def _rows(
    build: ModelBuilder,
    arrays: SourcingArrays,
    rules: PlanRules,
    blocks: dict[str, Block],
    form: tuple[Floats, Index],
) -> None:
    kept = form[1]
    share, used = blocks["share"], blocks["used"]
    offer, row, supplier = np.arange(len(arrays.part)), np.arange(len(kept)), np.arange(arrays.suppliers)
    build.add_rows("whole", arrays.parts, [terms(share, offer, arrays.part, 1.0)], lower=1.0, upper=1.0)
    given = terms(share, kept, row, 1.0)
    build.add_rows("least", len(kept), [given, terms(used, row, row, -arrays.least[kept])], lower=0.0)
    build.add_rows("most", len(kept), [given, terms(used, row, row, -arrays.most[kept])], upper=0.0)
    hard, place = np.unique(arrays.part[kept], return_inverse=True)
    sources = [terms(used, row, place, 1.0)]
    build.add_rows("sources", len(hard), sources, lower=arrays.least_sources[hard], upper=rules.most_sources)
    exposed = terms(blocks["exposure"], supplier, supplier, 1.0)
    bought = terms(share, offer, arrays.supplier, -arrays.spend)
    build.add_rows("exposed", arrays.suppliers, [exposed, bought], lower=0.0, upper=0.0)
    limit = terms(blocks["opened"], supplier, supplier, -arrays.capacity)
    build.add_rows("capacity", arrays.suppliers, [exposed, limit], upper=0.0)
    _business_rows(build, arrays, rules, blocks, form)


def _business_rows(
    build: ModelBuilder,
    arrays: SourcingArrays,
    rules: PlanRules,
    blocks: dict[str, Block],
    form: tuple[Floats, Index],
) -> None:
    per_share, kept = form
    share, eta, excess = blocks["share"], blocks["eta"], blocks["excess"]
    offer, each = np.arange(len(arrays.part)), np.arange(len(arrays.probability))
    over = [terms(excess, each, each, 1.0), terms(eta, 0, each, 1.0)]
    lost = terms(blocks["exposure"], arrays.lost_at, arrays.lost_in, -arrays.lost)
    build.add_rows("scenario", len(each), [*over, lost], lower=0.0)
    if rules.risk_cap is not None:
        tail = arrays.probability / (1 - rules.confidence)
        risk = [terms(eta, 0, 0, 1.0), terms(excess, each, 0, tail)]
        build.add_rows("risk", 1, risk, upper=rules.risk_cap)
    if rules.budget is not None:
        once = [
            terms(share, offer, 0, arrays.setup * per_share),
            terms(blocks["used"], np.arange(len(kept)), 0, arrays.setup[kept]),
            terms(blocks["opened"], np.arange(arrays.suppliers), 0, arrays.opening),
        ]
        build.add_rows("budget", 1, once, upper=rules.budget)
    if rules.co2_cap is not None:
        build.add_rows("co2", 1, [terms(share, offer, 0, arrays.co2)], upper=rules.co2_cap)
    if rules.local_target is not None:
        asked = rules.local_target * float(arrays.weight.sum())
        build.add_rows("local", 1, [terms(share, offer, 0, arrays.local)], lower=asked)
