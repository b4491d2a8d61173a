"""The words of goods, level by level: headings, HS subheadings, CN codes, from the shipped nomenclature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from maillon.reference.classifications.titles.words import split_label

POSITION = "80"
#: What the words of a label weigh for the code itself, for the codes above it and for those below.
OWN, BELOW, TITLE, CHAPTER = 1.0, 0.7, 0.5, 0.15

Words = dict[str, float]


@dataclass(frozen=True, slots=True)
class Node:
    """A code, the words that tell it from its sisters, and its own French label."""

    code: str
    words: Words
    label: str


Nodes = dict[str, Node]
Row = tuple[str, str, int | None, str, str, str | None]


def goods_nodes(rows: list[Row]) -> tuple[Nodes, Nodes, Nodes]:
    """Return the headings, subheadings and CN codes of the table of the nomenclature, each with its words."""
    words = [label_words(row[3], row[4]) for row in rows]
    divided = {row[2] for row in rows if row[2] is not None}
    headings: Nodes = {}
    below: tuple[Nodes, Nodes] = ({}, {})
    for number, (code, suffix, _, label, *_) in enumerate(rows):
        if suffix != POSITION or len(code) == 2:
            continue
        path = list(_path(rows, number))
        heading = headings.setdefault(code[:4], Node(code[:4], {}, label))
        if len(code) == 4:
            _merge(heading.words, words[number], OWN)
            _merge_above(heading.words, rows, words, path[1:])
        for step in path:
            _merge(heading.words, words[step] if len(rows[step][0]) > 4 else {}, BELOW)
        if len(code) > 4 or number not in divided:
            _add_below(below, rows, words, path, number not in divided)
    return headings, *below


def _add_below(
    below: tuple[Nodes, Nodes], rows: list[Row], words: list[Words], path: list[int], is_leaf: bool
) -> None:
    """Enter a position below a heading, or an undivided one, at the levels that it stands for."""
    code, label = rows[path[0]][0], rows[path[0]][3]
    digits = code.ljust(6, "0")[:6]
    sub = below[0].setdefault(digits, Node(digits, {}, label if len(code) == 6 else ""))
    for step in path:
        own = len(rows[step][0])
        if own in (6, 8):
            _merge(sub.words, words[step], OWN if own == 6 else BELOW)
    if is_leaf:
        leaf = below[1].setdefault(code.ljust(8, "0"), Node(code.ljust(8, "0"), {}, label))
        for step in path:
            if len(rows[step][0]) == 8:
                _merge(leaf.words, words[step], OWN)


def _merge_above(into: Words, rows: list[Row], words: list[Words], path: list[int]) -> None:
    for step in path:
        code, suffix = rows[step][:2]
        _merge(into, words[step], CHAPTER if len(code) == 2 and suffix == POSITION else TITLE)


def _path(rows: list[Row], number: int) -> Iterator[int]:
    """Yield the row and those above it, the chapter last."""
    above: int | None = number
    while above is not None:
        yield above
        above = rows[above][2]


def label_words(french: str | None, english: str | None) -> Words:
    """Return the words of a label, marked with their language, each with what it weighs at most."""
    found: Words = {}
    for label, language in ((french, "fr"), (english, "en")):
        for key, weight in split_label(label or "", language):
            word = f"{language}:{key}"
            found[word] = max(found.get(word, 0.0), weight)
    return found


def _merge(into: Words, words: Words, factor: float) -> None:
    for word, weight in words.items():
        if into.get(word, 0.0) < weight * factor:
            into[word] = weight * factor
