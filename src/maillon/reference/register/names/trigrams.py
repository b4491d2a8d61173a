"""Words two letters off, found by the rare runs of three letters that they share (Kukich 1992)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

Ints = npt.NDArray[np.int64]
_LETTERS = 37  # a to z, digits, and what is neither
_SHORTEST, _LONGEST = 6, 24
_RAREST, _SHARED, _MOST_HELD = 5, 2, 4_000
_FARTHEST = 2


@dataclass(frozen=True, slots=True, eq=False)
class Trigrams:
    """The words of each run of three letters: those of run ``t`` are ``words[starts[t]:starts[t + 1]]``."""

    starts: Ints
    words: npt.NDArray[np.uint32]


def trigrams_of(words: Sequence[str]) -> Trigrams:
    """Return the runs of the words of six letters or more (longer than 24 are cut)."""
    runs, owners = _runs(words)
    order = np.argsort(runs, kind="stable")
    starts = np.searchsorted(runs[order], np.arange(_LETTERS**3 + 1))
    return Trigrams(starts.astype(np.int64), owners[order].astype(np.uint32))


def _runs(words: Sequence[str]) -> tuple[Ints, Ints]:
    """Return the runs of three letters, as numbers, each with the place of its word."""
    places = np.array([i for i, word in enumerate(words) if len(word) >= _SHORTEST], dtype=np.int64)
    packed = np.array([words[i].encode("ascii", "replace")[:_LONGEST] for i in places], dtype=f"S{_LONGEST}")
    if not len(places):
        return places, places
    letters = _CODES[packed.view(np.uint8).reshape(len(places), _LONGEST)]
    runs = (letters[:, :-2] * _LETTERS + letters[:, 1:-1]) * _LETTERS + letters[:, 2:]
    whole = packed.view(np.uint8).reshape(len(places), _LONGEST)[:, 2:] != 0
    return runs[whole], np.broadcast_to(places[:, None], runs.shape)[whole]


_CODES = np.full(256, _LETTERS - 1, dtype=np.int64)
_CODES[ord("a") : ord("z") + 1] = np.arange(26)
_CODES[ord("0") : ord("9") + 1] = np.arange(26, 36)


def similar_words(asked: Sequence[str], known: Trigrams, words: Sequence[str]) -> tuple[Ints, Ints]:
    """Return pairs (place in ``asked``, number in ``words``) at most two letters apart.

    Only words that share two of the five rarest runs of the word asked for are looked at.

    >>> words = ["chaudronnerie", "mecanique", "tolerie"]
    >>> [pair.tolist() for pair in similar_words(["chodronerie", "tloeire"], trigrams_of(words), words)]
    [[], []]
    >>> [pair.tolist() for pair in similar_words(["chadronnnerie"], trigrams_of(words), words)]
    [[0], [0]]
    """
    runs, owners = _runs(asked)
    held = known.starts[runs + 1] - known.starts[runs]
    order = np.lexsort((held, owners))
    rank = np.arange(len(order)) - np.searchsorted(owners[order], owners[order], side="left")
    useful = held[order] * (held[order] <= _MOST_HELD)
    chosen = order[(rank < _RAREST) & (useful > 0)]
    counts = held[chosen]
    shifts = known.starts[runs[chosen]] - np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
    found = known.words[np.repeat(shifts, counts) + np.arange(int(counts.sum()))].astype(np.int64)
    keys = np.repeat(owners[chosen], counts) * len(words) + found
    pairs, shared = np.unique(keys, return_counts=True)
    place, number = np.divmod(pairs[shared >= _SHARED], max(len(words), 1))
    if not len(place):
        return place, number
    texts = [asked[i] for i in place], [words[i] for i in number]
    apart = cpdist(*texts, scorer=OSA.distance, score_cutoff=_FARTHEST, dtype=np.uint8)
    return place[apart <= _FARTHEST], number[apart <= _FARTHEST]
