"""What the clues say of each heading and each class: one array a term, 0 where nothing is known.

A share ``p`` that the lexicon gives to a code is told as log-odds over what an unlisted code gets:
``ln((p + e) / e)``, e = ``UNLISTED``. Title terms are shares of words covered, between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from maillon.method.search.classify.clues import Clues, noun_forms
from maillon.method.search.classify.materials import (
    all_article_headings,
    article_headings,
    cover_material,
    fit_headings,
)
from maillon.method.search.designation import Share
from maillon.reference.classifications.families import find_family
from maillon.reference.classifications.links.makers import maker_classes
from maillon.reference.classifications.links.noun_headings import headings_of_noun
from maillon.reference.classifications.processes import find_process
from maillon.reference.classifications.titles.coverage import (
    Scores,
    compare_titles,
    cover_titles,
    fill_titles,
)
from maillon.reference.classifications.titles.tables import ACTIVITY, Places, titles

UNLISTED = 0.002
#: Chapters that a bill of materials of industry seldom holds: food, plants, clothing, art.
SELDOM_CHAPTERS = (
    *(f"{n:02}" for n in range(1, 25)),
    "43",
    "57",
    "61",
    "62",
    "66",
    "67",
    "71",
    "92",
    "93",
    "97",
)
TRADE = ("45", "46", "47")  # divisions of traders, which make nothing
INDUSTRY = range(10, 34)

HEADING_TERMS = (
    "family",
    "process",
    "noun",
    "noun_title",
    "text_title",
    "filled",
    "alike",
    "material",
    "material_title",
    "article",
    "article_family",
    "seldom",
    "parts",
)
CLASS_TERMS = ("family", "process", "goods", "noun_title", "text_title", "alike", "industry")
Lister = Callable[[str], Mapping[int, float]]
Matrix = npt.NDArray[np.float32]


def heading_terms(clues: Clues) -> Matrix:
    """Return the terms of every heading: one row for each of ``HEADING_TERMS``."""
    span = titles().span(4)
    size = span.stop
    rows = [
        _told(clues.families, _family_headings, size),
        _told(clues.processes, _process_headings, size),
        _noun_headings(clues.noun, size),
        noun_cover(clues.noun)[span] if clues.noun else np.zeros(size, np.float32),
        cover_titles(clues.words)[span],
        fill_titles(known_words(clues))[span],
        compare_titles(known_words(clues))[span],
        *_material_terms(clues),
        _seldom(),
        _parts(),
    ]
    return np.stack(rows)


def _material_terms(clues: Clues) -> Sequence[Scores]:
    """Return whether a heading is of the material, names it, and takes what has no heading of its own."""
    span = titles().span(4)
    if clues.material_class is None:
        return [np.zeros(span.stop, np.float32)] * 4
    return [
        fit_headings(clues.material_class),
        cover_material(clues.material_class, clues.material or "")[span],
        *_article_terms(clues.material_class, clues.families),
    ]


def _article_terms(material_class: str, families: Sequence[Share]) -> tuple[Scores, Scores]:
    """Return whether a heading takes the "other articles" of a material, as two terms.

    The first speaks where no family is known, the second as far as the families have no heading of their own.
    """
    fits = article_headings(material_class)
    known = [(share.probability, find_family(share.code).hs[:1]) for share in families]
    if not known:
        return fits, np.zeros_like(fits)
    other = sum(p for p, hs in known if hs and hs[0] in all_article_headings())
    return np.zeros_like(fits), fits * np.float32(other / sum(p for p, _ in known))


def class_terms(clues: Clues, headings: Scores) -> Matrix:
    """Return the terms of every NAF class: one row for each of ``CLASS_TERMS``.

    ``headings`` are the probabilities of the headings, which lead to the classes of their makers.
    """
    span = titles().span(ACTIVITY)
    size = span.stop - span.start
    rows = [
        _told(clues.families, _family_classes, size),
        _told(clues.processes, _process_classes, size),
        np.log1p(_made_by(headings) / UNLISTED),
        noun_cover(clues.noun)[span] if clues.noun else np.zeros(size, np.float32),
        cover_titles(clues.words)[span],
        compare_titles(known_words(clues))[span],
        _industry(),
    ]
    return np.stack(rows).astype(np.float32)


@lru_cache(maxsize=8192)
def noun_cover(noun: str) -> Scores:
    """Return for every code how far its title holds the noun, under the form that fits best."""
    best = np.zeros(titles().size, dtype=np.float32)
    for form in noun_forms(noun):
        np.maximum(best, cover_titles(form), out=best)
    return best


def known_words(clues: Clues) -> set[str]:
    """Return the words of the text and of the first form of its noun."""
    said = noun_forms(clues.noun)[:1] if clues.noun else ()
    return {*clues.words, *(word for form in said for word in form)}


def _told(shares: Iterable[Share], lists: Lister, size: int) -> Scores:
    mass = np.zeros(size, dtype=np.float32)
    for share in shares:
        for place, weight in lists(share.code).items():
            mass[place] += share.probability * weight
    told: Scores = np.log1p(mass / np.float32(UNLISTED))
    return told


@cache
def listed_shares(codes: tuple[str, ...]) -> Mapping[str, float]:
    """Return the share of each code of a list whose first is the most typical: 1, 1/2, 1/3… summing to 1.

    >>> listed_shares(("8504", "8536"))
    {'8504': 0.6666666666666666, '8536': 0.3333333333333333}
    """
    weights = {code: 1 / rank for rank, code in enumerate(dict.fromkeys(codes), start=1)}
    return {code: weight / sum(weights.values()) for code, weight in weights.items()}


@cache
def _family_headings(code: str) -> Mapping[int, float]:
    return _placed(listed_shares(find_family(code).hs), 4)


@cache
def _process_headings(code: str) -> Mapping[int, float]:
    return _placed(listed_shares(find_process(code).hs), 4)


def _noun_headings(noun: str | None, size: int) -> Scores:
    """Return what the customs headings of a noun say of each heading, where the noun has some."""
    told = np.zeros(size, dtype=np.float32)
    for place, share in _placed(listed_shares(headings_of_noun(noun)), 4).items() if noun else ():
        told[place] = np.log1p(share / UNLISTED)
    return told


@cache
def _family_classes(code: str) -> Mapping[int, float]:
    return _placed(_class_shares(find_family(code).naf), ACTIVITY)


@cache
def _process_classes(code: str) -> Mapping[int, float]:
    return _placed(_class_shares(find_process(code).naf), ACTIVITY)


def _class_shares(subclasses: Iterable[str]) -> Mapping[str, float]:
    return listed_shares(tuple(code[:5] for code in subclasses if not code.startswith(TRADE)))


def _placed(shares: Mapping[str, float], level: int) -> Mapping[int, float]:
    """Return the shares by place within a level; codes that the level does not have are left out."""
    places = places_of(level)
    return {places[code]: share for code, share in shares.items() if code in places}


@cache
def places_of(level: int) -> Mapping[str, int]:
    """Return code → place within its level."""
    return {code: place for place, code in enumerate(titles().codes[titles().span(level)])}


def _made_by(headings: Scores) -> npt.NDArray[np.float64]:
    """Return the probability of each class that the probabilities of the goods lead to."""
    rows, columns, shares = _makers()
    sums = np.bincount(columns, weights=headings[rows] * shares, minlength=len(places_of(ACTIVITY)))
    return sums.astype(np.float64)


@cache
def _makers() -> tuple[Places, Places, Scores]:
    """Return the pairs of heading and class of its makers, by place, and the share of each."""
    places = places_of(ACTIVITY)
    pairs = [
        (row, places[code], share)
        for heading, row in places_of(4).items()
        for code, share in maker_classes(heading).items()
    ]
    rows, columns, shares = zip(*pairs, strict=True)
    return np.array(rows), np.array(columns), np.array(shares, dtype=np.float32)


@cache
def _seldom() -> Scores:
    codes = titles().codes[titles().span(4)]
    return np.array([code.startswith(SELDOM_CHAPTERS) for code in codes], dtype=np.float32)


@cache
def _parts() -> Scores:
    return titles().parts[titles().span(4)].astype(np.float32)


@cache
def _industry() -> Scores:
    """Return 1 for manufacture and repair, -1 for trade, 0 for the rest."""
    codes = titles().codes[titles().span(ACTIVITY)]
    return np.array(
        [-1.0 if c.startswith(TRADE) else float(int(c[:2]) in INDUSTRY) for c in codes], dtype=np.float32
    )
