"""The establishments that may be each vendor: those that bear the names most like its own."""

from __future__ import annotations

import numpy as np

from maillon.method.search.resolve.features import Floats, Ints, Pairs
from maillon.method.search.resolve.firms import Firms, Mask
from maillon.method.search.resolve.nearby import PlaceNames, find_nearby
from maillon.method.search.resolve.vendors import Vendor
from maillon.reference.register.names import NameIndex

#: Names of a query, rows of a name (beyond, those of the vendor's place and the head offices), rows compared.
_NAMES, _ROWS, MOST = 30, 40, 60
#: What the vendor's own town adds to a name's share before the rows are cut.
_NEAR = 0.25
#: A vendor without a name of its place that shares so much is looked for there letter by letter.
_SURE = 0.8


def gather_pairs(index: NameIndex, vendors: list[Vendor], firms: Firms, places: PlaceNames) -> Pairs:
    """Return the rows that may be each vendor: at most ``MOST`` by the name's words, others by its place.

    The others are looked for where the first hold no name much alike in the place that is stated.
    """
    named = _best(vendors, firms, _by_words(index, vendors, firms))
    owner, entry, row = find_nearby(places, vendors, _unsure(vendors, firms, named))
    nearby = Pairs(owner, row, entry, np.zeros(len(owner)), np.ones(len(owner), dtype=bool))
    return _joined(named, nearby)


def _by_words(index: NameIndex, vendors: list[Vendor], firms: Firms) -> Pairs:
    distinct = list(dict.fromkeys(vendor.words for vendor in vendors))
    alike = index.find(distinct, _NAMES)
    starts = np.searchsorted(alike.query, np.arange(len(distinct) + 1))
    numbers = {words: place for place, words in enumerate(distinct)}
    query = np.array([numbers[vendor.words] for vendor in vendors], dtype=np.int64)
    counts = starts[query + 1] - starts[query]
    owner = np.repeat(np.arange(len(vendors)), counts)
    place = _runs(starts[query], counts)
    return _spread(index, vendors, firms, (owner, alike.entry[place], alike.share[place]))


def _runs(starts: Ints, counts: Ints) -> Ints:
    """Return the places of runs that start at ``starts``, one after the other."""
    shifts = starts - np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
    return np.repeat(shifts, counts) + np.arange(int(counts.sum()))


def _spread(index: NameIndex, vendors: list[Vendor], firms: Firms, named: tuple[Ints, Ints, Floats]) -> Pairs:
    """Return the rows of each name; of a name that many bear, the first and those of the vendor's place."""
    owner, entry, share = named
    first, held = index.row_starts[entry], index.row_starts[entry + 1] - index.row_starts[entry]
    taken = np.minimum(held, _ROWS)
    row = np.asarray(index.rows[_runs(first, taken)], dtype=np.int64)
    pieces: list[tuple[Ints, Ints, Floats, Ints]] = [
        (np.repeat(owner, taken), np.repeat(entry, taken), np.repeat(share, taken), row)
    ]
    for place in np.flatnonzero(held > _ROWS):
        vendor = vendors[owner[place]]
        if not (vendor.town or vendor.postcode):
            continue
        rest = np.asarray(index.rows[first[place] + _ROWS : first[place] + held[place]], dtype=np.int64)
        near = rest[_here(vendor, firms, rest)]
        size = len(near)
        alike = np.full(size, share[place])
        pieces.append((np.full(size, owner[place]), np.full(size, entry[place]), alike, near))
    spread = [np.concatenate(part) for part in zip(*pieces, strict=True)]
    return Pairs(spread[0], spread[3], spread[1], spread[2], np.zeros(len(spread[0]), dtype=bool))


def _here(vendor: Vendor, firms: Firms, rows: Ints) -> Mask:
    """Return the rows of the vendor's town or postcode; else, where neither is known, of its département."""
    town = firms.towns.get(vendor.town, -2)
    code = int(vendor.postcode) if vendor.postcode else -2
    here = np.asarray((firms.town[rows] == town) | (firms.postcode[rows] == code))
    return here if here.any() or code < 0 else np.asarray(firms.postcode[rows] // 1000 == code // 1000)


def _near(vendors: list[Vendor], firms: Firms, pairs: Pairs) -> Mask:
    town = firms.numbers_of([vendor.town for vendor in vendors])[pairs.vendor]
    code = np.array([int(v.postcode) if v.postcode else -2 for v in vendors], dtype=np.int64)[pairs.vendor]
    return np.asarray((firms.town[pairs.row] == town) | (firms.postcode[pairs.row] == code))


def _unsure(vendors: list[Vendor], firms: Firms, named: Pairs) -> list[int]:
    """Return the vendors with a place and without a name there that shares enough."""
    sure = np.zeros(len(vendors), dtype=bool)
    sure[named.vendor[_near(vendors, firms, named) & (named.share >= _SURE)]] = True
    return [i for i, vendor in enumerate(vendors) if not sure[i] and (vendor.town or vendor.postcode)]


def _best(vendors: list[Vendor], firms: Firms, pairs: Pairs) -> Pairs:
    """Keep each row once for each vendor, under its most alike name, and the ``MOST`` first rows."""
    rank = pairs.share + _NEAR * _near(vendors, firms, pairs)
    order = np.lexsort((pairs.entry, -rank, pairs.row, pairs.vendor))
    order = order[_fresh(pairs.vendor[order], pairs.row[order])]
    order = order[np.lexsort((pairs.row[order], -rank[order], pairs.vendor[order]))]
    vendor = pairs.vendor[order]
    return pairs.of(order[np.arange(len(order)) - np.searchsorted(vendor, vendor, side="left") < MOST])


def _fresh(vendor: Ints, row: Ints) -> Mask:
    """Return where a pair is not the one before."""
    fresh = np.ones(len(vendor), dtype=bool)
    fresh[1:] = (vendor[1:] != vendor[:-1]) | (row[1:] != row[:-1])
    return fresh


def _joined(named: Pairs, nearby: Pairs) -> Pairs:
    """Return both, a pair of vendor, row and name once: as found by words where it was."""
    both = Pairs(*(np.concatenate([getattr(named, f), getattr(nearby, f)]) for f in Pairs.__slots__))
    order = np.lexsort((both.nearby, both.entry, both.row, both.vendor))
    key = both.row[order] * (int(both.entry.max(initial=0)) + 1) + both.entry[order]
    return both.of(order[_fresh(both.vendor[order], key)])
