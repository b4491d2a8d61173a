"""How figures are written in designations (``figures.csv``): one pattern a row, tried in this order.

Patterns meet text that is folded (lower case, no accents). The order settles who wins: ``ISO 2768-mK`` is a
tolerance before it is a standard, ``M8x20`` a thread before it is a size. ``<name>`` stands for a pattern
that several rows share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from maillon.reference.classifications.processes.sheet import read_rows, sheet_path

NUMBER = r"\d+(?:[.,]\d+)?"
SHARED = {
    "<size>": r"<number>(?:\s?(?:mm|cm|µm|um|m|in|\")(?![a-z0-9]))?",
    "<number>": NUMBER,
    "<times>": r"\s?[x*]\s?",
    "<equals>": r"\s?\.?\s?[=:]?\s?",
    "<end>": r"(?![a-z0-9])",
    "<unc>": r"(?:#?(?:2-56|4-40|6-32|8-32|10-24|10-32)|1/4\"?-20|1/4\"?-28|5/16\"?-18|3/8\"?-16|1/2\"?-13)",
    "<packages>": (
        r"01005|0201|0402|0603|0805|1206|1210|1812|2010|2512|sot-?\d{2,3}(?:-\d+)?|soic-?\d*|s?sop-?\d+"
        r"|tssop-?\d+|[lt]?qfp-?\d+|[vw]?qfn-?\d+|dfn-?\d+|bga-?\d+|dip-?\d+|to-?(?:92|220|247|252|263)"
        r"|sod-?\d{2,3}[a-z]*|sma|smb|smc|do-\d+"
    ),
}
DEVIATION = re.compile(
    rf"(?:±|\+/-|\+-)\s?{NUMBER}(?:\s?(?:mm|µm|%))?|[+]\s?0(?:[.,]\d+)?\s?/?\s?-\s?0(?:[.,]\d+)?"
)


ANY_DIGIT = "0"
ANY_LETTER = "*"
_START = re.compile(r"(?<![a-z0-9.,])(?:[a-z]+|\d|[ø#])")


class Branch(NamedTuple):
    """The patterns that may begin with one word or with a digit, as one, and the kind of each group."""

    pattern: re.Pattern[str]
    kinds: tuple[str, ...]


@cache
def figure_rows() -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Return kind, starts and pattern of every row, shared names unfolded.

    ``starts`` are the runs of letters that a figure of the row may begin with, ``0`` for any digit; ``nf*``
    is nf and one more letter. They only save time: a test checks them against the patterns.
    """
    rows = read_rows(sheet_path(__package__, "figures.csv"))
    return tuple((row["kind"], tuple(row["starts"].split("|")), _unfold(row["pattern"])) for row in rows)


@cache
def _rows_by_start() -> dict[str, list[tuple[str, str]]]:
    """Return start → the kind and pattern of each of its rows, in their order."""
    starts: dict[str, list[tuple[str, str]]] = {}
    for kind, words, pattern in figure_rows():
        for word in words:
            for start in start_words(word):
                starts.setdefault(start, []).append((kind, pattern))
    return starts


def start_words(word: str) -> list[str]:
    """Return the runs of letters that an entry of ``starts`` stands for."""
    if not word.endswith(ANY_LETTER):
        return [word]
    return [word[:-1] + chr(letter) for letter in range(ord("a"), ord("z") + 1)]


@cache
def _branch(start: str) -> Branch:
    """Return the branch of a start, compiled when it is first met."""
    rows = _rows_by_start()[start]
    return Branch(re.compile("|".join(f"({pattern})" for _, pattern in rows)), tuple(k for k, _ in rows))


def match_figures(folded: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield every figure of a folded text and its kind, from left to right."""
    known, end = _rows_by_start(), 0
    for found in _START.finditer(folded):
        word, place = found.group(), found.start()
        start = ANY_DIGIT if word.isdigit() else word
        if place >= end and start in known:
            branch = _branch(start)
            match = branch.pattern.match(folded, place)
            if match:
                end = match.end()
                yield branch.kinds[(match.lastindex or 1) - 1], match


def _unfold(pattern: str) -> str:
    """Replace the shared names, and make every group of the row's own a plain one."""
    for name, meaning in SHARED.items():
        pattern = pattern.replace(name, f"(?:{meaning})")
    return pattern
