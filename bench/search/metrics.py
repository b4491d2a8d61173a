"""How good a ranking is: nDCG, recall, success, for one query; how far two passes of labels agree.

A ranking is a list of firms, best first; ``grades`` gives the relevance of each firm that has one; what it
does not name counts 0 (or, in a condensed list, is left out).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from math import log2


def ndcg(ranking: Sequence[int], grades: Mapping[int, float], depth: int = 10) -> float:
    """Return the normalised discounted cumulative gain of the first ``depth`` places, between 0 and 1.

    ``DCG = SUM grade_i / log2(i + 1)``, divided by that of the best order of every graded firm (Järvelin and
    Kekäläinen 2002, with the grade as gain, as trec_eval does). A ranking shorter than ``depth`` gains
    nothing in the places it leaves empty. 0 where no firm is relevant.

    >>> round(ndcg([7, 5, 9], {5: 2.0, 9: 1.0}), 4)  # (2/log2(3) + 1/log2(4)) / (2/log2(2) + 1/log2(3))
    0.6697
    """
    best = _dcg(sorted(grades.values(), reverse=True)[:depth])
    return _dcg([grades.get(firm, 0.0) for firm in ranking[:depth]]) / best if best else 0.0


def _dcg(gains: Sequence[float]) -> float:
    return sum(gain / log2(place + 2) for place, gain in enumerate(gains))


def recall(ranking: Sequence[int], relevant: Set[int], depth: int = 50) -> float:
    """Return the share of the relevant firms found in the first ``depth`` places; at best 1.

    Where more than ``depth`` firms are relevant, the share is taken of ``depth``: a list of 50 cannot hold
    more than 50.

    >>> recall([1, 2, 3], {2, 3, 4}), recall([1, 2], {1, 2, 3, 4}, depth=2)
    (0.6666666666666666, 1.0)
    """
    possible = min(len(relevant), depth)
    return len(relevant & set(ranking[:depth])) / possible if possible else 0.0


def success(ranking: Sequence[int], relevant: Set[int], depth: int = 1) -> float:
    """Return 1 if one of the first ``depth`` firms is relevant, else 0.

    >>> success([3, 1], {1}), success([3, 1], {1}, depth=2)
    (0.0, 1.0)
    """
    return float(any(firm in relevant for firm in ranking[:depth]))


def condense(ranking: Sequence[int], judged: Set[int]) -> list[int]:
    """Return the ranking without the firms that nobody judged (Sakai 2007), for incomplete judgements.

    >>> condense([4, 1, 9, 2], {1, 2, 3})
    [1, 2]
    """
    return [firm for firm in ranking if firm in judged]


def bpref(ranking: Sequence[int], relevant: Set[int], refused: Set[int]) -> float:
    """Return how seldom a refused firm stands before a relevant one (Buckley and Voorhees 2004).

    ``1/R x SUM over relevant firms found (1 - min(refused above, R) / min(R, N))``, with R relevant and N
    refused firms; firms that nobody judged do not count.

    >>> round(bpref([1, 8, 2, 9, 5], {1, 2, 3}, {8, 9}), 4)  # (1 + (1 - 1/2)) / 3
    0.5
    """
    if not relevant:
        return 0.0
    bound, above, total = min(len(relevant), len(refused)), 0, 0.0
    for firm in ranking:
        if firm in relevant:
            total += 1 - min(above, len(relevant)) / bound if bound else 1
        above += firm in refused
    return total / len(relevant)


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Return Cohen's kappa of two annotators: ``(observed - expected) / (1 - expected)`` agreement (1960).

    ``ValueError`` if the two are not of the same length or empty.

    >>> round(kappa(["a", "a", "b", "b"], ["a", "a", "b", "a"]), 4)  # (0.75 - 0.5) / (1 - 0.5)
    0.5
    """
    total = len(first)
    observed = sum(one == other for one, other in zip(first, second, strict=True))
    if not total:
        raise ValueError("no label to compare")
    ones, others = Counter(first), Counter(second)
    expected = sum(count * others[label] for label, count in ones.items()) / total**2
    return 1.0 if expected == 1 else (observed / total - expected) / (1 - expected)
