"""Tables of an evaluation as rows of text."""

from __future__ import annotations

from collections.abc import Sequence

from bench.search.evaluation import Line
from bench.search.intervals import Interval

HEADER = ["system", "questions", "nDCG@10", "recall@50", "success@1", "x plain BM25", "p"]
CONTRACTS_HEADER = [
    "system",
    "contracts",
    "nDCG@10",
    "condensed",
    "recall@50",
    "success@1",
    "x plain BM25",
    "p",
]


def rows_of(lines: Sequence[Line], questions: str) -> list[list[str]]:
    """Return a row a system; ``questions`` names and counts what was asked."""
    return [
        [line.system, questions, str(line.ndcg), str(line.recall), str(line.success), *_beside(line)]
        for line in lines
    ]


def contract_rows(lines: Sequence[Line], questions: str) -> list[list[str]]:
    """Return a row a system, with the nDCG of the list without the firms that nobody judged."""
    return [
        [
            line.system,
            questions,
            *map(str, (line.ndcg, line.condensed, line.recall, line.success)),
            *_beside(line),
        ]
        for line in lines
    ]


def _beside(line: Line) -> list[str]:
    return [_ratio(line.ratio), "" if line.p is None else f"{line.p:.4f}"]


def _ratio(ratio: Interval | None) -> str:
    return "" if ratio is None else f"{ratio.value:.2f} [{ratio.low:.2f}, {ratio.high:.2f}]"
