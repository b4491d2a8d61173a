"""From a heading to its HS subheadings, and from these to CN codes: which sister fits best."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from maillon.method.search.classify.clues import Clues
from maillon.method.search.classify.evidence import Matrix, noun_cover
from maillon.method.search.classify.materials import cover_material
from maillon.reference.classifications.titles.coverage import Scores, cover_titles
from maillon.reference.classifications.titles.tables import titles

SUBDIVISION_TERMS = ("noun_title", "text_title", "material", "other", "parts")
FINER = {4: 6, 6: 8}


def subdivision_terms(clues: Clues) -> Matrix:
    """Return the terms of every code of every level: one row for each of ``SUBDIVISION_TERMS``."""
    nothing = np.zeros(titles().size, np.float32)
    return np.stack(
        [
            noun_cover(clues.noun) if clues.noun else nothing,
            cover_titles(clues.words),
            cover_material(clues.material_class, clues.material or "") if clues.material_class else nothing,
            titles().other.astype(np.float32),
            titles().parts.astype(np.float32),
        ]
    )


def share_out(scores: Scores, place: int) -> tuple[npt.NDArray[np.int64], Scores]:
    """Return the codes right below one (places) and the probability of each, given the code above.

    ``P(c | above) = exp(z_c) / SUM exp(z)``, z being the scores. Without scores all are equally likely.
    """
    below = _below().get(place)
    if below is None:
        return np.empty(0, np.int64), np.empty(0, np.float32)
    z = scores[below]
    odds = np.exp(z - z.max())
    return below, odds / odds.sum()


@cache
def _below() -> dict[int, npt.NDArray[np.int64]]:
    table = titles()
    ordered = np.argsort(table.above, kind="stable")
    starts = np.flatnonzero(np.diff(table.above[ordered], prepend=-2))
    groups = np.split(ordered, starts[1:])
    return {int(table.above[group[0]]): group for group in groups if table.above[group[0]] >= 0}
