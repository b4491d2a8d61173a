"""``python -m bench.search.tune --out FILE``: fit the weights of the search on development nouns and firms.

Half of the objective are the development designations, half the objects of public contracts (see
``contract_tier``): a buyer of the first names a part, one of the second tells in words what firms tell too.
Fitted on one kind alone, the weight of words would be wrong for the other.

Coordinate ascent on the mean nDCG@10: one weight at a time is tried at some multiples, the best is kept,
until a whole round gains less than ``_LEAST``. Only terms that tell whether a firm *can* make the part are
fitted; distance, headcount, lot and certificates are preferences that no label of ours judges, and stay as
they are. What the fit is worth is told by folds of nouns: fitted on four fifths, measured on the last.

A fitted profile is a proposal: the invented firms' processes are drawn from the same links as the term
``activity``, so its weight comes out too high, and somebody has to judge before it replaces the shipped one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console

from bench.search.features import Question, read_questions
from bench.search.intervals import estimate_mean
from bench.search.setting import Setting, open_setting
from maillon.method.search.suppliers import Profile, load_profile, standard_profile
from maillon.method.search.suppliers.profile import STANDARD
from maillon.method.search.suppliers.search import searcher_of

#: The terms that a label of process can judge.
FITTED = ("process", "text", "activity", "material", "size", "tolerance", "maker")
_STEPS = (0.25, 0.5, 0.7, 0.85, 1.2, 1.4, 2.0, 4.0)
_BOUND = 4.0  # no weight leaves a quarter to four times the judged one
_LEAST = 0.0005
_ROUNDS = 12
_FOLDS = 5
_SIZE = 40_000  # rows written: contracts are few

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Fit:
    """Fitted weights, and the mean nDCG@10 before and after on the questions that they were fitted on."""

    weights: Weights
    before: float
    after: float


def fit_weights(
    questions: Sequence[Question], start: Mapping[str, float], seed: int = 0, least_process: float = 0.0
) -> Fit:
    """Return the weights that coordinate ascent reaches from ``start``; the same for a seed.

    ``least_process`` is what the evidence of a process must weigh at least: see ``comfort``.
    """
    generator = np.random.default_rng(seed)
    weights, before = dict(start), _mean(questions, start)
    best = before
    for _ in range(_ROUNDS):
        reached = best
        for term in generator.permutation(FITTED).tolist():
            least = max(start[term] / _BOUND, least_process if term == "process" else 0.0)
            weights, best = _improve(questions, weights, best, term, (least, start[term] * _BOUND))
        if best - reached < _LEAST:
            break
    return Fit(weights, before, best)


def _improve(
    questions: Sequence[Question], weights: Weights, best: float, term: str, bounds: tuple[float, float]
) -> tuple[Weights, float]:
    """Return the weights with the best multiple of one of them; as they were where none gains."""
    chosen = weights
    for step in _STEPS:
        value = float(np.clip(weights[term] * step, *bounds))
        tried = {**weights, term: round(value, 3)}
        reached = _mean(questions, tried)
        if reached > best + 1e-9:
            chosen, best = tried, reached
    return chosen, best


def _mean(questions: Sequence[Question], weights: Mapping[str, float]) -> float:
    scores = [question.score(weights) for question in questions]
    return float(np.average(scores, weights=[question.share for question in questions]))


def comfort(profile: Profile) -> float:
    """Return more than what being near and large can add: a sound profile gives evidence at least that.

    >>> 0 < comfort(standard_profile()) <= standard_profile().weights["process"]
    True
    """
    xs = [x for _, x in profile.bands]
    nearness, size = profile.weights["distance"], profile.weights["headcount"] * (max(xs) - min(xs))
    return round(nearness + size + 0.1, 3)


def cross_validate(
    questions: Sequence[Question], start: Mapping[str, float], least_process: float = 0.0
) -> tuple[list[float], list[float]]:
    """Return the nDCG of every question with ``start``, and with weights fitted on other nouns."""
    nouns = sorted({question.noun for question in questions})
    fold = {noun: place % _FOLDS for place, noun in enumerate(nouns)}
    fitted = [
        fit_weights([q for q in questions if fold[q.noun] != held], start, 0, least_process).weights
        for held in range(_FOLDS)
    ]
    return [q.score(start) for q in questions], [q.score(fitted[fold[q.noun]]) for q in questions]


def write_profile(source: str, version: str, weights: Mapping[str, float]) -> str:
    """Return the text of a profile with another version and other weights; its comments stay.

    >>> write_profile('version = "1"\\n[weights]\\ntext = 1.2  # words\\n', "2", {"text": 0.9})
    'version = "2"\\n[weights]\\ntext = 0.9  # words\\n'
    """
    head, mark, rest = source.partition("[weights]")
    section, following, tail = rest.partition("\n[")
    for term, value in weights.items():
        section = re.sub(rf"(?m)^({term}\s*=\s*)-?[\d.]+", rf"\g<1>{value:g}", section)
    return re.sub(r"(?m)^version\s*=.*$", f'version = "{version}"', head) + mark + section + following + tail


def main(
    out: Annotated[Path, typer.Option(help="Where to write the fitted profile.")],
    version: Annotated[str, typer.Option(help="Its version.")] = "fitted",
) -> None:
    """Fit the weights on the development part of the invented register and write a profile."""
    console = Console()
    with open_setting(size=_SIZE) as setting:
        designations, contracts = _questions(setting)
    questions = [*designations, *contracts]
    start = dict(standard_profile().weights)
    least = comfort(standard_profile())
    fit = fit_weights(questions, start, least_process=least)
    judged, held = cross_validate(questions, start, least)
    source = (files("maillon.method.search.suppliers") / "profiles" / f"{STANDARD}.toml").read_text("utf-8")
    out.write_text(write_profile(source, version, fit.weights), encoding="utf-8")
    load_profile(out)
    console.print(f"nDCG@10 fitted on all of them: {fit.before:.4f} -> {fit.after:.4f}")
    first = len(designations)
    for kind, part in (("designations", slice(first)), ("contracts", slice(first, None))):
        nouns = [question.noun for question in questions[part]]
        was, now = estimate_mean(judged[part], nouns), estimate_mean(held[part], nouns)
        console.print(
            f"{kind}, {len(nouns)} of {len(set(nouns))} nouns, held out: judged {was}, fitted {now}"
        )
    for term in FITTED:
        console.print(f"{term:10} {start[term]:6g} -> {fit.weights[term]:g}")


def _questions(setting: Setting) -> tuple[list[Question], list[Question]]:
    """Return the development designations and contracts, each kind half of the objective."""
    profile, corpus = standard_profile(), setting.corpus(enriched=True)
    asked, rows = setting.ask("dev", enriched=True)
    designations = read_questions(searcher_of(setting.nameless()), corpus, asked, rows, profile, 0.5)
    then, tier = setting.contracts("dev")
    return designations, read_questions(searcher_of(then), corpus, tier.asked, tier.rows, profile, 0.5)


if __name__ == "__main__":
    typer.run(main)
