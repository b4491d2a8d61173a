"""Which character separates the columns of a text table: the one that cuts most lines alike."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

SEPARATORS = (";", "\t", ",", "|")
_ANNOUNCED = re.compile(r"sep=(.)[\r\n]", re.IGNORECASE)
_SAMPLE_LINES = 400
_ENOUGH = 0.5
_NEARLY_ALL = 0.9


def announced_separator(text: str) -> str:
    r"""Return the separator of a first line ``sep=;``, empty where there is none.

    >>> announced_separator("sep=;\r\na;b")
    ';'
    """
    found = _ANNOUNCED.match(text)
    return found[1] if found else ""


def find_separator(text: str) -> str:
    r"""Return the separator of a table, empty for a text of one column.

    Each candidate is scored by the share of filled lines that it cuts into the commonest number of columns,
    weighed by how many columns that is. The comma, which also stands in numbers, is only taken where no other
    cuts nearly all lines alike.

    >>> find_separator("réf;prix\nA;1,50\nB;12,00\n"), find_separator("8  x Cup Hooks\n2 x Nuts\n")
    (';', '')
    """
    sample = _first_lines(text)
    scores = {separator: _score(sample, separator) for separator in SEPARATORS}
    sure = [s for s in SEPARATORS if s != "," and scores[s][1] >= _NEARLY_ALL]
    best = max(sure or SEPARATORS, key=lambda separator: scores[separator][0])
    return best if scores[best][0] > 0 else ""


def _first_lines(text: str) -> str:
    end = 0
    for _ in range(_SAMPLE_LINES):
        following = min((p for p in (text.find("\n", end), text.find("\r", end)) if p >= 0), default=-1)
        if following < 0:
            return text[: end + (1 << 20)] if end else text[: 1 << 20]
        end = following + 1
    return text[:end]


def _score(sample: str, separator: str) -> tuple[float, float]:
    """Return the score of a separator, and the share of filled lines that it cuts alike."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    widths: Counter[int] = Counter()
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                widths[len(row)] += 1
    except csv.Error:
        return 0.0, 0.0
    filled = sum(widths.values())
    cut = {width: count for width, count in widths.items() if width > 1}
    if not cut:
        return 0.0, 0.0
    width, count = max(cut.items(), key=lambda item: (item[1], item[0]))
    share = sum(cut.values()) / filled
    # one comma in a sentence makes no table: most lines must be cut, and alike
    if share < _ENOUGH or count / filled < _ENOUGH / 2:
        return 0.0, 0.0
    return count / filled * share * (1 - 1 / width), count / filled
