"""The competition check of a pool: are its firms rivals, what do they hold together, who signs it off.

A pool of buyers that compete is unlikely to restrict competition while they hold together at most 15 % of the
markets where they buy and where they sell: European Commission, Guidelines on horizontal co-operation
agreements (2023/C 259/01), chapter on purchasing agreements. Above, or where a share is unknown, a person
decides and signs; until then nothing is published.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from maillon.core.reason import Reason
from maillon.method.plan.pool.needs import PoolNeed

#: The combined share of a market up to which no sign-off is asked.
SAFE_SHARE = 0.15


class Clearance(StrEnum):
    """Where a pool stands."""

    CLEAR = "clear"
    NEEDS_SIGN_OFF = "needs sign-off"
    SIGNED_OFF = "signed off"


@dataclass(frozen=True, slots=True)
class SignOff:
    """That a person in charge accepted the pool: in what role, when, and why."""

    role: str
    date: dt.date
    why: str


@dataclass(frozen=True, slots=True)
class Competition:
    """The check as recorded: ``competitors`` (``None``: unknown, treated as yes), shares from 0 to 1.

    ``selling_share`` is the highest combined share of members that sell on one market, ``buying_share`` of
    the market where the pool buys; ``None`` where unknown.
    """

    competitors: bool | None
    selling_share: float | None
    buying_share: float | None
    clearance: Clearance
    reasons: tuple[Reason, ...]
    sign_off: SignOff | None = None


def check_competition(
    needs: Sequence[PoolNeed], buying_share: float | None = None, sign_off: SignOff | None = None
) -> Competition:
    """Return the check of the firms of a pool; shares of one group are counted once (the largest).

    >>> import datetime as dt
    >>> from maillon.core.estimate import Estimate
    >>> price = Estimate(9.0, 10.0, 11.0, "EUR/unit", "invoice", dt.date(2025, 1, 1))
    >>> firms = [PoolNeed(f, "gears", 1.0, "piece", price, sells="robots", market_share=0.09) for f in "AB"]
    >>> check_competition(firms, buying_share=0.02).clearance  # 9 % + 9 % is above 15 %
    <Clearance.NEEDS_SIGN_OFF: 'needs sign-off'>
    """
    competitors, selling = _selling(needs)
    reasons: tuple[Reason, ...] = ()
    if competitors is not False:
        reasons = (
            *((Reason("markets_unknown", 1.0),) if competitors is None else ()),
            *_share_reasons("selling", selling),
            *_share_reasons("buying", buying_share),
        )
    signed = sign_off is not None
    clearance = (
        Clearance.CLEAR if not reasons else Clearance.SIGNED_OFF if signed else Clearance.NEEDS_SIGN_OFF
    )
    return Competition(competitors, selling, buying_share, clearance, reasons, sign_off)


def _share_reasons(market: str, share: float | None) -> tuple[Reason, ...]:
    if share is None:
        return (Reason(f"{market}_share_unknown", 1.0),)
    if share > SAFE_SHARE * (1 + 1e-9):  # 5 % + 10 % in binary is a hair above
        return (Reason(f"{market}_share_high", 1.0, {"share": share, "safe": SAFE_SHARE}),)
    return ()


def _selling(needs: Sequence[PoolNeed]) -> tuple[bool | None, float | None]:
    """Return whether members compete and their highest combined share of one market."""
    markets: dict[str, dict[str, list[float | None]]] = defaultdict(lambda: defaultdict(list))
    for need in needs:
        if need.sells is not None:
            markets[need.sells.casefold().strip()][need.group or need.firm].append(need.market_share)
    shared = [groups for groups in markets.values() if len(groups) > 1]
    unknown = any(need.sells is None for need in needs) and len({n.group or n.firm for n in needs}) > 1
    if not shared:
        return (None if unknown else False), None
    combined = [_combined(groups.values()) for groups in shared]
    known = [share for share in combined if share is not None]
    return True, max(known) if len(known) == len(combined) and not unknown else None


def _combined(groups: object) -> float | None:
    total = 0.0
    for shares in groups:  # type: ignore[attr-defined] # the values of a dict of lists
        if None in shares:
            return None
        total += max(shares)
    return min(total, 1.0)
