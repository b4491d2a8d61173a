"""From probabilities of NAF classes to codes: the class, its sub-class where sure, and NAF 2025."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from maillon.method.search.classify.clues import Clues
from maillon.method.search.classify.evidence import listed_shares
from maillon.method.search.classify.result import CodeShare
from maillon.method.search.classify.weights import calibrate
from maillon.reference.classifications import nace, naf
from maillon.reference.classifications.families import find_family
from maillon.reference.classifications.processes import find_process
from maillon.reference.classifications.titles.coverage import Scores
from maillon.reference.classifications.titles.tables import ACTIVITY, titles

LOOKED_AT = 8
UNLISTED_SHARE = 0.1  # of a class goes to its sub-classes alike: no list of makers is complete


def class_codes(clues: Clues, classes: Scores, sure: float) -> list[CodeShare]:
    """Return one code a class: its sub-class where that is at least ``sure``, else the class."""
    best = np.argsort(-classes, kind="stable")[:LOOKED_AT]
    right = calibrate("class", (float(classes[place]) for place in best))
    codes = titles().codes[titles().span(ACTIVITY)]
    found = []
    for place, p in zip(best, right, strict=True):
        subclass, share = max(_subclasses(clues, codes[place]).items(), key=lambda item: item[1])
        exact = share == 1.0 or p * share >= sure
        found.append(CodeShare(subclass, p * share) if exact else CodeShare(codes[place], p))
    return found


def _subclasses(clues: Clues, code: str) -> Mapping[str, float]:
    """Return the share of each sub-class of a class, from the makers that the lexicon lists."""
    below = naf.children(code)
    mass = dict.fromkeys(below, 0.0)
    listed = [(share.probability, find_process(share.code).naf) for share in clues.processes]
    listed += [(share.probability, find_family(share.code).naf) for share in clues.families]
    for probability, codes in listed:
        for maker, share in listed_shares(codes).items():
            if maker in mass:
                mass[maker] += probability * share
    total = sum(mass.values())
    kept = 1 - UNLISTED_SHARE if total else 0.0
    known = {maker: kept * weight / total if total else 0.0 for maker, weight in mass.items()}
    if len(below) == 1:
        return {below[0]: 1.0}
    return {maker: share + (1 - kept) / len(below) for maker, share in known.items()}


def class_codes_2025(classes: Scores) -> list[CodeShare]:
    """Return the classes of NAF 2025 (NACE 2.1) that the classes of NAF rev. 2 pass into.

    A class that passes into several is shared out alike: the passage table tells no proportions.
    """
    best = np.argsort(-classes, kind="stable")[:LOOKED_AT]
    right = calibrate("class", (float(classes[place]) for place in best))
    codes = titles().codes[titles().span(ACTIVITY)]
    sums: dict[str, float] = {}
    for place, p in zip(best, right, strict=True):
        later = _successors().get(codes[place], ())
        for code in later:
            sums[code] = sums.get(code, 0.0) + p / len(later)
    return [CodeShare(code, p) for code, p in sums.items()]


@cache
def _successors() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code in nace.codes("2.1"):
        if len(code) == 5:
            for former in nace.revision_2_of(code):
                found.setdefault(former, []).append(code)
    return {former: tuple(codes) for former, codes in found.items()}
