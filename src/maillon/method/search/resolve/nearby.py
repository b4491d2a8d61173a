"""The names borne at a vendor's own place, compared letter by letter.

An index of words does not find a name whose every word is misspelt or cut; among the few names of a town it
can be told by its letters alone. This is blocking by place, then a string comparison within the block
(Christen 2012, "Data Matching", chapter 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cdist

from maillon.method.search.resolve.firms import Firms, Ints
from maillon.method.search.resolve.vendors import Vendor
from maillon.reference.register.names import NameIndex

Floats = npt.NDArray[np.float64]
#: Names kept of a place, the least likeness of one that is kept, names compared at once.
_KEPT, _LEAST, _BLOCK = 8, 0.6, 4_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The pairs of each key: those of ``keys[i]`` are at ``order[starts[i]:starts[i + 1]]``."""

    keys: Ints
    starts: Ints
    order: Ints

    def at(self, key: int) -> Ints:
        """Return the places of the pairs of name and row that have a key, none where no row has it."""
        place = int(np.searchsorted(self.keys, key))
        if place == len(self.keys) or self.keys[place] != key:
            return np.empty(0, dtype=np.int64)
        return self.order[self.starts[place] : self.starts[place + 1]]


def _blocks(values: Ints) -> Block:
    order = np.argsort(values, kind="stable")
    keys, starts = np.unique(values[order], return_index=True)
    return Block(keys, np.append(starts, len(order)), order)


@dataclass(frozen=True, eq=False)
class PlaceNames:
    """Every pair of a name and a row that bears it, by postcode and by town."""

    index: NameIndex
    firms: Firms

    @cached_property
    def entry(self) -> Ints:
        """The name of each pair."""
        counts = np.diff(self.index.row_starts)
        return np.repeat(np.arange(len(counts)), counts)

    @cached_property
    def row(self) -> Ints:
        """The row of each pair."""
        return np.asarray(self.index.rows, dtype=np.int64)

    @cached_property
    def by_postcode(self) -> Block:
        """The pairs of each postcode."""
        return _blocks(self.firms.postcode[self.row])

    @cached_property
    def by_town(self) -> Block:
        """The pairs of each town."""
        return _blocks(self.firms.town[self.row])

    def of(self, vendor: Vendor) -> tuple[tuple[str, int], ...]:
        """Return the places to look at: the postcode where the register knows it, else the town.

        A town that has not the postcode stated is looked at too: one of both is wrong.
        """
        code = int(vendor.postcode) if vendor.postcode else -2
        town = self.firms.towns.get(vendor.town, -2) if vendor.town else -2
        held = self.by_postcode.at(code)
        agreed = bool(len(held)) and bool((self.firms.town[self.row[held]] == town).any())
        found = [("postcode", code)] if len(held) else []
        if town >= 0 and not agreed:
            found.append(("town", town))
        return tuple(found)

    def pairs_at(self, kind: str, key: int) -> Ints:
        """Return the pairs of a place as ``of`` names it."""
        return (self.by_postcode if kind == "postcode" else self.by_town).at(key)


def find_nearby(
    places: PlaceNames, vendors: Sequence[Vendor], asked: Sequence[int]
) -> tuple[Ints, Ints, Ints]:
    """Return vendor, name and row of the names most like those of the vendors ``asked``, at their place.

    Likeness is the better of Jaro-Winkler on the words as written and the Indel ratio on the words sorted.
    """
    wanted: dict[tuple[str, int], list[int]] = {}
    for vendor in asked:
        for place in places.of(vendors[vendor]):
            wanted.setdefault(place, []).append(vendor)
    found = [_in_place(places, vendors, members, *place) for place, members in sorted(wanted.items())]
    if not found:
        none = np.empty(0, dtype=np.int64)
        return none, none, none
    parts = [np.concatenate(part) for part in zip(*found, strict=True)]
    return parts[0], parts[1], parts[2]


def _in_place(
    places: PlaceNames, vendors: Sequence[Vendor], members: list[int], kind: str, key: int
) -> tuple[Ints, Ints, Ints]:
    pairs = places.pairs_at(kind, key)
    entries, back = np.unique(places.entry[pairs], return_inverse=True)
    order = np.argsort(back, kind="stable")
    starts = np.append(np.searchsorted(back[order], np.arange(len(entries))), len(order))
    vendor, name = _most_alike(places.index, [vendors[i] for i in members], entries)
    counts = starts[name + 1] - starts[name]
    shifts = starts[name] - np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
    held = pairs[order[np.repeat(shifts, counts) + np.arange(int(counts.sum()))]]
    owner = np.array(members, dtype=np.int64)[np.repeat(vendor, counts)]
    return owner, places.entry[held], places.row[held]


def _most_alike(index: NameIndex, vendors: list[Vendor], entries: Ints) -> tuple[Ints, Ints]:
    """Return pairs (place in ``vendors``, place in ``entries``) of the names most alike to each vendor's."""
    written = [index.entries[i] for i in entries]
    ordered = [index.sorted_entries[i] for i in entries]
    step, found = max(_BLOCK // max(len(entries), 1), 1), []
    for start in range(0, len(vendors), step):
        asked = [vendor.words for vendor in vendors[start : start + step]]
        alike = cdist([" ".join(words) for words in asked], written, scorer=JaroWinkler.similarity,
                      dtype=np.float32, workers=2)  # fmt: skip
        ratio = cdist([" ".join(sorted(words)) for words in asked], ordered, scorer=fuzz.ratio,
                      dtype=np.float32, workers=2)  # fmt: skip
        vendor, name = _best_of(np.maximum(alike, ratio / 100))
        found.append((vendor + start, name))
    return np.concatenate([part[0] for part in found]), np.concatenate([part[1] for part in found])


def _best_of(likeness: npt.NDArray[np.float32]) -> tuple[Ints, Ints]:
    """Return the places of the highest figures of each row, at least ``_LEAST``."""
    if likeness.shape[1] > _KEPT:
        limit = np.partition(likeness, -_KEPT, axis=1)[:, -_KEPT, None]
        kept = likeness >= np.maximum(limit, _LEAST)
    else:
        kept = likeness >= _LEAST
    vendor, name = np.nonzero(kept)
    return vendor, name
