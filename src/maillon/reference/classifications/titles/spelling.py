"""Words that are nearly a title word: abbreviations, derived forms, small errors.

Likeness is the cosine of the sets of character trigrams, ``|A ∩ B| / sqrt(|A| |B|)``, with marks at both ends
of a word. What a written word begins (ROULEM.) is an abbreviation of it.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from maillon.reference.classifications.titles.tables import titles

LANGUAGES = ("fr", "en")
LEAST = 0.55  # likeness under which two words have nothing to do with one another
ABBREVIATED = 0.8
SHORTEST_START = 4
KEPT = 4


@lru_cache(maxsize=65536)
def title_words_like(word: str) -> tuple[tuple[str, float], ...]:
    """Return the words of titles that a word (a key) may stand for, with their likeness, best first.

    A word marked with a language (``fr:axe``) finds words of that language, an unmarked one those of both. A
    word that titles use stands for itself alone.

    >>> title_words_like("fr:roulement"), title_words_like("roulement")
    ((('fr:roulement', 1.0),), (('fr:roulement', 1.0),))
    >>> title_words_like("condensateu")[0][0]
    'fr:condensateur'
    >>> title_words_like("zzzz")
    ()
    """
    language, _, key = word.rpartition(":")
    languages = (language,) if language else LANGUAGES
    exact = tuple((f"{one}:{key}", 1.0) for one in languages if f"{one}:{key}" in titles().words)
    if exact or len(key) < SHORTEST_START:
        return exact
    found: dict[str, float] = {}
    for tongue in languages:
        found |= _nearest(tongue, key)
        for whole in _begun_by(tongue, key):
            found[whole] = max(found.get(whole, 0.0), ABBREVIATED)
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple(ranked[:KEPT])


def _begun_by(language: str, key: str) -> list[str]:
    """Return the title words that begin with ``key``, if they are few enough to mean something."""
    vocabulary, begun = _vocabulary(), f"{language}:{key}"
    start, end = bisect_left(vocabulary, begun), bisect_left(vocabulary, begun + "\uffff")
    return vocabulary[start:end] if end - start <= KEPT else []


def _nearest(language: str, key: str) -> dict[str, float]:
    index, sizes = _trigram_index(language)
    grams = _trigrams(key)
    hits = [index[gram] for gram in grams if gram in index]
    if not hits:
        return {}
    shared = np.bincount(np.concatenate(hits), minlength=len(sizes))
    likeness = shared / np.sqrt(sizes * len(grams))
    best = np.flatnonzero(likeness >= LEAST)
    ranked = best[np.argsort(-likeness[best], kind="stable")][:KEPT]
    words = _words_of(language)
    return {f"{language}:{words[place]}": round(float(likeness[place]), 6) for place in ranked}


def _trigrams(word: str) -> set[str]:
    marked = f"^{word}$"
    return {marked[i : i + 3] for i in range(len(marked) - 2)}


@cache
def _vocabulary() -> list[str]:
    return sorted(titles().words)


@cache
def _words_of(language: str) -> list[str]:
    return [word.rpartition(":")[2] for word in _vocabulary() if word.startswith(f"{language}:")]


@cache
def _trigram_index(language: str) -> tuple[dict[str, npt.NDArray[np.int32]], npt.NDArray[np.int64]]:
    """Return trigram → places of the words that hold it, and how many trigrams each word has."""
    places: dict[str, list[int]] = {}
    sizes = []
    for place, word in enumerate(_words_of(language)):
        grams = _trigrams(word)
        sizes.append(len(grams))
        for gram in grams:
            places.setdefault(gram, []).append(place)
    return {g: np.array(found, dtype=np.int32) for g, found in places.items()}, np.array(sizes)
