"""The establishments that may be each vendor: those that bear the names most like its own."""

from __future__ import annotations

import numpy as np

from maillon.method.search.resolve.features import Floats, Ints, Pairs
from maillon.method.search.resolve.firms import Firms
from maillon.method.search.resolve.vendors import Vendor
from maillon.reference.register.names import NameIndex

#: Names of a query, rows of a name (beyond, those of the vendor's place and the head offices), rows kept.
_NAMES, _ROWS, MOST = 30, 40, 20
#: What the vendor's own town adds to a name's share before the rows are cut.
_NEAR = 0.25


def gather_pairs(index: NameIndex, vendors: list[Vendor], firms: Firms) -> Pairs:
    """Return at most ``MOST`` rows for each vendor, by likeness of the name, those of its town first."""
    distinct = list(dict.fromkeys(vendor.words for vendor in vendors))
    alike = index.find(distinct, _NAMES)
    starts = np.searchsorted(alike.query, np.arange(len(distinct) + 1))
    numbers = {words: place for place, words in enumerate(distinct)}
    query = np.array([numbers[vendor.words] for vendor in vendors], dtype=np.int64)
    counts = starts[query + 1] - starts[query]
    owner = np.repeat(np.arange(len(vendors)), counts)
    place = _runs(starts[query], counts)
    owner, entry, share, row = _spread(index, vendors, firms, (owner, alike.entry[place], alike.share[place]))
    return _best(vendors, firms, Pairs(owner, row, entry, share))


def _runs(starts: Ints, counts: Ints) -> Ints:
    """Return the places of runs that start at ``starts``, one after the other."""
    shifts = starts - np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
    return np.repeat(shifts, counts) + np.arange(int(counts.sum()))


def _spread(
    index: NameIndex, vendors: list[Vendor], firms: Firms, named: tuple[Ints, Ints, Floats]
) -> tuple[Ints, Ints, Floats, Ints]:
    """Return the rows of each name; of a name that many bear, the first and those of the vendor's place."""
    owner, entry, share = named
    first, held = index.row_starts[entry], index.row_starts[entry + 1] - index.row_starts[entry]
    taken = np.minimum(held, _ROWS)
    row = np.asarray(index.rows[_runs(first, taken)], dtype=np.int64)
    pieces = [(np.repeat(owner, taken), np.repeat(entry, taken), np.repeat(share, taken), row)]
    for place in np.flatnonzero(held > _ROWS):
        vendor = vendors[owner[place]]
        if not (vendor.town or vendor.postcode):
            continue
        rest = np.asarray(index.rows[first[place] + _ROWS : first[place] + held[place]], dtype=np.int64)
        near = rest[_here(vendor, firms, rest)]
        size = len(near)
        same = (np.full(size, held_by[place]) for held_by in (owner, entry, share))
        pieces.append((*same, near))
    spread = [np.concatenate(part) for part in zip(*pieces, strict=True)]
    return spread[0], spread[1], spread[2], spread[3]


def _here(vendor: Vendor, firms: Firms, rows: Ints) -> np.ndarray:
    town = firms.towns.get(vendor.town, -2)
    code = int(vendor.postcode) if vendor.postcode else -2
    return np.asarray((firms.town[rows] == town) | (firms.postcode[rows] == code))


def _best(vendors: list[Vendor], firms: Firms, pairs: Pairs) -> Pairs:
    """Keep each row once for each vendor, under its most alike name, and the ``MOST`` first rows."""
    town = firms.numbers_of([vendor.town for vendor in vendors])[pairs.vendor]
    code = np.array([int(v.postcode) if v.postcode else -2 for v in vendors], dtype=np.int64)[pairs.vendor]
    near = (firms.town[pairs.row] == town) | (firms.postcode[pairs.row] == code)
    rank = pairs.share + _NEAR * near
    order = np.lexsort((pairs.entry, -rank, pairs.row, pairs.vendor))
    vendor, row = pairs.vendor[order], pairs.row[order]
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = (vendor[1:] != vendor[:-1]) | (row[1:] != row[:-1])
    order = order[fresh]
    order = order[np.lexsort((pairs.row[order], -rank[order], pairs.vendor[order]))]
    vendor = pairs.vendor[order]
    order = order[np.arange(len(order)) - np.searchsorted(vendor, vendor, side="left") < MOST]
    return Pairs(pairs.vendor[order], pairs.row[order], pairs.entry[order], pairs.share[order])
