"""From a heading to its HS subheadings, and from these to CN codes: which sister fits best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np

from maillon.method.search.classify.clues import Clues, noun_forms
from maillon.method.search.classify.evidence import Matrix
from maillon.method.search.classify.materials import material_words
from maillon.method.search.classify.weights import term_weights
from maillon.reference.classifications.titles.coverage import Scores, cover_sisters
from maillon.reference.classifications.titles.tables import titles

SUBDIVISION_TERMS = ("noun_title", "text_title", "material", "other", "parts")


def share_out(clues: Clues, place: int) -> tuple[slice, Scores]:
    """Return the codes right below one (their places) and the probability of each, given the code above.

    ``P(c | above) = exp(z_c) / SUM exp(z)``, ``z = SUM_k w_k x_k``; empty where the code is not divided.
    """
    below = _below().get(place)
    if below is None:
        return slice(0, 0), np.empty(0, np.float32)
    if below.stop - below.start == 1:
        return below, np.ones(1, np.float32)
    weights = term_weights("subdivision", SUBDIVISION_TERMS)
    z = (subdivision_terms(clues, below) * weights[:, None]).sum(axis=0)
    odds = np.exp(z - z.max())
    return below, odds / odds.sum()


def subdivision_terms(clues: Clues, below: slice) -> Matrix:
    """Return the terms of sister codes: one row for each of ``SUBDIVISION_TERMS``.

    Words that every sister has tell nothing and count nothing.
    """
    forms = noun_forms(clues.noun) if clues.noun else ()
    of_material = material_words(clues.material_class, clues.material or "") if clues.material_class else ()
    return np.stack(
        [
            cover_sisters(Counter(word for form in forms for word in form), below),
            cover_sisters(_once(clues.words), below),
            cover_sisters(_once(of_material), below),
            titles().other[below].astype(np.float32),
            titles().parts[below].astype(np.float32),
        ]
    )


def _once(words: Iterable[str]) -> Mapping[str, int]:
    return dict.fromkeys(words, 1)


@cache
def _below() -> Mapping[int, slice]:
    """Return the places of the codes right below each code: they follow one another in the nomenclature."""
    above = titles().above
    starts = np.flatnonzero(np.diff(above, prepend=-2))
    ends = np.append(starts[1:], len(above))
    runs = zip(starts.tolist(), ends.tolist(), strict=True)
    return {int(above[start]): slice(start, end) for start, end in runs if above[start] >= 0}
