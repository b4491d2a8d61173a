"""The index of names, opened: the names most alike to each of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from maillon.core.errors import MissingData
from maillon.core.message import message
from maillon.reference.register.names.build import FOLDER
from maillon.reference.register.names.spelling import Remainders, near_words
from maillon.reference.register.names.terms import INITIALS, terms_of
from maillon.reference.register.names.trigrams import Trigrams, similar_words

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
#: What a term one or two letters off, a beginning, and initials count for beside a term met as written.
MISSPELT, TWICE_MISSPELT, BEGUN, INITIAL = 0.85, 0.7, 0.8, 0.6
#: Names looked at for one query: terms are taken by rising number of names until so many are gathered.
_MOST_NAMES = 12_000
_MOST_BEGUN, _FEWEST_LETTERS = 40, 4
_STRETCH = 2_000  # queries scored at once


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """Pairs of a query and a name, the most alike first for each query; ``share`` is between 0 and 1."""

    query: Ints
    entry: Ints
    share: Floats


@dataclass(frozen=True, eq=False)
class NameIndex:
    """The names of a snapshot; large arrays are mapped, not read."""

    folder: Path

    @cached_property
    def entries(self) -> list[str]:
        """The cleaned names, in order."""
        return pl.read_parquet(self.folder / "entries.parquet")["text"].to_list()

    @cached_property
    def sorted_entries(self) -> list[str]:
        """The cleaned names, the words of each in alphabetical order."""
        return [" ".join(sorted(entry.split())) for entry in self.entries]

    @cached_property
    def terms(self) -> list[str]:
        """The terms, in order."""
        return self._counts["term"].to_list()

    @cached_property
    def _counts(self) -> pl.DataFrame:
        return pl.read_parquet(self.folder / "terms.parquet")

    @cached_property
    def starts(self) -> Ints:
        """Where the names of each term start among the postings."""
        return np.concatenate([[0], np.cumsum(self._counts["len"].to_numpy())]).astype(np.int64)

    @cached_property
    def idf(self) -> Floats:
        """How much each term tells: ln of the share of names that do not hold it, in nats."""
        return np.log((len(self.masses) + 1) / (np.diff(self.starts) + 0.5)).clip(0.1)

    @cached_property
    def masses(self) -> npt.NDArray[np.float32]:
        """How much the words of each name tell together."""
        masses: npt.NDArray[np.float32] = self._array("masses")
        return masses

    @cached_property
    def postings(self) -> npt.NDArray[np.uint32]:
        """The names of each term."""
        postings: npt.NDArray[np.uint32] = self._array("postings")
        return postings

    @cached_property
    def remainders(self) -> Remainders:
        """What finds words one letter off."""
        return Remainders(self._array("remainders"), self._array("remainder_words"))

    @cached_property
    def trigrams(self) -> Trigrams:
        """What finds words two letters off."""
        return Trigrams(self._array("trigram_starts"), self._array("trigram_words"))

    def _array(self, name: str) -> Any:
        return np.load(self.folder / f"{name}.npy", mmap_mode="r")

    @cached_property
    def rows(self) -> npt.NDArray[np.uint32]:
        """The rows of each name, head offices first."""
        rows: npt.NDArray[np.uint32] = self._array("rows")
        return rows

    @cached_property
    def row_starts(self) -> Ints:
        """Where the rows of each name start."""
        starts: Ints = self._array("row_starts")
        return starts

    def find(self, queries: Sequence[tuple[str, ...]], most: int = 30) -> Alike:
        """Return the ``most`` names most alike to each query of cleaned words.

        Likeness is the share of what both tell together that both tell alike (Jaccard weighted by idf):
        ``m / (q + e - m)``, where ``m`` sums the idf of the terms met, each times how well it is met.
        """
        met = self._met(queries)
        pieces = []
        for start in range(0, len(queries), _STRETCH):
            stop = min(start + _STRETCH, len(queries))
            pieces.append(self._score(queries, met, (start, stop), most))
        return Alike(*(np.concatenate(part) for part in zip(*pieces, strict=True)))

    def mass_of(self, words: Sequence[str]) -> float:
        """Return how much the words of a query tell; a word that no name holds tells most."""
        unheard = float(np.log(len(self.masses) + 1))
        return sum(
            float(self.idf[place]) if (place := self._places.get(word)) is not None else unheard
            for word in words
        )

    @cached_property
    def _places(self) -> dict[str, int]:
        return {term: place for place, term in enumerate(self.terms)}

    def _met(self, queries: Sequence[tuple[str, ...]]) -> pl.DataFrame:
        """Return the terms of the index that each query meets (``query``, ``place``, ``weight``)."""
        asked = [(i, term) for i, words in enumerate(queries) for term in terms_of(words)]
        frame = pl.DataFrame(asked, schema={"query": pl.UInt32, "term": pl.String}, orient="row")
        distinct = frame["term"].unique(maintain_order=True).to_list()
        pairs = pl.concat([self._as_written(distinct), self._misspelt(distinct), self._begun(distinct)])
        met = set(pairs["term"].to_list())
        pairs = pl.concat([pairs, self._twice_misspelt([term for term in distinct if term not in met])])
        best = pairs.group_by("term", "place").agg(pl.col("weight").max())
        return frame.join(best, on="term").select("query", "place", "weight")

    def _as_written(self, asked: list[str]) -> pl.DataFrame:
        rows = [
            (term, place, INITIAL if term.startswith(INITIALS) else 1.0)
            for term in asked
            if (place := self._places.get(term)) is not None
        ]
        return pl.DataFrame(rows, schema=_PAIRS, orient="row")

    def _misspelt(self, asked: list[str]) -> pl.DataFrame:
        words = [term if not term.startswith(INITIALS) else "" for term in asked]
        found, places = near_words(words, self.remainders, self.terms)
        texts = pl.Series(asked, dtype=pl.String)[found] if len(found) else pl.Series([], dtype=pl.String)
        return pl.DataFrame(
            {"term": texts, "place": places, "weight": np.full(len(places), MISSPELT)}, schema=_PAIRS
        )

    def _twice_misspelt(self, asked: list[str]) -> pl.DataFrame:
        """Return the terms two letters off those that nothing else meets."""
        found, places = similar_words(asked, self.trigrams, self.terms)
        texts = pl.Series(asked, dtype=pl.String)[found] if len(found) else pl.Series([], dtype=pl.String)
        return pl.DataFrame(
            {"term": texts, "place": places, "weight": np.full(len(places), TWICE_MISSPELT)}, schema=_PAIRS
        )

    def _begun(self, asked: list[str]) -> pl.DataFrame:
        """Return the terms that start with a term which no name holds: names are cut on short forms."""
        rows = []
        sorted_terms = np.array(self.terms, dtype=object)
        for term in asked:
            if term in self._places or len(term) < _FEWEST_LETTERS or term.startswith(INITIALS):
                continue
            start = int(np.searchsorted(sorted_terms, term))
            stop = int(np.searchsorted(sorted_terms, term + "\x7f"))
            if stop - start <= _MOST_BEGUN:
                rows += [(term, place, BEGUN) for place in range(start, stop)]
        return pl.DataFrame(rows, schema=_PAIRS, orient="row")

    def _score(
        self, queries: Sequence[tuple[str, ...]], met: pl.DataFrame, stretch: tuple[int, int], most: int
    ) -> tuple[Ints, Ints, Floats]:
        start, stop = stretch
        own = met.filter(pl.col("query").is_between(start, stop - 1))
        place = own["place"].to_numpy().astype(np.int64)
        query = own["query"].to_numpy().astype(np.int64)
        counts = self.starts[place + 1] - self.starts[place]
        kept = _affordable(query, counts)
        place, query, counts = place[kept], query[kept], counts[kept]
        told = own["weight"].to_numpy()[kept] * self.idf[place]
        shifts = self.starts[place] - np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int64)
        names = self.postings[np.repeat(shifts, counts) + np.arange(counts.sum())].astype(np.int64)
        keys = np.repeat(query, counts) * len(self.masses) + names
        order = np.argsort(keys, kind="stable")
        pairs, first = np.unique(keys[order], return_index=True)
        mass = np.add.reduceat(np.repeat(told, counts)[order], first) if len(pairs) else np.zeros(0)
        query, entry = np.divmod(pairs, len(self.masses))
        asked = np.array([self.mass_of(queries[i]) for i in range(start, stop)])[query - start]
        held = self.masses[entry].astype(np.float64)
        mass = np.minimum(mass, np.minimum(asked, held))
        share = mass / np.maximum(asked + held - mass, 1e-9)
        best = np.lexsort((entry, -share, query))
        rank = np.arange(len(best)) - np.searchsorted(query[best], query[best], side="left")
        best = best[rank < most]
        return query[best], entry[best], share[best]


_PAIRS = {"term": pl.String, "place": pl.Int64, "weight": pl.Float64}


def _affordable(query: Ints, counts: Ints) -> npt.NDArray[np.bool_]:
    """Return which terms to follow: the rarest of each query, until enough names are gathered."""
    order = np.lexsort((counts, query))
    running = np.cumsum(counts[order])
    first = np.searchsorted(query[order], query[order], side="left")
    before = running - counts[order] - (running[first] - counts[order][first])
    kept = np.zeros(len(query), dtype=bool)
    kept[order] = before < _MOST_NAMES
    return kept


def open_names(folder: Path) -> NameIndex:
    """Open the names of a snapshot's folder; ``MissingData`` where it has none."""
    place = folder / FOLDER
    if not (place / "masses.npy").is_file():
        raise MissingData(
            message("The company register {name} has no index of names.", name=folder.name),
            message("Build it again: maillon register build FILES."),
        )
    return NameIndex(place)
