"""How much of a few words stands in each title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from math import log, sqrt

import numpy as np
import numpy.typing as npt

from maillon.reference.classifications.titles.spelling import title_words_like
from maillon.reference.classifications.titles.tables import titles

Scores = npt.NDArray[np.float32]
#: What a word that no title knows weighs, in shares of the rarest word: a brand says nothing of a title.
UNKNOWN = 0.25


def cover_titles(words: Iterable[str]) -> Scores:
    """Return for every code the share of ``words`` (keys) that its title holds, 0 to 1, rare words first.

    ``SUM idf(w) · max over like title words (likeness · weight) / SUM idf(w)``, idf being
    ``ln(1 + N / n)`` over the N headings, n of which hold the word. No words give zeros.

    >>> scores = cover_titles(["roulement", "bille"])
    >>> titles().codes[int(scores[titles().span(4)].argmax())]
    '8482'
    """
    total, sums = 0.0, np.zeros(titles().size, dtype=np.float32)
    for word in words:
        places, values, rarity = _places(word)
        sums[places] += values
        total += rarity
    return sums / np.float32(total) if total else sums


def fill_titles(words: Iterable[str]) -> Scores:
    """Return for every code the share of its title that ``words`` (keys) make up, 0 to 1.

    ``SUM over words of max(likeness · weight) / SUM of the weights of the title``: of two sisters that hold
    a word, the one whose title says little else fits best.

    >>> scores = fill_titles(["roulement", "bille"])
    >>> places = [titles().codes.index(code) for code in ("848210", "848220")]
    >>> bool(scores[places[0]] > scores[places[1]])
    True
    """
    sums = np.zeros(titles().size, dtype=np.float32)
    for word in words:
        places, values, rarity = _places(word)
        sums[places] += values / np.float32(rarity)
    filled: Scores = np.minimum(sums / _title_weights(), np.float32(1))
    return filled


def compare_titles(words: Iterable[str]) -> Scores:
    """Return for every code the cosine of ``words`` (keys) and its title, words counting by their idf.

    ``SUM idf² · likeness · weight / (sqrt(SUM idf²) · sqrt(SUM over the title of (idf · weight)²))``: a whole
    title is alike to itself alone, however long, where coverage favours short ones.

    >>> scores = compare_titles(["fr:roulement", "fr:bille", "fr:galet", "fr:rouleau", "fr:aiguille"])
    >>> titles().codes[int(scores[titles().span(4)].argmax())]
    '8482'
    """
    sums, square = np.zeros(titles().size, dtype=np.float32), 0.0
    for word in words:
        places, values, rarity = _places(word)
        sums[places] += values * np.float32(rarity)
        square += rarity**2
    return sums / (np.float32(sqrt(square)) * _title_lengths()) if square else sums


@cache
def _title_lengths() -> Scores:
    """Return the Euclidean length of every title, its words weighing by their idf."""
    table = titles()
    headings = table.span(4).stop
    words = np.concatenate([np.full(s.stop - s.start, k) for k, s in enumerate(table.words.values())])
    held = np.bincount(words[table.nodes < headings], minlength=len(table.words))
    rarity = np.log1p(headings / np.maximum(held, 1))
    squares = np.bincount(table.nodes, weights=(table.weights * rarity[words]) ** 2, minlength=table.size)
    return np.sqrt(np.maximum(squares, 1e-6)).astype(np.float32)


def cover_sisters(words: Mapping[str, int], sisters: slice) -> Scores:
    """Return for each of the sisters (codes under one, by place) the share of ``words`` that its title holds.

    ``SUM n · idf · (likeness · weight) / SUM n · idf``, n being how often a word is said and idf
    ``ln((N + 1) / (k + 1/2))`` where k of the N sisters hold it: what all of them say tells none apart. Words
    that none holds do not count.

    >>> names = titles().codes
    >>> bearings = slice(names.index("848210"), names.index("848210") + 8)
    >>> names[bearings.start + int(cover_sisters({"conique": 1}, bearings).argmax())]
    '848220'
    """
    count = sisters.stop - sisters.start
    sums, total = np.zeros(count, dtype=np.float32), 0.0
    for word, times in words.items():
        places, values, rarity = _places(word)
        first, last = np.searchsorted(places, (sisters.start, sisters.stop))
        if first == last:
            continue
        idf = times * log((count + 1) / (last - first + 0.5))
        sums[places[first:last] - sisters.start] += values[first:last] * np.float32(idf / rarity)
        total += idf
    return (sums / np.float32(total)).astype(np.float32) if total else sums


@cache
def _title_weights() -> Scores:
    table = titles()
    sums = np.bincount(table.nodes, weights=table.weights, minlength=table.size)
    return np.maximum(sums, 1.0).astype(np.float32)


@lru_cache(maxsize=65536)
def _places(word: str) -> tuple[npt.NDArray[np.int64], Scores, float]:
    """Return where a word stands, what it adds there, and its idf."""
    table = titles()
    like = title_words_like(word)
    rarest = log(1 + table.span(4).stop)
    if not like:
        return np.empty(0, np.int64), np.empty(0, np.float32), UNKNOWN * rarest
    nodes = np.concatenate([table.nodes[table.words[w]] for w, _ in like])
    weights = np.concatenate([table.weights[table.words[w]] * np.float32(s) for w, s in like])
    order = np.lexsort((-weights, nodes))
    places, first = np.unique(nodes[order], return_index=True)
    held = max(1, int((places < table.span(4).stop).sum()))
    rarity = log(1 + table.span(4).stop / held)
    return places, weights[order][first] * np.float32(rarity), rarity
