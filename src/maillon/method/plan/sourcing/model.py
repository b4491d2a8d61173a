"""The exact mixed-integer model of a sourcing plan (methods-optimisation §3)."""

from __future__ import annotations

import numpy as np

from maillon.method.plan.sourcing.arrays import SourcingArrays
from maillon.method.plan.sourcing.rules import PlanRules
from maillon.solve.blocks import Block, ModelBuilder, NamedModel, terms

#: Rows of the business rules, by the name of their block, and what each asks.
BUSINESS_ROWS = ("whole", "sources", "capacity", "budget", "co2", "local", "risk")


def sourcing_model(arrays: SourcingArrays, rules: PlanRules) -> NamedModel:
    """Return the whole model.

    Columns: ``share`` x and ``used`` y (one an offer), ``opened`` z and ``exposure`` e (one a supplier),
    ``missing`` (ideal share not reached, for the offers that have one), ``eta`` and ``excess`` v (one a
    disruption). Rows: ``whole``, ``least``, ``most``, ``open_first``, ``sources``, ``exposed``, ``capacity``,
    ``scenario``, ``ideal`` and, where asked, ``budget``, ``co2``, ``local``, ``risk``.

    Risk sits on supplier exposures, so that rows of disruptions stay short; the CVaR is the linear form of
    Rockafellar and Uryasev (2000).
    """
    build = ModelBuilder()
    blocks = _columns(build, arrays, rules)
    _part_rows(build, arrays, blocks, rules)
    _supplier_rows(build, arrays, blocks)
    _risk_rows(build, arrays, blocks, rules)
    _target_rows(build, arrays, blocks, rules)
    return build.model()


def _columns(build: ModelBuilder, arrays: SourcingArrays, rules: PlanRules) -> dict[str, Block]:
    years, free = rules.amortisation_years, ~arrays.forbidden
    tail = arrays.probability / (1 - rules.confidence)
    ideal = np.flatnonzero(arrays.ideal_cost > 0)
    blocks = [
        build.add_columns("share", cost=arrays.cost, upper=np.where(free, arrays.most, 0.0)),
        build.add_columns(
            "used", cost=arrays.setup / years, lower=arrays.forced, upper=free | arrays.forced, integer=True
        ),
        # What costs nothing to open may as well be open.
        build.add_columns(
            "opened", cost=arrays.opening / years, lower=arrays.opening == 0, upper=1.0, integer=True
        ),
        build.add_columns("exposure", cost=np.zeros(arrays.suppliers), upper=arrays.capacity),
        build.add_columns("missing", cost=arrays.ideal_cost[ideal], upper=arrays.ideal[ideal]),
        build.add_columns("eta", cost=[rules.risk_weight]),
        build.add_columns("excess", cost=rules.risk_weight * tail),
    ]
    return {block.name: block for block in blocks}


def _part_rows(
    build: ModelBuilder, arrays: SourcingArrays, blocks: dict[str, Block], rules: PlanRules
) -> None:
    share, used, opened = (blocks[name] for name in ("share", "used", "opened"))
    offers, parts = len(arrays.part), arrays.parts
    each = np.arange(offers)
    given = terms(share, each, each, 1.0)
    build.add_rows("whole", parts, [terms(share, each, arrays.part, 1.0)], lower=1.0, upper=1.0)
    build.add_rows("least", offers, [given, terms(used, each, each, -arrays.least)], lower=0.0)
    build.add_rows("most", offers, [given, terms(used, each, each, -arrays.most)], upper=0.0)
    first = [terms(used, each, each, 1.0), terms(opened, arrays.supplier, each, -1.0)]
    build.add_rows("open_first", offers, first, upper=0.0)
    sources = [terms(used, each, arrays.part, 1.0)]
    build.add_rows("sources", parts, sources, lower=arrays.least_sources, upper=rules.most_sources)
    ideal = np.flatnonzero(arrays.ideal_cost > 0)
    row = np.arange(len(ideal))
    reached = [terms(blocks["missing"], row, row, 1.0), terms(share, ideal, row, 1.0)]
    asked = terms(used, ideal, row, -arrays.ideal[ideal])
    build.add_rows("ideal", len(ideal), [*reached, asked], lower=0.0)


def _supplier_rows(build: ModelBuilder, arrays: SourcingArrays, blocks: dict[str, Block]) -> None:
    count, each, offer = arrays.suppliers, np.arange(arrays.suppliers), np.arange(len(arrays.part))
    exposed = terms(blocks["exposure"], each, each, 1.0)
    bought = terms(blocks["share"], offer, arrays.supplier, -arrays.spend)
    build.add_rows("exposed", count, [exposed, bought], lower=0.0, upper=0.0)
    limit = terms(blocks["opened"], each, each, -arrays.capacity)
    build.add_rows("capacity", count, [exposed, limit], upper=0.0)


def _risk_rows(
    build: ModelBuilder, arrays: SourcingArrays, blocks: dict[str, Block], rules: PlanRules
) -> None:
    eta, excess, exposure = (blocks[name] for name in ("eta", "excess", "exposure"))
    each = np.arange(len(arrays.probability))
    over = [terms(excess, each, each, 1.0), terms(eta, 0, each, 1.0)]
    lost = terms(exposure, arrays.lost_at, arrays.lost_in, -arrays.lost)
    build.add_rows("scenario", len(each), [*over, lost], lower=0.0)
    if rules.risk_cap is not None:
        tail = arrays.probability / (1 - rules.confidence)
        risk = [terms(eta, 0, 0, 1.0), terms(excess, each, 0, tail)]
        build.add_rows("risk", 1, risk, upper=rules.risk_cap)


def _target_rows(
    build: ModelBuilder, arrays: SourcingArrays, blocks: dict[str, Block], rules: PlanRules
) -> None:
    offer, supplier = np.arange(len(arrays.part)), np.arange(arrays.suppliers)
    share = blocks["share"]
    if rules.budget is not None:
        once = terms(blocks["used"], offer, 0, arrays.setup)
        opening = terms(blocks["opened"], supplier, 0, arrays.opening)
        build.add_rows("budget", 1, [once, opening], upper=rules.budget)
    if rules.co2_cap is not None:
        build.add_rows("co2", 1, [terms(share, offer, 0, arrays.co2)], upper=rules.co2_cap)
    if rules.local_target is not None:
        asked = rules.local_target * float(arrays.weight.sum())
        build.add_rows("local", 1, [terms(share, offer, 0, arrays.local)], lower=asked)
