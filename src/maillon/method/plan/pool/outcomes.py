"""From arrays to outcomes with their reasons: lines, members, departures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from maillon.core.estimate import Estimate
from maillon.core.reason import Reason
from maillon.method.plan.pool.arrays import PoolArrays, carried_km
from maillon.method.plan.pool.gaps import Missing, missing_of
from maillon.method.plan.pool.location.problem import Flags, Floats
from maillon.method.plan.pool.needs import PoolGroup, makes
from maillon.method.plan.pool.result import Leaving, LineOutcome, MemberOutcome
from maillon.method.plan.pool.sharing import Departure, Shares


def line_outcomes(
    group: PoolGroup, arrays: PoolArrays, made: Floats, opened: Flags
) -> tuple[LineOutcome, ...]:
    """Return what becomes of each line, and what the closed ones are missing."""
    outcomes = []
    for place, line in enumerate(group.lines):
        volumes = arrays.volume @ made[place]
        missing = missing_of(arrays, place)
        is_open = bool(opened[place])
        outcomes.append(
            LineOutcome(
                line.name,
                is_open,
                tuple(map(float, volumes)),
                line.capacity,
                line.minimum,
                _unit_price(arrays, place, made) if is_open else None,
                None if is_open else missing.volume,
                None if is_open else missing.price,
                None if is_open else missing.support,
                _line_reasons(arrays, place, made, missing, is_open=is_open),
            )
        )
    return tuple(outcomes)


def _unit_price(arrays: PoolArrays, line: int, made: Floats) -> float:
    weighed = made[line] @ arrays.weight * arrays.volume
    price = np.where(np.isfinite(arrays.delivered[line]), arrays.delivered[line], 0.0)
    return float((arrays.fixed[line] + price @ weighed) / weighed.sum())


def _line_reasons(
    arrays: PoolArrays, line: int, made: Floats, missing: Missing, *, is_open: bool
) -> tuple[Reason, ...]:
    volume = float((arrays.volume @ made[line])[-1])
    minimum, capacity = float(arrays.minimum[line, -1]), float(arrays.capacity[line, -1])
    if is_open:
        price = np.where(np.isfinite(arrays.delivered[line]), arrays.delivered[line], 0.0)
        saved = float(
            (arrays.volume * (arrays.today - price)) @ made[line] @ arrays.weight - arrays.fixed[line]
        )
        reasons = [Reason("pays_for_itself", 1.0, {"saving": saved / float(arrays.weight.sum())})]
        if minimum:
            reasons.append(Reason("above_minimum", 0.5, {"volume": volume, "minimum": minimum}))
        if volume >= capacity * (1 - 1e-6):
            reasons.append(Reason("line_full", 0.5, {"capacity": capacity}))
        return tuple(reasons)
    possible = np.isfinite(arrays.delivered[line])
    reachable = float(arrays.volume[possible].sum())
    if not possible.any():
        return (Reason("makes_none_of_these", 1.0),)
    if reachable < minimum:
        return (Reason("below_minimum", 1.0, {"volume": reachable, "minimum": minimum}),)
    if missing.profit >= 0:
        return (Reason("another_is_cheaper", 1.0),)
    return (Reason("does_not_pay", 1.0, {"loss": -missing.profit / float(arrays.weight.sum())}),)


def member_outcomes(
    group: PoolGroup, arrays: PoolArrays, made: Floats, shares: Shares
) -> tuple[MemberOutcome, ...]:
    """Return what each firm gets and pays; costs are averages a year."""
    whole = float(arrays.weight.sum())
    outcomes = []
    for place, need in enumerate(group.needs):
        each = made[:, place, :]
        pooled = float(each.sum(axis=0) @ arrays.weight) * need.volume / whole
        paid, alone = float(shares.paid[place]) / whole, float(arrays.alone[place]) / whole
        in_pool = paid - need.price.mid * (need.volume - pooled)
        saving = _saving(need.price, pooled, in_pool)
        outcomes.append(
            MemberOutcome(
                need.firm,
                need.group or need.firm,
                bool(each.any()),
                tuple(map(float, need.volume * each.sum(axis=0))),
                tuple(
                    (line.name, float(share @ arrays.weight) / whole)
                    for line, share in zip(group.lines, each, strict=True)
                    if share.any()
                ),
                alone,
                paid,
                float(shares.error[place]) / whole,
                in_pool / pooled if pooled else None,
                saving,
                _member_reasons(group, arrays, place, saving, joins=bool(each.any())),
            )
        )
    return tuple(outcomes)


def _saving(price: Estimate, pooled: float, in_pool: float) -> Estimate:
    """€/yr that the pooled volume saves against today's price, over its range."""
    low, mid, high = (
        round(each * pooled - in_pool, 6) if pooled else 0.0 for each in (price.low, price.mid, price.high)
    )
    return Estimate(low, mid, high, "EUR/yr", price.source, price.date)


def _member_reasons(
    group: PoolGroup, arrays: PoolArrays, firm: int, saving: Estimate, *, joins: bool
) -> tuple[Reason, ...]:
    if joins and saving.low < 0:
        unsure = Reason("saving_unsure", 0.5, {"loss": -saving.low})
        return (Reason("pays_no_more_than_alone", 1.0), unsure)
    if joins:
        return (Reason("pays_no_more_than_alone", 1.0),)
    need = group.needs[firm]
    fitting = [line for line in group.lines if makes(line, need)]
    if not fitting:
        return (Reason("no_line_makes_it", 1.0),)
    if all(line.transport_cost and carried_km(line, need) is None for line in fitting):
        return (Reason("place_unknown", 1.0),)
    cheapest = float(arrays.delivered[:, firm].min())
    if cheapest >= need.price.mid:
        return (Reason("dearer_than_today", 1.0, {"price": cheapest, "today": need.price.mid}),)
    return (Reason("not_worth_a_line", 1.0),)


def departures(group: PoolGroup, arrays: PoolArrays, left: Sequence[Departure]) -> tuple[Leaving, ...]:
    """Return each departure in €/yr on average, with what it does to the others."""
    whole, alone = float(arrays.weight.sum()), arrays.alone
    found = []
    for each in left:
        kept = each.kept - each.before
        others_alone = float(alone.sum() - alone[each.firm])
        viable = None if np.isnan(each.kept) else bool(each.kept <= others_alone * (1 + 1e-9))
        known = bool(np.isfinite(kept))
        anew = each.planned_anew - each.before
        found.append(
            Leaving(
                group.needs[each.firm].firm,
                viable,
                kept / whole if known else None,
                kept / each.before if known and each.before else None,
                anew / whole if np.isfinite(anew) else None,
            )
        )
    return tuple(found)


def pool_reasons(group: PoolGroup, lines: Sequence[LineOutcome]) -> tuple[Reason, ...]:
    """Return why the pool is as it is, in one reason."""
    if not group.lines:
        return (Reason("no_candidate_line", 1.0),)
    if not any(line.opened for line in lines):
        return (Reason("no_line_viable", 1.0),)
    return (Reason("lines_viable", 1.0, {"n": sum(line.opened for line in lines)}),)
