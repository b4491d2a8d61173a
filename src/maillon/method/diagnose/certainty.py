"""How many answers make a decision certain, whatever they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from maillon.method.diagnose.levels import Floats

#: Nodes of the search for a set of answers that leaves the question open; beyond, openness is presumed.
MAX_NODES = 20_000


def certain_after(lines: Sequence[Floats], unaskable: float, need: float) -> int | None:
    """Return how many suppliers, asked by falling width, settle the question whatever each line's answer is.

    ``lines`` holds for each supplier the widths of its lines, ``unaskable`` the width of the lines whose
    supplier is unknown, ``need`` the width that must turn out local for the threshold to be reached. After
    answers that add up to a, the share is still open when need - rest ≤ a < need, with rest the width not
    asked for. None when asking everyone may leave it open.

    One line of 9 decides alone between 5 needed and 1 left: all of it, or nothing.

    >>> certain_after([np.array([9.0]), np.array([1.0])], 0.0, 5.0)
    1
    """
    rest = float(sum(width.sum() for width in lines)) + unaskable
    slack = 1e-9 * max(rest, need)
    asked = np.empty(0)
    for count, widths in enumerate(lines, start=1):
        asked = np.concatenate([asked, widths])
        rest -= float(widths.sum())
        left = rest if rest > slack else 0.0
        if left == 0.0:
            return count
        if _fills(asked, need, left) or _reachable(asked, need - left, need, slack):
            continue
        return count
    return None


def _fills(widths: Floats, need: float, rest: float) -> bool:
    """Tell at a glance that the question may stay open: steps no longer than the gap cannot jump over it."""
    return need <= rest or float(widths[widths <= rest].sum()) >= need - rest


def _reachable(widths: Floats, low: float, high: float, slack: float) -> bool:
    """Tell whether some subset of ``widths`` adds up to [low, high); true when the search is cut short."""
    order = -np.sort(-widths)
    tail = np.concatenate([np.cumsum(order[::-1])[::-1], [0.0]]).tolist()
    values = order.tolist()
    stack = [(0, 0.0)]
    for _ in range(MAX_NODES):
        if not stack:
            return False
        place, total = stack.pop()
        if low - slack <= total < high - slack:
            return True
        if place == len(values) or total >= high - slack or total + tail[place] < low - slack:
            continue
        stack.append((place + 1, total))
        stack.append((place + 1, total + values[place]))
    return True
