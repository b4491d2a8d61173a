"""What speaks for an establishment being the vendor, as figures between 0 and 1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cpdist

from maillon.method.search.resolve.firms import Firms
from maillon.method.search.resolve.vendors import Vendor

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
#: The terms of the score, in this order.
FEATURES = (
    "letters", "order", "exact", "rare", "begins", "nearby", "nearby-letters", "town", "other-town",
    "postcode", "departement", "other-departement",
)  # fmt: skip
RARE = 12.0  # nats from which a name tells as much as a name can
_SHORTEST = 5  # letters of a name cut short that still tells
_ALIKE = 0.6  # likeness of letters from which a name of the same place begins to tell


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Vendors (places in a list) and rows of the register that may be theirs, with the name they share.

    ``nearby`` are found by letters at the vendor's place alone: ``share``, of words, is 0 for them.
    """

    vendor: Ints
    row: Ints
    entry: Ints
    share: Floats
    nearby: npt.NDArray[np.bool_]

    def of(self, places: Ints) -> Pairs:
        """Return the pairs at some places."""
        return Pairs(
            self.vendor[places],
            self.row[places],
            self.entry[places],
            self.share[places],
            self.nearby[places],
        )


def compare(pairs: Pairs, vendors: list[Vendor], entries: list[str], masses: Floats, firms: Firms) -> Floats:
    """Return the features of each pair (pairs × ``FEATURES``); ``masses`` are the vendors' own, in nats."""
    asked = [" ".join(vendor.words) for vendor in vendors]
    texts = [asked[i] for i in pairs.vendor], [entries[i] for i in pairs.entry]
    letters = _likeness(texts, JaroWinkler.normalized_similarity)
    ordered = _likeness(texts, fuzz.token_sort_ratio) / 100
    exact = np.array([a == b for a, b in zip(*texts, strict=True)], dtype=float)
    rare = np.minimum(masses[pairs.vendor] / RARE, 1.0) * pairs.share
    begins = np.array([_begins(a, b) for a, b in zip(*texts, strict=True)], dtype=float)
    alike = ((np.maximum(letters, ordered) - _ALIKE) / (1 - _ALIKE)).clip(0) ** 2
    nearby = np.where(pairs.nearby, alike, 0.0)
    named = [letters, ordered, exact, rare, begins, pairs.nearby.astype(np.float64), nearby]
    return np.stack([*named, *_places(pairs, vendors, firms)], axis=1)


def _begins(one: str, other: str) -> bool:
    """Return whether a name is the beginning of the other, as a name cut by a form is."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST and long.startswith(short)


def best_names(pairs: Pairs, features: Floats) -> Ints:
    """Return the places of the pairs that keep each row once for each vendor, under its most alike name."""
    likeness = features[:, 0] + features[:, 1] + features[:, 3]
    order = np.lexsort((-likeness, pairs.row, pairs.vendor))
    vendor, row = pairs.vendor[order], pairs.row[order]
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = (vendor[1:] != vendor[:-1]) | (row[1:] != row[:-1])
    return order[fresh]


def _likeness(texts: tuple[list[str], list[str]], scorer: Callable[..., float]) -> Floats:
    if not texts[0]:
        return np.zeros(0)
    return np.asarray(cpdist(*texts, scorer=scorer, workers=2, dtype=np.float32), dtype=np.float64)


def _places(pairs: Pairs, vendors: list[Vendor], firms: Firms) -> list[Floats]:
    """Return what the places say: the same, another, or nothing where either is unknown."""
    town = firms.numbers_of([vendor.town for vendor in vendors])[pairs.vendor]
    named = np.array([bool(vendor.town) for vendor in vendors])[pairs.vendor]
    code = np.array([int(v.postcode) if v.postcode else -1 for v in vendors])[pairs.vendor]
    own_town, own_code = firms.town[pairs.row], firms.postcode[pairs.row]
    same_town = named & (town == own_town)
    same_code = (code >= 0) & (code == own_code)
    both = (code >= 0) & (own_code >= 0)
    same_part = both & (code // 1000 == own_code // 1000)
    figures = (
        same_town,
        named & ~same_town & ~same_code,
        same_code,
        same_part & ~same_code & ~same_town,
        both & ~same_part,
    )
    return [figure.astype(np.float64) for figure in figures]
