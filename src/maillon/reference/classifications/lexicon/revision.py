"""Weights revised by verdicts: how far the answers of firms move what the lexicon says of a noun."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from maillon.reference.classifications.families import find_family
from maillon.reference.classifications.lexicon.nouns import PartNoun
from maillon.reference.classifications.lexicon.verdicts import CONFIRMED, Verdict

STRENGTH = 10.0  # answers that the judgement in the sheets is worth


def revise_weights(
    weights: dict[str, float], confirmed: dict[str, float], refused: dict[str, float]
) -> dict[str, float]:
    """Return shares revised by counts of answers for and against each code; they sum to 1.

    ``(S w + c) S / (S + r)``, scaled to sum 1, with S = 10: confirmations are counts beside a Dirichlet prior
    of strength S (the posterior mean), refusals shrink a code as r of S + r draws against it would.

    >>> revise_weights({"milling": 0.5, "turning": 0.5}, {"turning": 10}, {})
    {'milling': 0.25, 'turning': 0.75}
    """
    codes = weights.keys() | confirmed.keys()
    score = {
        code: (STRENGTH * weights.get(code, 0) + confirmed.get(code, 0))
        * (STRENGTH / (STRENGTH + refused.get(code, 0)))
        for code in sorted(codes)
    }
    total = sum(score.values())
    return {code: value / total for code, value in score.items() if value > 0}


def to_percent(weights: dict[str, float]) -> dict[str, int]:
    """Return whole percents that sum to 100, by largest remainder; what rounds to 0 is left out.

    >>> to_percent({"a": 1 / 3, "b": 2 / 3, "c": 0.0})
    {'b': 67, 'a': 33}
    """
    floors = {code: int(100 * weight) for code, weight in weights.items()}
    by_rest = sorted(weights, key=lambda code: (floors[code] - 100 * weights[code], code))
    for code in by_rest[: 100 - sum(floors.values())]:
        floors[code] += 1
    ordered = sorted(floors.items(), key=lambda item: (-item[1], item[0]))
    return {code: percent for code, percent in ordered if percent}


def count_answers(verdicts: Sequence[Verdict]) -> tuple[dict[str, float], dict[str, float]]:
    """Return process → number of confirmations, and process → number of refusals."""
    confirmed = Counter(v.process for v in verdicts if v.verdict == CONFIRMED)
    refused = Counter(v.process for v in verdicts if v.verdict != CONFIRMED)
    return dict(confirmed), dict(refused)


def by_family(noun: PartNoun, counts: dict[str, float]) -> dict[str, float]:
    """Share counts of processes among the families of a noun, by how much each explains the process."""
    shared: dict[str, float] = {}
    for process, count in counts.items():
        explains = {f: p * find_family(f).processes.get(process, 0) for f, p in noun.families.items()}
        total = sum(explains.values())
        for family, part in explains.items():
            if part:
                shared[family] = shared.get(family, 0) + count * part / total
    return shared


def revise_noun(noun: PartNoun, verdicts: Sequence[Verdict]) -> tuple[str, dict[str, int], dict[str, float]]:
    """Return the column to change (``processes`` or ``family``), its new percents, and its present shares.

    A noun of one family gets processes of its own; a noun of several, other shares of its families.
    """
    confirmed, refused = count_answers(verdicts)
    if len(noun.families) == 1:
        now = noun.processes_in(next(iter(noun.families)))
        return "processes", to_percent(revise_weights(now, confirmed, refused)), now
    now = noun.families
    revised = revise_weights(now, by_family(noun, confirmed), by_family(noun, refused))
    return "family", to_percent(revised), now
