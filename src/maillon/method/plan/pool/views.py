"""What leaves the chamber: a member's own share, and a pooled need that betrays nobody.

A view is built from nothing that it may not show: it holds no reference to the chamber's result. The rules of
the published need are those of statistical secrecy (INSEE: three contributors, none above 85 %; a contributor
that subtracts its own figure must not learn another's within 10 %).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from maillon.core.estimate import Estimate
from maillon.core.reason import Reason
from maillon.method.plan.pool.competition import Clearance, Competition
from maillon.method.plan.pool.needs import PoolNeed
from maillon.method.plan.pool.result import MemberOutcome, PoolPlan

#: Fewest consenting groups, largest part of one of them, and how near a rival may guess it.
FEWEST_GROUPS, LARGEST_PART, GUESS = 3, 0.85, 0.10
#: Bounds between which counts and quantities are told.
_COUNTS = (3, 6, 11, 21, 51, 101)


@dataclass(frozen=True, slots=True)
class PooledNeed:
    """What suppliers may read of a pool: never a price, a name nor an exact figure.

    ``firms`` and ``volume`` (units/yr) are bands, their upper end ``None`` where open. ``region`` is an INSEE
    code when all firms are in it, else empty: France.
    """

    family: str
    process: str
    specification: str
    unit: str
    region: str
    firms: tuple[int, int | None]
    volume: tuple[float, float]
    latest: dt.date | None


@dataclass(frozen=True, slots=True)
class Withheld:
    """That nothing is published, and why; the reasons hold no figure of a firm."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class MemberView:
    """What one member sees: its own figures, the verdict, and the partners who agreed to be named to it.

    Costs are €/yr, prices €/unit, ``volumes`` units by year. ``partners`` names those alone who consent.
    """

    firm: str
    family: str
    process: str
    unit: str
    joins: bool
    volumes: tuple[float, ...]
    cost_alone: float
    cost: float
    pool_price: float | None
    saving: Estimate
    partners: tuple[str, ...]
    reasons: tuple[Reason, ...]


def view_for_member(plan: PoolPlan, needs: Sequence[PoolNeed], firm: str) -> MemberView | None:
    """Return what ``firm`` may see of a plan, ``None`` if it has no need there."""
    own = next((member for member in plan.members if member.firm == firm), None)
    if own is None:
        return None
    agreed = {need.firm for need in needs if need.named}
    joined = {member.firm for member in plan.joined}
    return MemberView(
        firm, plan.family, plan.process, plan.unit, own.joins, own.volumes, own.cost_alone, own.cost,
        own.pool_price, own.saving, tuple(sorted((agreed & joined) - {firm})), _told(own),
    )  # fmt: skip


def _told(own: MemberOutcome) -> tuple[Reason, ...]:
    """Return the reasons that speak of the member alone, not of others nor of a supplier's price."""
    kept = {"pays_no_more_than_alone", "no_line_makes_it", "place_unknown", "saving_unsure"}
    return tuple(reason for reason in own.reasons if reason.code in kept)


def publish_need(needs: Sequence[PoolNeed], competition: Competition) -> PooledNeed | Withheld:
    """Return the pooled need of the consenting firms as suppliers may read it, or why it is withheld."""
    consenting = [need for need in needs if need.consents]
    reasons = _withheld(consenting)
    if competition.clearance is Clearance.NEEDS_SIGN_OFF:
        reasons = (*reasons, Reason("needs_sign_off", 1.0))
    if reasons:
        return Withheld(reasons)
    one = consenting[0]
    regions = {need.place.region for need in consenting}
    specifications = {need.specification for need in consenting}
    dates = [need.date for need in consenting if need.date is not None]
    return PooledNeed(
        one.family,
        one.process,
        specifications.pop() if len(specifications) == 1 else "",
        one.unit,
        (regions.pop() or "") if len(regions) == 1 else "",
        _count_band(len({need.group or need.firm for need in consenting})),
        volume_band(sum(need.volume for need in consenting)),
        max(dates, default=None),
    )


def _withheld(consenting: Sequence[PoolNeed]) -> tuple[Reason, ...]:
    quantity: dict[str, float] = defaultdict(float)
    value: dict[str, float] = defaultdict(float)
    for need in consenting:
        quantity[need.group or need.firm] += need.volume
        value[need.group or need.firm] += need.volume * need.price.mid
    if len(quantity) < FEWEST_GROUPS:
        return (Reason("too_few_groups", 1.0, {"fewest": FEWEST_GROUPS}),)
    figures = (list(quantity.values()), list(value.values()))
    reasons = []
    if any(max(each) > LARGEST_PART * sum(each) for each in figures):
        reasons.append(Reason("one_dominates", 1.0, {"most": LARGEST_PART}))
    if any(_guessable(each) for each in figures):
        reasons.append(Reason("one_can_be_guessed", 1.0, {"within": GUESS}))
    return tuple(reasons)


def _guessable(figures: Sequence[float]) -> bool:
    """Apply the p % rule: tell whether the second largest can guess the largest within p %."""
    first, second, *others = sorted(figures, reverse=True)
    return sum(others) < GUESS * first and second >= 0


def _count_band(count: int) -> tuple[int, int | None]:
    low = max(bound for bound in _COUNTS if bound <= count)
    higher = [bound - 1 for bound in _COUNTS if bound > count]
    return low, higher[0] if higher else None


def volume_band(volume: float) -> tuple[float, float]:
    """Return the band 1-2-5 around a volume.

    >>> volume_band(3400.0), volume_band(0.7)
    ((2000.0, 5000.0), (0.5, 1.0))
    """
    power = 1.0
    while power > volume:
        power /= 10.0
    while power * 10.0 <= volume:
        power *= 10.0
    steps = (power, 2 * power, 5 * power, 10 * power)
    low = max(step for step in steps if step <= volume)
    return low, steps[steps.index(low) + 1]
