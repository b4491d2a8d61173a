"""From a designation to the codes of goods and activities, each as fine as is sure enough."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from maillon.core.reason import Reason
from maillon.method.search.classify.activities import class_codes, class_codes_2025
from maillon.method.search.classify.clues import Clues, find_clues
from maillon.method.search.classify.evidence import CLASS_TERMS, HEADING_TERMS, Matrix
from maillon.method.search.classify.model import Weighed, weigh
from maillon.method.search.classify.result import Classification, CodeShare
from maillon.method.search.classify.subdivision import share_out
from maillon.method.search.classify.weights import calibrate
from maillon.method.search.designation import Designation, read_designation
from maillon.reference.classifications.links.imported import import_stamp, product_shares
from maillon.reference.classifications.titles.coverage import Scores
from maillon.reference.classifications.titles.tables import ACTIVITY, titles

CUTOFF = 0.15  # least probability of the best code, under which nothing is proposed
SURE = 0.5  # least probability of a finer code
SHOWN = 5
SMALLEST = 0.005


def classify_designation(
    text: str, *, cutoff: float = CUTOFF, sure: float = SURE, language: str | None = None
) -> Classification:
    """Return the processes, NAF, CPA and CN codes of a designation, best first, with their probabilities.

    A list whose best code is less probable than ``cutoff`` is left empty; a code is given finer than heading
    or class only where that is at least ``sure``. At most five of each.

    >>> found = classify_designation("ROULEMENT 6205-2RS")
    >>> found.cn[0].code[:4], found.naf[0].code
    ('8482', '28.15Z')
    >>> classify_designation("xyzzy").abstains
    True
    """
    return classify_read(read_designation(text, language=language), text, cutoff=cutoff, sure=sure)


def classify_read(
    read: Designation, text: str, *, cutoff: float = CUTOFF, sure: float = SURE, stamp: int | None = None
) -> Classification:
    """Return the classification of a designation that was read already.

    ``stamp`` is that of the imported table of products; who classifies many looks it up once.
    """
    return _classification(find_clues(read), text, cutoff, sure, import_stamp() if stamp is None else stamp)


def _classification(clues: Clues, text: str, cutoff: float, sure: float, stamp: int) -> Classification:
    processes = tuple(CodeShare(s.code, s.probability) for s in clues.processes[:SHOWN])
    if clues.are_empty:
        return Classification(text, processes)
    codes = classify_clues(clues, cutoff, sure, stamp)
    return Classification(text, processes, *codes)


Codes = tuple[CodeShare, ...]
Answer = tuple[Codes, Codes, Codes, Codes, tuple[Reason, ...], tuple[Reason, ...]]


@lru_cache(maxsize=16384)
def classify_clues(clues: Clues, cutoff: float, sure: float, stamp: int) -> Answer:
    """Return NAF, CPA, CN, NAF 2025 and the reasons of the best CN code and class.

    ``stamp`` is the time of the imported table of products: answers are kept only as long as it.
    """
    evidence = weigh(clues)
    goods = _goods_codes(clues, evidence, sure)
    cn = _keep(goods, cutoff)
    naf = _keep(class_codes(clues, evidence.classes, sure), cutoff)
    later = _keep(class_codes_2025(evidence.classes), cutoff)
    cpa = _keep(_product_codes(goods, stamp), cutoff) if cn else ()
    return (
        naf, cpa, cn, later,
        _reasons(clues, evidence.heading_terms, HEADING_TERMS, evidence.headings, "cn") if cn else (),
        _reasons(clues, evidence.class_terms, CLASS_TERMS, evidence.classes, "naf") if naf else (),
    )  # fmt: skip


def _keep(found: Iterable[CodeShare], cutoff: float) -> Codes:
    """Return the codes best first, or none if the best is less probable than the cutoff."""
    ranked = sorted(found, key=lambda share: (-share.probability, share.code))[:SHOWN]
    if not ranked or ranked[0].probability < cutoff:
        return ()
    return tuple(share for share in ranked if share.probability >= SMALLEST)


def best_places(shares: Scores, count: int) -> list[int]:
    """Return the places of the greatest shares, greatest first."""
    return [int(place) for place in np.argsort(-shares, kind="stable")[:count]]


def _goods_codes(clues: Clues, evidence: Weighed, sure: float) -> list[CodeShare]:
    """Return one code a heading: of 8, 6 or 4 digits, the finest that is sure enough."""
    best = best_places(evidence.headings, SHOWN)
    right = calibrate("heading", (float(evidence.headings[place]) for place in best))
    return [_finest(clues, place, p, sure) for place, p in zip(best, right, strict=True)]


def _finest(clues: Clues, place: int, whole: float, sure: float) -> CodeShare:
    """Go down from a heading of probability ``whole`` while the best code below stays sure.

    ``P(code) = P(code above) · P(code | code above)``; the second is calibrated on lines labelled with their
    subheading, and the same curve serves below the subheading.
    """
    while whole >= sure:
        below, shares = share_out(clues, place)
        if not len(shares):
            break
        first = int(shares.argmax())
        given = calibrate("subheading", [float(shares[first])])[0] if len(shares) > 1 else 1.0
        if whole * given < sure:
            break
        place, whole = below.start + first, whole * given
    return CodeShare(titles().codes[place], whole)


def _product_codes(goods: Iterable[CodeShare], stamp: int) -> list[CodeShare]:
    """Return the CPA codes of goods: the probability of each shared out among its products."""
    sums: dict[str, float] = {}
    for share in goods:
        for code, part in product_shares(share.code, stamp).items():
            sums[code] = sums.get(code, 0.0) + share.probability * part
    return [CodeShare(code, min(p, 1.0)) for code, p in sums.items()]


def _reasons(
    clues: Clues, terms: Matrix, names: tuple[str, ...], shares: Scores, kind: str
) -> tuple[Reason, ...]:
    """Return a reason for each term that spoke for or against the best code; they sum to its score."""
    best = int(shares.argmax())
    start = titles().span(4 if kind == "cn" else ACTIVITY).start
    code = titles().codes[start + best]
    known = {
        "code": code,
        "noun": clues.noun,
        "words": " ".join(word.rpartition(":")[2] for word in clues.words),
        "material": clues.material,
    }
    known["family"] = clues.families[0].code if clues.families else None
    known["process"] = clues.processes[0].code if clues.processes else None
    found = [
        Reason(f"{kind}_{name}", float(weight), known)
        for name, weight in zip(names, terms[:, best], strict=True)
        if abs(weight) > 1e-6
    ]
    return tuple(sorted(found, key=lambda reason: -abs(reason.weight)))
