"""Builds the words of titles: which words speak for which heading, subheading, CN code and NAF class.

Made from the shipped tables ``cn`` and ``naf``, so that the product need not cut 20,000 labels into words at
every start. Run after ``goods`` and ``activities``.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from maillon.reference.builders.publish import publish
from maillon.reference.builders.title_goods import Nodes, goods_nodes, label_words
from maillon.reference.classifications.titles.tables import ACTIVITY, NODES, WORDS
from maillon.reference.provenance import Origin, sources
from maillon.reference.tables import read_table

BUILDER = "maillon.reference.builders.titles"
OTHER, PARTS = ("autre", "other"), ("partie", "part")
#: What the words of a label weigh for a class: its own, its sub-classes', its group's and division's.
CLASS_LEVELS = {5: 1.0, 6: 0.7, 4: 0.4, 2: 0.2}


def build() -> None:
    """Write the two tables."""
    levels = [*goods_nodes(list(read_table("classifications/data/cn.parquet").iter_rows()))]
    nodes = [(digits, node.code, node.label) for digits, level in zip((4, 6, 8), levels, strict=True)
             for node in level.values()]  # fmt: skip
    classes = _class_words()
    nodes += [(ACTIVITY, code, "") for code in classes]
    every = [node.words for level in levels for node in level.values()] + [*classes.values()]
    words = [(word, place, weight) for place, found in enumerate(every) for word, weight in found.items()]
    publish("title_nodes", NODES, _node_table(nodes, levels), BUILDER, [*_origins()])
    publish("title_words", WORDS, _word_table(words), BUILDER, [*_origins()])


def _node_table(nodes: list[tuple[int, str, str]], levels: list[Nodes]) -> pl.DataFrame:
    place = {code: number for number, (level, code, _) in enumerate(nodes) if level != ACTIVITY}
    rows = [
        (level, code, place.get(code[: level - 2]) if level in (6, 8) else None,
         label.lower().startswith(OTHER), label.lower().startswith(PARTS))
        for level, code, label in nodes
    ]  # fmt: skip
    schema = {
        "level": pl.UInt8,
        "code": pl.String,
        "above": pl.UInt32,
        "other": pl.Boolean,
        "parts": pl.Boolean,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _word_table(words: list[tuple[str, int, float]]) -> pl.DataFrame:
    """Return the pairs sorted by word; weights in hundredths."""
    table = pl.DataFrame(words, schema=["word", "node", "weight"], orient="row")
    hundredths = (pl.col("weight") * 100).round().cast(pl.UInt8)
    return table.select("word", pl.col("node").cast(pl.UInt32), hundredths).sort("word", "node")


def _class_words() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    naf = {
        code: (above, fr, en)
        for code, above, fr, en in read_table("classifications/data/naf.parquet").iter_rows()
    }
    for code in naf:
        if len(code) == 5:
            words = found.setdefault(code, {})
            for level, factor in _around(code, naf):
                for word, weight in label_words(*naf[level][1:]).items():
                    words[word] = max(words.get(word, 0.0), weight * factor)
    return found


def _around(code: str, naf: dict[str, tuple[str | None, str, str]]) -> Iterator[tuple[str, float]]:
    """Yield a class, its sub-classes, its group and its division with what their words weigh for it."""
    for other in (code, code[:4], code[:2], *(sub for sub in naf if sub[:5] == code and len(sub) == 6)):
        yield other, CLASS_LEVELS[len(other)]


def _origins() -> Iterator[Origin]:
    for source in sources():
        if source.name in {"cn", "naf"}:
            yield from source.origins


if __name__ == "__main__":
    build()
