"""Totals under correlated draws of every factor, for one part or thousands, in little memory."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from maillon.core.errors import InvalidRequest
from maillon.core.estimate import Estimate
from maillon.core.message import message
from maillon.method.cost.arithmetic import cost_arrays
from maillon.method.cost.customs import Array
from maillon.method.cost.uncertainty.columns import NAMES, Tables, prepare_columns
from maillon.method.cost.uncertainty.correlations import Correlations, default_correlations
from maillon.method.cost.uncertainty.results import CostDraws, Spread, describe_draws, spread_draws
from maillon.method.cost.uncertainty.scopes import SCOPE_OF, Scope, names_in
from maillon.method.cost.uncertainty.shocks import Levels, Shocks, draw_shocks
from maillon.method.cost.uncertainty.triangular import as_columns

DRAWS = 10_000
LEAST_DRAWS = 100
#: Parts side by side, and draws at a time: small enough for the processor's cache.
_PARTS, _BLOCK = 16, 2_500

Factors = Mapping[str, Estimate]
Places = npt.NDArray[np.intp]
Progress = Callable[[int, int], None]
Reduced = TypeVar("Reduced")


@dataclass(frozen=True, slots=True)
class Batch:
    """Totals in EUR/unit and quantities in units/year of some parts, shape (parts, draws)."""

    totals: Array
    quantities: Array

    def spend(self) -> Array:
        """Return the spend on these parts together, in EUR/year, shape (draws,)."""
        return np.asarray((self.totals * self.quantities).sum(axis=0))


def draw_costs(
    offers: Sequence[Factors],
    parts: Sequence[str] | None = None,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    correlations: Correlations | None = None,
    on_progress: Progress | None = None,
) -> CostDraws:
    """Return the distribution of the total cost of each offer and of the spend on all of them.

    ``offers`` holds one result of ``resolve_factors`` for each part; ``parts`` names them (by default their
    rank): a part of the same name has the same draws in every call with the same seed. Each range is a
    triangular law; factors of ``Scope.EVERYWHERE`` are drawn once for all parts. ``on_progress`` is told how
    many parts of how many are done. Raises ``InvalidRequest`` for too few draws or an empty list.
    """
    names = check_parts(parts, offers, draws)
    correlations = default_correlations() if correlations is None else correlations
    tables = Tables(draw_shocks(draws, seed, correlations))
    ranges = as_columns(offers, NAMES)
    order = reading_order(ranges)
    source, date = describe_draws(draws, seed), oldest(offers)

    def reduce_batch(places: Places) -> tuple[Spread, Array]:
        batch = draw_batch(tables, ranges, names, "imported", places)
        return spread_draws(batch.totals, "EUR/unit", source, date), batch.spend()

    spreads, spends = zip(*run_batches(reduce_batch, order, on_progress), strict=True)
    return CostDraws(names, gather_spreads(spreads, order), np.sum(spends, axis=0), draws, seed, correlations)


def run_batches(
    reduce_batch: Callable[[Places], Reduced], order: Places, on_progress: Progress | None = None
) -> Iterator[Reduced]:
    """Yield what ``reduce_batch`` makes of each batch of ``order``, in this order, on all cores.

    Numbers come from streams named after the parts, and sums are taken in order: the number of cores does not
    change any figure.
    """
    batches = [order[start : start + _PARTS] for start in range(0, len(order), _PARTS)]
    done = 0
    with ThreadPoolExecutor(_cores()) as pool:
        for batch, reduced in zip(batches, pool.map(reduce_batch, batches), strict=True):
            done += len(batch)
            if on_progress:
                on_progress(done, len(order))
            yield reduced


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def draw_batch(tables: Tables, ranges: Array, parts: Sequence[str], label: str, places: Places) -> Batch:
    """Return the totals of the offers ``label`` for the parts at ``places``.

    ``ranges`` are those of all parts, shape (3, factors, parts).
    """
    shocks = tables.shocks
    levels = _draw_levels(shocks, [parts[place] for place in places], label)
    columns = prepare_columns(np.ascontiguousarray(ranges[:, :, places]), levels, tables)
    totals = np.empty((len(places), shocks.draws))
    quantities = np.empty_like(totals)
    for start in range(0, shocks.draws, _BLOCK):
        block = slice(start, min(start + _BLOCK, shocks.draws))
        factors = columns.take(block)
        totals[:, block] = _add_up(cost_arrays(factors))
        quantities[:, block] = factors["annual_quantity"]
    return Batch(totals, quantities)


def _draw_levels(shocks: Shocks, parts: Sequence[str], label: str) -> Mapping[Scope, Levels]:
    """Return the levels of the parts' own factors by scope, shape (factors, parts, draws)."""
    found: Mapping[Scope, Levels] = {
        scope: np.empty((len(names_in(scope)), len(parts), shocks.draws), np.uint16)
        for scope in (Scope.PART, Scope.OFFER)
    }
    for rank, part in enumerate(parts):
        found[Scope.PART][:, rank], scores = shocks.part(part)
        found[Scope.OFFER][:, rank] = shocks.offer(part, label, scores)
    return found


def _add_up(items: Mapping[str, Array]) -> Array:
    """Return the sum of items; those of the same shape first, so that what parts share is added once."""
    by_shape: dict[tuple[int, ...], Array] = {}
    for item in items.values():
        known = by_shape.get(item.shape)
        by_shape[item.shape] = item if known is None else known + item
    return np.asarray(sum(by_shape.values()))


def reading_order(table: Array) -> Places:
    """Return the offers so sorted that those with the same ranges of ``Scope.EVERYWHERE`` are neighbours."""
    shared = [rank for rank, name in enumerate(NAMES) if SCOPE_OF[name] is Scope.EVERYWHERE]
    rows = table[:, shared].reshape(-1, table.shape[2])
    groups = np.unique(rows, axis=1, return_inverse=True)[1]
    return np.argsort(groups.ravel(), kind="stable")


def gather_spreads(spreads: Sequence[Spread], order: Places) -> Spread:
    """Return one spread in the order of the parts from those of the batches."""
    back = np.argsort(order)
    joined = [
        np.concatenate([getattr(spread, name) for spread in spreads])[back]
        for name in ("low", "mid", "high", "mean", "deviation")
    ]
    low, mid, high, mean, deviation = joined
    first = spreads[0]
    return Spread(mean, deviation, low, mid, high, first.unit, first.source, first.date)


def check_parts(parts: Sequence[str] | None, offers: Sequence[Factors], draws: int) -> tuple[str, ...]:
    """Return the names of the parts; raise ``InvalidRequest`` for what cannot be drawn."""
    if draws < LEAST_DRAWS:
        raise InvalidRequest(
            message("A distribution needs at least {least} draws, not {n}.", least=LEAST_DRAWS, n=draws)
        )
    if not offers:
        raise InvalidRequest(message("There is no cost to draw."))
    names = tuple(map(str, range(len(offers)))) if parts is None else tuple(parts)
    if len(names) != len(offers) or len(set(names)) != len(names):
        raise InvalidRequest(message("Each cost to draw needs a part of its own name."))
    return names


def oldest(offers: Sequence[Factors]) -> dt.date:
    """Return the date of the oldest factor."""
    return min(estimate.date for offer in offers for estimate in offer.values())
