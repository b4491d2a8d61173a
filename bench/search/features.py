"""What each candidate's score is made of, so that other weights can be tried without searching again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bench.search.baselines import Rows
from bench.search.corpus import Corpus
from bench.search.evaluation import Asked, Territory
from bench.search.metrics import ndcg
from bench.search.ours import corpus_rows
from maillon.method.search.suppliers import Filters, Profile, read_need
from maillon.method.search.suppliers.filters import distances, failures
from maillon.method.search.suppliers.gather import gather
from maillon.method.search.suppliers.profile import TERMS
from maillon.method.search.suppliers.search import Searcher
from maillon.method.search.suppliers.terms import score_firms


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A question: its noun, its candidates in the order of SIRET, their x (by ``TERMS``), their grades."""

    noun: str
    rows: NDArray[np.int64]
    xs: NDArray[np.float64]
    grades: Mapping[int, float]
    share: float = 1.0  # of the objective, before all shares are made to sum to 1

    def score(self, weights: Mapping[str, float]) -> float:
        """Return the nDCG@10 of the ranking that these weights give."""
        scores = self.xs @ np.array([weights[term] for term in TERMS])
        best = np.lexsort((self.rows, -np.round(scores, 6)))[:10]
        return ndcg(self.rows[best].tolist(), self.grades)


def read_questions(
    searcher: Searcher,
    corpus: Corpus,
    asked: Sequence[Asked],
    rows: Mapping[Territory, Rows],
    profile: Profile,
    whole: float = 1.0,
) -> list[Question]:
    """Return each question with what the search knows of every candidate among its ``rows``.

    The questions share ``whole`` equally.
    """
    # with weights of 1, the points of a term are its x, to a thousandth; an unknown one is 0
    ones = {"bias": 0.0, **dict.fromkeys(TERMS, 1.0)}
    unit = replace(profile, version=f"{profile.version}-unit", weights=ones)
    places = corpus_rows(searcher.index.columns, corpus)
    read = [_question(searcher, places, one, rows[one.territory], unit) for one in asked]
    return [replace(question, share=whole / len(read)) for question in read]


def _question(
    searcher: Searcher, places: NDArray[np.int64], asked: Asked, rows: Rows, unit: Profile
) -> Question:
    need, filters = read_need(asked.need.designation), Filters(departements=frozenset(asked.territory))
    linked = gather(searcher.index, searcher.activities, need, filters, unit)
    km = distances(searcher.index, linked.rows, filters)
    failed = failures(searcher.index, linked.rows, km, need, filters)
    kept = ~np.any([*failed.values()], axis=0) & np.isin(places[linked.rows], rows)
    points = score_firms(searcher.index, need, linked, km, unit).points[:, kept].T
    found = places[linked.rows[kept]]
    order = np.argsort(found)
    return Question(asked.need.noun, found[order], points[order], asked.grades)
