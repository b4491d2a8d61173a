"""Ranking for every need in every territory, and the figures of each system with their intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

from bench.search.baselines import Rows, System
from bench.search.corpus import Judge
from bench.search.intervals import Interval, compare_pairs, estimate_mean, estimate_ratio
from bench.search.labelled_set import Labelled
from bench.search.metrics import condense, ndcg, recall, success

Territory = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One need asked in one territory: who is relevant there, and how much."""

    need: Labelled
    territory: Territory
    grades: dict[int, float]


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of one system, one for each ``Asked``, in the same order."""

    system: str
    ndcg: tuple[float, ...]
    recall: tuple[float, ...]
    success: tuple[float, ...]
    condensed: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Who was asked what, and the figures of each system."""

    asked: tuple[Asked, ...]
    scores: tuple[Scores, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One system in a table: means with 95 % intervals, and beside the system it is compared with."""

    system: str
    ndcg: Interval
    recall: Interval
    success: Interval
    condensed: Interval
    ratio: Interval | None
    p: float | None


def ask_everywhere(
    needs: Sequence[Labelled], judge: Judge, rows: Mapping[Territory, Rows]
) -> tuple[list[Asked], int]:
    """Return every need in every territory where some firm can answer it, and how many were left out.

    A need that no firm there can make is not asked: any order would be as good.
    """
    inside = {territory: frozenset(there.tolist()) for territory, there in rows.items()}
    every = [Asked(need, t, judge.grades(need, inside[t])) for t in rows for need in needs]
    asked = [one for one in every if one.grades]
    return asked, len(every) - len(asked)


def evaluate(
    systems: Sequence[System],
    asked: Sequence[Asked],
    rows: Mapping[Territory, Rows],
    judged: Set[int] | None = None,
) -> Evaluation:
    """Put the questions to every system, among the ``rows`` of their territories.

    ``judged`` are the firms that someone judged (all by default, as a hidden truth does): the condensed nDCG
    passes over the others.
    """
    ordered = sorted(asked, key=lambda one: list(rows).index(one.territory))  # stable: needs keep their order
    return Evaluation(tuple(ordered), tuple(_scores(system, ordered, rows, judged) for system in systems))


def _scores(
    system: System, asked: Sequence[Asked], rows: Mapping[Territory, Rows], judged: Set[int] | None
) -> Scores:
    rankings: list[list[int]] = []
    for territory, there in rows.items():
        needs = [one.need for one in asked if one.territory == territory]
        rankings += system.rank(needs, there) if needs else []
    pairs = list(zip(rankings, asked, strict=True))
    return Scores(
        system.name,
        tuple(ndcg(ranking, one.grades) for ranking, one in pairs),
        tuple(recall(ranking, one.grades.keys()) for ranking, one in pairs),
        tuple(success(ranking, one.grades.keys()) for ranking, one in pairs),
        tuple(ndcg(condense(r, judged) if judged is not None else r, one.grades) for r, one in pairs),
    )


def summarise(
    evaluation: Evaluation, against: str, kept: Callable[[Asked], bool] = lambda asked: True
) -> list[Line]:
    """Return a line for each system over the questions ``kept``, beside the system named ``against``.

    ``ratio`` is the mean nDCG over that of the other; ``p`` is the permutation test of their difference;
    clusters are part nouns. No line where nothing is kept.
    """
    places = [place for place, asked in enumerate(evaluation.asked) if kept(asked)]
    nouns = [evaluation.asked[place].need.noun for place in places]
    if not places:
        return []
    reference = next(scores for scores in evaluation.scores if scores.system == against)
    base = [reference.ndcg[place] for place in places]
    return [_line(scores, places, nouns, base, against) for scores in evaluation.scores]


def _line(
    scores: Scores, places: Sequence[int], nouns: Sequence[str], base: Sequence[float], against: str
) -> Line:
    measured = (scores.ndcg, scores.recall, scores.success, scores.condensed)
    gains, found, first, condensed = ([values[place] for place in places] for values in measured)
    other = scores.system != against
    return Line(
        scores.system,
        estimate_mean(gains, nouns),
        estimate_mean(found, nouns),
        estimate_mean(first, nouns),
        estimate_mean(condensed, nouns),
        estimate_ratio(gains, base, nouns) if other and any(base) else None,
        compare_pairs(gains, base, nouns) if other else None,
    )
