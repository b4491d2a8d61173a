"""The product's own search as a system, and the same with one of its means taken away.

An ablation changes what the search is given (the need, the profile, the analyser of words), never the search.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

import numpy as np
import tantivy
from numpy.typing import NDArray

from bench.search.baselines import DEPTH, Rows
from bench.search.corpus import Corpus
from bench.search.labelled_set import Labelled
from maillon.method.search.designation import Share
from maillon.method.search.suppliers import Filters, Need, Profile, read_need, standard_profile
from maillon.method.search.suppliers.filters import distances, failures
from maillon.method.search.suppliers.gather import gather
from maillon.method.search.suppliers.search import Searcher, searcher_of
from maillon.method.search.suppliers.terms import score_firms
from maillon.reference.register import Register
from maillon.reference.register.index import text
from maillon.reference.register.index.columns import Columns

_WORD = re.compile(r"\w+")
OURS = "Maillon"

Asking = Callable[[Need, Labelled], Need]


def take_all(need: Need, label: Labelled) -> Need:
    """Return the need as it was read."""
    return need


def tell_processes(need: Need, label: Labelled) -> Need:
    """Return the need with the processes of its label: what a perfect reading would have searched.

    The first is half of it, the others share the rest. No system: it tells what is lost in reading.
    """
    first, *others = label.processes
    shares = [Share(first, 0.5 if others else 1.0), *(Share(code, 0.5 / len(others)) for code in others)]
    return replace(need, processes=tuple(shares), treatments=(), activities=())


def forget_lexicon(need: Need, label: Labelled) -> Need:
    """Return a need of the written words only: no process, treatment or other name of the part."""
    written = tuple((word, weight) for word, weight in need.words if weight >= 1.0)
    return replace(need, words=written, processes=(), treatments=(), activities=())


def keep_figures(need: Need, label: Labelled) -> Need:
    """Return a need whose words hold figures, grades and references too: nothing was cleaned away."""
    raw = {word.lower(): 1.0 for word in _WORD.findall(need.text)}
    return replace(need, words=tuple((dict(need.words) | raw).items()))


def without(profile: Profile, term: str) -> Profile:
    """Return a profile in which a term counts for nothing."""
    return replace(profile, version=f"{profile.version}-{term}", weights={**profile.weights, term: 0.0})


@dataclass
class Ours:
    """The product's search over one snapshot."""

    register: Register
    name: str = OURS
    asking: Asking = take_all
    profile: Profile | None = None
    traders: bool = False

    def prepare(self, corpus: Corpus) -> None:
        """Open the index of the snapshot and hold its rows against the documents."""
        self._searcher = searcher_of(self.register)
        self._rows = corpus_rows(self._searcher.index.columns, corpus)
        self._departements = np.array(corpus.firms["departement"].fill_null("").to_list())

    def rank(self, needs: Sequence[Labelled], rows: Rows) -> list[list[int]]:
        """Return the candidates of the territory that are among ``rows``, as the product ranks them."""
        places = frozenset(self._departements[rows].tolist())
        filters = Filters(departements=places, traders=self.traders)
        inside = np.zeros(len(self._departements) + 1, dtype=bool)  # the last place: in no document
        inside[rows] = True
        return [self._rank(self.asking(read_need(need.designation), need), filters, inside) for need in needs]

    def _rank(self, need: Need, filters: Filters, inside: NDArray[np.bool_]) -> list[int]:
        found, scores = score_candidates(self._searcher, need, filters, self.profile or standard_profile())
        kept = inside[self._rows[found]]
        places = self._rows[found[kept]]
        return [int(row) for row in places[np.lexsort((places, -scores[kept]))][:DEPTH]]


def score_candidates(
    searcher: Searcher, need: Need, filters: Filters, profile: Profile
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the index rows of every candidate and their scores; what ``search`` ranks, unexplained."""
    linked = gather(searcher.index, searcher.activities, need, filters, profile)
    km = distances(searcher.index, linked.rows, filters)
    failed = failures(searcher.index, linked.rows, km, need, filters)
    passing = ~np.any([*failed.values()], axis=0) if failed else np.ones(len(linked.rows), dtype=bool)
    return linked.rows[passing], score_firms(searcher.index, need, linked, km, profile).scores[passing]


def corpus_rows(columns: Columns, corpus: Corpus) -> NDArray[np.int64]:
    """Return the corpus row of each index row; the number of documents where it is none (closed, masked)."""
    documents = np.array([int(siret) for siret in corpus.firms["siret"].to_list()], dtype=np.int64)
    sirets = np.asarray(columns.siret, dtype=np.int64)
    spots = np.searchsorted(documents, sirets)
    same = documents[np.minimum(spots, len(documents) - 1)] == sirets
    return np.where(same, spots, len(documents))


def ablations(register: Register) -> list[Ours]:
    """Return the search with, each time, one of its means taken away; and once with perfect reading."""
    standard = standard_profile()
    return [
        Ours(register, "without cleaning", keep_figures),
        Ours(register, "without lexicon", forget_lexicon),
        Ours(register, "without NAF link", profile=without(standard, "activity")),
        Ours(register, "without evidence of processes", profile=without(standard, "process")),
        Ours(register, "without text", profile=without(standard, "text")),
        Ours(register, "(told the labelled processes)", tell_processes),
    ]


@contextmanager
def unstemmed() -> Iterator[None]:
    """Compare words without French endings cut, in what is built and searched inside."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    steps: list[Any] = [tantivy.Filter.remove_long(40), tantivy.Filter.lowercase()]
    steps += [tantivy.Filter.stopword("french"), tantivy.Filter.ascii_fold()]
    for step in steps:
        builder = builder.filter(step)
    analyzer = builder.build()
    with patch.object(text, "_analyzer", lambda: analyzer):
        yield
