"""A problem and its rules as index arrays: what models and searches compute on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.method.plan.sourcing.problem import SourcingProblem
from maillon.method.plan.sourcing.rules import PlanRules

Floats = npt.NDArray[np.float64]
Index = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class SourcingArrays:
    """One entry an offer (``part`` … ``forbidden``), a part (``least_sources`` …), a supplier, a disruption.

    Offers are sorted by part. ``spend`` is €/yr exposed when the offer has the whole part; ``least`` and
    ``most`` bound its share once qualified, ``most`` by the supplier's capacity too; ``local`` is what it
    adds to the local weight; ``setup`` and ``opening`` are € once. ``capacity`` is finite: at most what could
    ever be bought there. ``lost`` entries are the loss in € for each € exposed at supplier ``lost_at`` in
    disruption ``lost_in``.
    """

    part: Index
    supplier: Index
    cost: Floats
    setup: Floats
    spend: Floats
    least: Floats
    most: Floats
    co2: Floats
    local: Floats
    ideal: Floats
    ideal_cost: Floats
    forced: Flags
    forbidden: Flags
    least_sources: Index
    weight: Floats
    opening: Floats
    capacity: Floats
    probability: Floats
    lost_in: Index
    lost_at: Index
    lost: Floats

    @property
    def parts(self) -> int:
        """The number of parts."""
        return len(self.least_sources)

    @property
    def suppliers(self) -> int:
        """The number of suppliers."""
        return len(self.opening)


def sorted_offers(problem: SourcingProblem) -> pl.DataFrame:
    """Return the offers in the order of the parts, as in the arrays."""
    order = pl.DataFrame({"part": problem.parts["part"], "_order": np.arange(problem.parts.height)})
    joined = problem.offers.join(order, on="part", how="left", maintain_order="left")
    return joined.sort("_order", maintain_order=True).drop("_order")


def shares_of(problem: SourcingProblem, shares: pl.DataFrame) -> tuple[Floats, Flags]:
    """Return share and use of each offer, in the order of the arrays, from the ``shares`` of a plan."""
    held = shares.select("part", "supplier", "share")
    joined = sorted_offers(problem).join(held, on=["part", "supplier"], how="left", maintain_order="left")
    return _floats(joined, "share", 0.0), joined["share"].is_not_null().to_numpy()


def sourcing_arrays(problem: SourcingProblem, rules: PlanRules) -> SourcingArrays:
    """Return the arrays of a problem under its rules.

    Raises ``InvalidRequest`` where the rules cannot be met by one part or one offer alone, or name an unknown
    offer, or need a CO2 figure that is missing.
    """
    offers = sorted_offers(problem)
    rank = {name: at for at, name in enumerate(problem.parts["part"])}
    home = {name: at for at, name in enumerate(problem.suppliers["supplier"])}
    stage = {name: at for at, name in enumerate(problem.scenarios["scenario"])}
    part = _codes(offers["part"], rank)
    supplier = _codes(offers["supplier"], home)
    critical = problem.parts["critical"].to_numpy().astype(np.bool_)
    spend = problem.parts["spend"].to_numpy()[part]
    weight = problem.parts["local_weight"].to_numpy()
    least, most = _share_bounds(offers, critical[part], rules)
    capacity = _capacities(problem, supplier, spend * most)
    # No more than its whole capacity can come from a supplier: the relaxation then proves more.
    most = np.minimum(most, capacity[supplier] / np.maximum(spend, 1e-9))
    ideal = np.minimum(_floats(offers, "ideal_share", 0.0), most)
    arrays = SourcingArrays(
        part=part,
        supplier=supplier,
        cost=offers["annual_cost"].to_numpy(),
        setup=offers["qualification_cost"].to_numpy(),
        spend=spend,
        least=least,
        most=most,
        co2=_co2(offers, rules),
        local=_floats(offers, "local_value", 0.0) * weight[part],
        ideal=ideal,
        ideal_cost=np.where(ideal > least, _floats(offers, "below_ideal_cost", 0.0), 0.0),
        forced=_named(offers, rules.forced),
        forbidden=_named(offers, rules.forbidden) | (least > most * (1 + 1e-9)) | (most <= 0),
        least_sources=np.where(critical, rules.critical_sources, 1).astype(np.int64),
        weight=weight,
        opening=problem.suppliers["opening_cost"].to_numpy(),
        capacity=capacity,
        probability=problem.scenarios["probability"].to_numpy(),
        lost_in=_codes(problem.losses["scenario"], stage),
        lost_at=_codes(problem.losses["supplier"], home),
        lost=problem.losses["lost_share"].to_numpy() * rules.loss_per_euro,
    )
    _check_each_part(problem, rules, arrays)
    return arrays


def _codes(names: pl.Series, rank: dict[str, int]) -> Index:
    return np.array([rank[name] for name in names], dtype=np.int64)


def _floats(frame: pl.DataFrame, name: str, unknown: float) -> Floats:
    return np.asarray(frame[name].fill_null(unknown), dtype=np.float64)


def _share_bounds(offers: pl.DataFrame, critical: Flags, rules: PlanRules) -> tuple[Floats, Floats]:
    least = np.maximum(_floats(offers, "least_share", 0.0), rules.least_share)
    most = _floats(offers, "most_share", 1.0)
    return least, np.where(critical, np.minimum(most, rules.critical_most_share), most)


def _co2(offers: pl.DataFrame, rules: PlanRules) -> Floats:
    if rules.co2_cap is not None and (unknown := offers.filter(pl.col("co2").is_null())).height:
        name = f"{unknown['part'][0]} / {unknown['supplier'][0]}"
        raise InvalidRequest(
            message("A CO2 cap is asked, but {name} has no CO2 figure.", name=name),
            message("Give an estimate, or drop the cap."),
        )
    return _floats(offers, "co2", 0.0)


def _capacities(problem: SourcingProblem, supplier: Index, largest: Floats) -> Floats:
    """Return capacities that are all finite, none above what could ever be bought there."""
    reachable = np.bincount(supplier, largest, problem.suppliers.height)
    limits = np.asarray(problem.suppliers["capacity"].fill_null(np.inf), dtype=np.float64)
    return np.minimum(limits, reachable).astype(np.float64)


def _named(offers: pl.DataFrame, pairs: tuple[tuple[str, str], ...]) -> Flags:
    held = {pair: at for at, pair in enumerate(zip(offers["part"], offers["supplier"], strict=True))}
    marks = np.zeros(offers.height, dtype=np.bool_)
    for pair in pairs:
        if pair not in held:
            raise InvalidRequest(
                message("{supplier} makes no offer for part {part}.", supplier=pair[1], part=pair[0])
            )
        marks[held[pair]] = True
    return marks


def _check_each_part(problem: SourcingProblem, rules: PlanRules, arrays: SourcingArrays) -> None:
    """Refuse what no plan can give one part, whatever the others get."""
    usable = ~arrays.forbidden & (
        arrays.capacity[arrays.supplier] >= arrays.least * arrays.spend * (1 - 1e-9)
    )
    sources = np.bincount(arrays.part, usable, arrays.parts)
    if (short := np.flatnonzero(sources < arrays.least_sources)).size:
        raise InvalidRequest(
            message(
                "Part {part} needs {needed} suppliers, and {found} can deliver it under the rules.",
                part=problem.parts["part"][int(short[0])],
                needed=int(arrays.least_sources[short[0]]),
                found=int(sources[short[0]]),
            ),
            message("Add a candidate, lower the least share, or ask for fewer suppliers."),
        )
    if (short := np.flatnonzero(_reach(arrays, usable, rules.most_sources) < 1 - 1e-9)).size:
        raise InvalidRequest(
            message(
                "The suppliers of part {part} cannot deliver all of it, even {count} together.",
                part=problem.parts["part"][int(short[0])],
                count=rules.most_sources,
            ),
            message("Raise a largest share, or allow more suppliers a part."),
        )


def _reach(arrays: SourcingArrays, usable: Flags, most_sources: int) -> Floats:
    """Return the share of each part that its largest ``most_sources`` offers can cover."""
    share = np.where(usable, arrays.most, 0.0)
    order = np.lexsort((-share, arrays.part))
    first = np.searchsorted(arrays.part, np.arange(arrays.parts))
    rank = np.arange(len(order)) - first[arrays.part[order]]
    counted = np.where(rank < most_sources, share[order], 0.0)
    return np.bincount(arrays.part[order], counted, arrays.parts).astype(np.float64)
