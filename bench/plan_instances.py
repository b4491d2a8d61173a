"""Invented sourcing problems of the documented shape (methods-optimisation §3), drawn from a seed.

Parts of very unequal spend, suppliers in zones of which a third is local and dearer but shorter in CO2,
today's supplier of each part qualified already, capacities that bind for some, disruptions that hit a zone or
a few suppliers. Nothing here is a real firm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from maillon.method.plan.sourcing import PlanRules, SourcingProblem, sourcing_problem


@dataclass(frozen=True, slots=True)
class Size:
    """How large an instance is; the default is that of the document."""

    parts: int = 2200
    candidates: int = 20
    suppliers: int = 600
    scenarios: int = 200
    zones: int = 12
    local_zones: int = 4


@dataclass(frozen=True, slots=True)
class Temper:
    """What sort of instance: capacity a € of spend, one-off costs a € of mean spend, price spread."""

    capacity: float = 3.0
    setup: float = 0.15
    opening: float = 1.5
    spread: float = 0.12


Frame = dict[str, Any]


def draw(
    seed: int, size: Size | None = None, temper: Temper | None = None
) -> tuple[SourcingProblem, PlanRules]:
    """Return one problem and its rules: budget 10 % of spend, 30 % local, CO2 at 85 % of today's."""
    size, temper = size or Size(), temper or Temper()
    random = np.random.default_rng(seed)
    spend = random.lognormal(0.0, 1.2, size.parts) * 2000.0
    zone = random.integers(0, size.zones, size.suppliers)
    candidate = _candidates(random, size, zone)
    parts = _parts(random, size, spend, candidate)
    offers = _offers(random, size, temper, spend, zone, candidate)
    suppliers = _suppliers(random, size, temper, spend, zone, candidate)
    scenarios, losses = _disruptions(random, size, zone)
    problem = sourcing_problem(parts, offers, suppliers, scenarios, losses)
    today = np.asarray(offers["co2"]).reshape(size.parts, -1)[:, 0].sum()
    rules = PlanRules(budget=0.1 * float(spend.sum()), local_target=0.3, co2_cap=0.85 * float(today))
    return problem, rules


def _candidates(random: np.random.Generator, size: Size, zone: np.ndarray) -> np.ndarray:
    """Return suppliers by part; the first is today's, and far three times out of four."""
    popularity = random.lognormal(0.0, 0.8, size.suppliers)
    keys = np.log(popularity) + random.gumbel(size=(size.parts, size.suppliers))
    chosen = np.argsort(-keys, axis=1)[:, : size.candidates]
    far = zone[chosen] >= size.local_zones
    first = np.where(random.random(size.parts) < 0.75, far.argmax(axis=1), 0)
    rows = np.arange(size.parts)
    chosen[rows, first], chosen[rows, 0] = chosen[rows, 0].copy(), chosen[rows, first].copy()
    return chosen


def _names(letter: str, count: int) -> list[str]:
    return [f"{letter}{at:04d}" for at in range(count)]


def _parts(random: np.random.Generator, size: Size, spend: np.ndarray, candidate: np.ndarray) -> Frame:
    return {
        "part": _names("P", size.parts),
        "spend": spend,
        "volume": np.ceil(spend / random.lognormal(1.5, 1.0, size.parts)),
        "critical": random.random(size.parts) < 0.1,
        "supplier": [f"S{at:04d}" for at in candidate[:, 0]],
        "notice_months": random.integers(1, 7, size.parts).astype(float),
    }


def _offers(
    random: np.random.Generator,
    size: Size,
    temper: Temper,
    spend: np.ndarray,
    zone: np.ndarray,
    candidate: np.ndarray,
) -> Frame:
    shape, at = candidate.shape, zone[candidate]
    local = at < size.local_zones
    premium = np.where(local, 0.08, 0.0) + temper.spread * random.standard_normal(shape)
    premium[:, 0] = 0.02 * random.standard_normal(size.parts)
    setup = temper.setup * spend.mean() * random.lognormal(0.0, 0.6, shape)
    setup[:, 0] = 0.0
    km = np.where(local, random.uniform(20, 300, shape), random.uniform(800, 9000, shape))
    return {
        "part": np.repeat(_names("P", size.parts), size.candidates),
        "supplier": [f"S{each:04d}" for each in candidate.ravel()],
        "annual_cost": (spend[:, None] * np.maximum(1 + premium, 0.4)).ravel(),
        "qualification_cost": setup.ravel(),
        "qualification_months": np.where(setup > 0, random.integers(2, 13, shape), 0).astype(float).ravel(),
        "co2": (spend[:, None] * (0.2 + km / 6000)).ravel(),
        "local_value": np.where(
            local, random.uniform(0.4, 1.0, shape), random.uniform(0, 0.15, shape)
        ).ravel(),
    }


def _suppliers(
    random: np.random.Generator,
    size: Size,
    temper: Temper,
    spend: np.ndarray,
    zone: np.ndarray,
    candidate: np.ndarray,
) -> Frame:
    today = np.bincount(candidate[:, 0], spend, size.suppliers)
    drawn = random.lognormal(0.0, 0.7, size.suppliers)
    capacity = np.maximum(drawn / drawn.sum() * temper.capacity * spend.sum(), 1.1 * today)
    opening = temper.opening * spend.mean() * random.lognormal(0.0, 0.5, size.suppliers)
    return {
        "supplier": _names("S", size.suppliers),
        "opening_cost": np.where(today > 0, 0.0, opening),
        "capacity": capacity,
        "zone": [f"Z{at:02d}" for at in zone],
        "turnover": capacity * random.uniform(2, 20, size.suppliers),
        "current": today > 0,
    }


def _disruptions(random: np.random.Generator, size: Size, zone: np.ndarray) -> tuple[Frame, Frame]:
    """Return disruptions: one in three hits a zone, the others a handful of suppliers."""
    names, rows = _names("D", size.scenarios), []
    for name in names:
        if random.random() < 1 / 3:
            hit = np.flatnonzero(
                (zone == random.integers(size.zones)) & (random.random(size.suppliers) < 0.7)
            )
        else:
            hit = random.choice(size.suppliers, random.integers(1, 9), replace=False)
        rows += [(name, f"S{at:04d}", float(random.uniform(0.1, 0.8))) for at in hit]
    losses = {key: [row[at] for row in rows] for at, key in enumerate(("scenario", "supplier", "lost_share"))}
    return {"scenario": names}, losses
