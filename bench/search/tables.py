"""Tables of an evaluation as rows of text."""

from __future__ import annotations

from collections.abc import Sequence

from bench.search.evaluation import Line
from bench.search.intervals import Interval

HEADER = ["system", "questions", "nDCG@10", "recall@50", "success@1", "x plain BM25", "p"]


def rows_of(lines: Sequence[Line], questions: str) -> list[list[str]]:
    """Return a row a system; ``questions`` names and counts what was asked."""
    return [
        [
            line.system,
            questions,
            str(line.ndcg),
            str(line.recall),
            str(line.success),
            _ratio(line.ratio),
            "" if line.p is None else f"{line.p:.4f}",
        ]
        for line in lines
    ]


def _ratio(ratio: Interval | None) -> str:
    return "" if ratio is None else f"{ratio.value:.2f} [{ratio.low:.2f}, {ratio.high:.2f}]"
