"""The firms that may be each vendor, the likeliest first, one establishment each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maillon.method.search.resolve.features import Floats, Ints, Pairs
from maillon.method.search.resolve.firms import Firms


@dataclass(frozen=True, slots=True, eq=False)
class Ranked:
    """A firm a row: its vendor, the place of its likeliest pair, its probability (falling for a vendor)."""

    vendor: Ints
    place: Ints
    p: Floats

    def between(self, start: int, stop: int) -> Ranked:
        """Return some rows."""
        return Ranked(self.vendor[start:stop], self.place[start:stop], self.p[start:stop])


def rank_firms(pairs: Pairs, p: Floats, firms: Firms, most: int) -> Ranked:
    """Return the ``most`` likeliest firms of each vendor; a firm's establishments add up.

    Where two establishments, or two firms, are as likely, the one in activity comes first, then the head
    office or the larger.
    """
    siren, level = firms.siren[pairs.row], np.round(p, 9)
    idle, branch = ~firms.active[pairs.row], ~firms.head_office[pairs.row]
    order = np.lexsort((pairs.row, branch, idle, -level, siren, pairs.vendor))
    vendor, firm = pairs.vendor[order], siren[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (vendor[1:] != vendor[:-1]) | (firm[1:] != firm[:-1])
    starts = np.flatnonzero(first)
    total = np.add.reduceat(p[order], starts) if len(starts) else np.empty(0)
    place = order[starts]
    row = pairs.row[place]
    best = np.lexsort((row, -firms.headcount[row], idle[place], -np.round(total, 9), pairs.vendor[place]))
    vendor = pairs.vendor[place][best]
    kept = best[np.arange(len(best)) - np.searchsorted(vendor, vendor, side="left") < most]
    return Ranked(pairs.vendor[place][kept], place[kept], total[kept])
