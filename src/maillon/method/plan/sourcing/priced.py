"""From shares to a plan: everything that follows from who delivers what, computed from the inputs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from maillon.method.plan.sourcing.arrays import Flags, Floats, SourcingArrays, sorted_offers
from maillon.method.plan.sourcing.problem import SourcingProblem
from maillon.method.plan.sourcing.result import CostSplit, SourcingPlan
from maillon.method.plan.sourcing.rules import PlanRules
from maillon.solve import Status

#: A share below this is none: solvers leave crumbs.
CRUMB = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """What the solver said about a plan: its verdict, its bound in €/yr, the time it took."""

    status: Status
    bound: float
    seconds: float


def tail_mean(losses: Floats, probability: Floats, confidence: float) -> float:
    """Return the CVaR: the mean loss of the worst ``1 - confidence`` of the years, calm ones included.

    Rockafellar and Uryasev, Optimization of conditional value-at-risk, Journal of Risk 2 (2000): the minimum
    over eta of eta + E[(loss - eta)+] / (1 - confidence).

    >>> tail_mean(np.array([100.0, 10.0]), np.array([0.02, 0.5]), 0.95)
    46.0
    """
    order = np.argsort(-losses, kind="stable")
    tail = 1 - confidence
    before = np.cumsum(probability[order]) - probability[order]
    counted = np.clip(tail - before, 0.0, probability[order])
    return float(round(float(counted @ losses[order]) / tail, 9))


def value_at_risk(losses: Floats, probability: Floats, confidence: float) -> float:
    """Return the eta that makes ``tail_mean`` least: no loss in a year beyond it but with 1 - confidence.

    >>> value_at_risk(np.array([100.0, 10.0]), np.array([0.02, 0.5]), 0.95)
    10.0
    >>> value_at_risk(np.array([100.0, 10.0]), np.array([0.02, 0.01]), 0.95)
    0.0
    """
    order = np.argsort(-losses, kind="stable")
    reached = np.cumsum(probability[order]) > 1 - confidence
    return float(losses[order][np.argmax(reached)]) if reached.any() else 0.0


def cleaned(arrays: SourcingArrays, share: Floats, qualified: Floats | Flags) -> tuple[Floats, Flags]:
    """Return shares without crumbs, each part summing to one, and which offers are used.

    An offer qualified without any share counts only where the part would lack a source without it.
    """
    kept = np.where(share > CRUMB, share, 0.0)
    kept /= np.bincount(arrays.part, kept, arrays.parts)[arrays.part]
    used = kept > 0
    short = np.bincount(arrays.part, used, arrays.parts) < arrays.least_sources
    return kept, used | ((qualified > 0.5) & short[arrays.part])


def priced_plan(
    problem: SourcingProblem,
    rules: PlanRules,
    arrays: SourcingArrays,
    share: Floats,
    used: Flags,
    proof: Proof,
) -> SourcingPlan:
    """Return the plan of these shares (one an offer; empty: no plan), its figures recomputed.

    ``used`` marks the offers that are qualified for it; status and bound are those of ``proof``.
    """
    if not share.size:
        return _no_plan(proof)
    exposure = np.bincount(arrays.supplier, share * arrays.spend, arrays.suppliers).astype(np.float64)
    opened = np.bincount(arrays.supplier, used, arrays.suppliers) > 0
    losses = np.bincount(
        arrays.lost_in, arrays.lost * exposure[arrays.lost_at], len(arrays.probability)
    ).astype(np.float64)
    cvar = tail_mean(losses, arrays.probability, rules.confidence)
    one_off = float(arrays.setup[used].sum()), float(arrays.opening[opened].sum())
    missing = np.where(used, np.maximum(arrays.ideal - share, 0.0), 0.0)
    costs = CostSplit(
        purchases=float(arrays.cost @ share),
        below_ideal=float(arrays.ideal_cost @ missing),
        qualification=one_off[0] / rules.amortisation_years,
        opening=one_off[1] / rules.amortisation_years,
        risk=rules.risk_weight * cvar,
    )
    offers = sorted_offers(problem)
    weight = float(arrays.weight.sum())
    return SourcingPlan(
        status=proof.status,
        objective=costs.total,
        bound=proof.bound,
        seconds=proof.seconds,
        costs=costs,
        shares=_shares(offers, share, used),
        moves=_moves(problem, offers, share),
        opened=_opened(problem, opened, exposure),
        losses=problem.scenarios.select("scenario", "probability").with_columns(loss=pl.Series(losses)),
        one_off=sum(one_off),
        cvar=cvar,
        co2=_co2(offers, share),
        local_share=float(arrays.local @ share) / weight if weight else float("nan"),
    )


def _shares(offers: pl.DataFrame, share: Floats, used: Flags) -> pl.DataFrame:
    shares = offers.select(
        "part", "supplier", share=pl.Series(share), annual_cost=pl.col("annual_cost") * pl.Series(share)
    )
    return shares.filter(pl.Series(used))


def _moves(problem: SourcingProblem, offers: pl.DataFrame, share: Floats) -> pl.DataFrame:
    today = problem.parts.select("part", today="supplier")
    joined = offers.select("part", "supplier", share=pl.Series(share)).join(
        today, on="part", how="left", maintain_order="left"
    )
    moves = joined.with_columns(
        share_today=(pl.col("supplier") == pl.col("today")).fill_null(value=False).cast(pl.Float64)
    )
    moves = moves.with_columns(change=pl.col("share") - pl.col("share_today")).filter(
        pl.col("change").abs() > CRUMB
    )
    return moves.select("part", "supplier", "share_today", "share", "change")


def _opened(problem: SourcingProblem, opened: Flags, exposure: Floats) -> pl.DataFrame:
    suppliers = problem.suppliers.with_columns(exposure=pl.Series(exposure)).filter(pl.Series(opened))
    return suppliers.select("supplier", "opening_cost", "exposure", "capacity")


def _co2(offers: pl.DataFrame, share: Floats) -> float:
    used = offers.select("co2", share=pl.Series(share)).filter(pl.col("share") > 0)
    return float("nan") if used["co2"].null_count() else float((used["co2"] * used["share"]).sum())


def _no_plan(proof: Proof) -> SourcingPlan:
    text, number = pl.String, pl.Float64
    unknown = float("nan")
    return SourcingPlan(
        proof.status,
        unknown,
        proof.bound,
        proof.seconds,
        None,
        pl.DataFrame(schema={"part": text, "supplier": text, "share": number, "annual_cost": number}),
        pl.DataFrame(
            schema={"part": text, "supplier": text, "share_today": number, "share": number, "change": number}
        ),
        pl.DataFrame(
            schema={"supplier": text, "opening_cost": number, "exposure": number, "capacity": number}
        ),
        pl.DataFrame(schema={"scenario": text, "probability": number, "loss": number}),
        unknown,
        unknown,
        unknown,
        unknown,
    )
