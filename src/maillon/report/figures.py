"""Figures in words: intervals, percentages, periods, amounts rounded for reading."""

from __future__ import annotations

import math

from maillon.core.message import Message, message
from maillon.method.diagnose.results import Diagnosis, Share


def percent(share: float) -> Message:
    """Return a share as a sentence part; below one percent it says so rather than zero.

    >>> str(percent(0.384)), str(percent(0.004)), str(percent(0.0))
    ('38%', 'less than 1%', '0%')
    """
    if 0 < share < 0.005:
        return message("less than {n}%", n=1)
    return message("{n}%", n=round(100 * share))


def interval(share: Share) -> Message:
    """Return the bounds of a share, one figure where both round to the same.

    >>> str(interval(Share(0.38, None, 0.49, 0.9, 1.0, "EUR")))
    '38 to 49%'
    """
    if share.min is None or share.max is None:
        return message("not computable")
    low, high = round(100 * share.min), round(100 * share.max)
    return message("{n}%", n=low) if low == high else message("{low} to {high}%", low=low, high=high)


def period(diagnosis: Diagnosis) -> Message:
    """Return what amounts are for: the period of the purchases, a year, or one product."""
    if diagnosis.ledger:
        return message("over the period")
    return message("a year") if diagnosis.annual else message("for one product")


def rounded(amount: float) -> float:
    """Return an amount with three significant figures, as one reads it aloud.

    >>> rounded(1108374.9), rounded(17.26)
    (1110000.0, 17.3)
    """
    if amount == 0 or not math.isfinite(amount):
        return 0.0
    return round(amount, 2 - math.floor(math.log10(abs(amount))))


def brief(name: str, most: int = 60) -> str:
    """Return a name short enough for the two pages, cut between words; the annex keeps it whole.

    >>> brief("REDUCTEUR HARMONIQUE AXE 2 RAPPORT 1/100 T32", 30)
    'REDUCTEUR HARMONIQUE AXE 2…'
    """
    if len(name) <= most:
        return name
    cut = name[:most].rsplit(" ", 1)[0] if " " in name[:most] else name[: most - 1]
    return cut + "…"
