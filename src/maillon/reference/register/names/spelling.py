"""Words one letter off, found for many words at once by what is left when a letter is taken out.

Two words one insertion, deletion, substitution or transposition apart share such a remainder (symmetric
deletion: Garbe 2012; Bocek, Hunt, Stiller 2007). Remainders are compared as 64-bit hashes, then checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
#: Any odd multiplier has an inverse modulo 2^64; this one is of Steele and Vigna (2021).
_BASE = np.uint64(0xD1342543DE82EF95)
_INVERSE = np.uint64(pow(int(_BASE), -1, 2**64))
_WIDTH = 24
_SHORTEST = 4


@dataclass(frozen=True, slots=True, eq=False)
class Remainders:
    """Hashes of every word and of it less one letter, rising, each with the number of its word."""

    hashes: Hashes
    words: npt.NDArray[np.uint32]


def remainders_of(words: Sequence[str]) -> Remainders:
    """Return the remainders of words of at least four letters (longer than 24 are cut)."""
    numbers = np.array([i for i, word in enumerate(words) if len(word) >= _SHORTEST], dtype=np.uint32)
    letters, lengths = _letters([words[i] for i in numbers])
    hashes, owners = [_whole(letters)], [numbers]
    before, after = _partial(letters)
    for place in range(_WIDTH):
        held = lengths > place
        # what follows the letter moves one place to the left
        left = before[held, place] + after[held, place] * _INVERSE
        hashes.append(left)
        owners.append(numbers[held])
    every, owner = np.concatenate(hashes), np.concatenate(owners)
    order = np.argsort(every, kind="stable")
    return Remainders(every[order], owner[order])


def _letters(words: Sequence[str]) -> tuple[npt.NDArray[np.uint64], Ints]:
    packed = np.array([word.encode("ascii", "replace")[:_WIDTH] for word in words], dtype=f"S{_WIDTH}")
    letters = (
        packed.view(np.uint8).reshape(len(words), _WIDTH) if len(words) else np.zeros((0, _WIDTH), np.uint8)
    )
    return letters.astype(np.uint64), (letters != 0).sum(axis=1)


def _powers() -> Hashes:
    return np.cumprod(np.full(_WIDTH, _BASE, dtype=np.uint64), dtype=np.uint64)


def _whole(letters: npt.NDArray[np.uint64]) -> Hashes:
    return np.asarray((letters * _powers()).sum(axis=1, dtype=np.uint64))


def _partial(letters: npt.NDArray[np.uint64]) -> tuple[Hashes, Hashes]:
    """Return, for each place, the hash of the letters before it and of those after it."""
    terms = letters * _powers()
    running = np.cumsum(terms, axis=1, dtype=np.uint64)
    return running - terms, running[:, -1:] - running


def near_words(asked: Sequence[str], known: Remainders, words: Sequence[str]) -> tuple[Ints, Ints]:
    """Return pairs (place in ``asked``, number in ``words``) one letter apart, equal words left out.

    >>> words = ["chaudronnerie", "mecanique", "tole"]
    >>> [pair.tolist() for pair in near_words(["mecanqiue", "chaudronerie"], remainders_of(words), words)]
    [[0, 1], [1, 0]]
    """
    own = remainders_of(asked)
    start = np.searchsorted(known.hashes, own.hashes, side="left")
    stop = np.searchsorted(known.hashes, own.hashes, side="right")
    counts = stop - start
    places = np.repeat(start - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts) + np.arange(
        counts.sum()
    )
    pairs = np.stack([np.repeat(own.words, counts), known.words[places]]).astype(np.int64)
    pairs = np.unique(pairs, axis=1)
    texts = [asked[i] for i in pairs[0]], [words[i] for i in pairs[1]]
    apart = cpdist(*texts, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8) if pairs.size else np.zeros(0)
    kept = apart == 1
    return pairs[0][kept], pairs[1][kept]
