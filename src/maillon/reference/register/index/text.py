"""The words of each establishment, in a tantivy index: what it says it does, what it won, its names.

Words are compared without case, accents, French endings and stop words. An establishment's score is the sum,
over the words asked and the three fields, of BM25 (k1 = 1.2, b = 0.75; S. Robertson, H. Zaragoza, "The
probabilistic relevance framework: BM25 and beyond", 2009) times the weight of the field.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import tantivy
from tantivy import Filter, Occur, Query, TextAnalyzerBuilder, Tokenizer

#: Weight of each field: what it does, what is told of it, what it is called.
FIELDS = {"does": 3.0, "told": 1.0, "name": 0.5}
ROW, CELL, DEPARTEMENT = "row", "cell", "departement"
_ANALYZER, _KEPT = "french", "freq"
_HEAP = 300_000_000  # bytes of memory before a part of the index is written
_LONGEST = 20_000  # characters of one field: more than a firm's page tells nothing more
_MOST_WORDS = 40  # words of one query


@dataclass(frozen=True, slots=True)
class Hits:
    """Index rows and their scores, best first."""

    rows: npt.NDArray[np.int64]
    scores: npt.NDArray[np.float64]


#: Row, cell, département; what it does, what is told of it, what it is called.
Document = tuple[int, int, int, str | None, str | None, str | None]


class TextIndex:
    """Reads an index; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder))
        self._schema = index.schema
        self._searcher = index.searcher()

    def find(
        self, words: Mapping[str, float], within: Mapping[str, Sequence[int]] | None = None, limit: int = 1000
    ) -> Hits:
        """Return the ``limit`` establishments whose text matches ``words`` (word → weight) best.

        ``within`` narrows: field (``cell``, ``departement``) → values, one of which must hold.
        """
        asked = self._words_query(words)
        if asked is None:
            return Hits(np.empty(0, np.int64), np.empty(0))
        for field, values in (within or {}).items():
            inside = Query.term_set_query(self._schema, field, list(values))
            fixed = Query.const_score_query(inside, 0.0)
            asked = Query.boolean_query([(Occur.Must, asked), (Occur.Must, fixed)])
        hits = self._searcher.search(asked, limit, count=False).hits
        rows = self._searcher.fast_field_values(ROW, [address for _, address in hits])
        scores = np.array([score for score, _ in hits], dtype=np.float64)
        return Hits(np.array(rows, dtype=np.int64), scores)

    def _words_query(self, words: Mapping[str, float]) -> Any:
        weights: dict[str, float] = {}
        for text, weight in words.items():
            for word in analyse(text):
                weights[word] = max(weights.get(word, 0.0), weight)
        best = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_WORDS]
        terms = [
            (
                Occur.Should,
                Query.boost_query(Query.term_query(self._schema, field, word, _KEPT), weight * boost),
            )
            for word, weight in best
            for field, boost in FIELDS.items()
        ]
        return Query.boolean_query(terms) if terms else None


def analyse(text: str) -> list[str]:
    """Return the words of a text as they are compared.

    >>> analyse("Usinage d'ENGRENAGES coniques"), analyse("usinages, engrenage conique")
    (['usinag', 'engrenag', 'coniqu'], ['usinag', 'engrenag', 'coniqu'])
    """
    words: list[str] = _analyzer().analyze(text)
    return words


@cache
def _analyzer() -> Any:
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for step in (
        Filter.remove_long(40),
        Filter.lowercase(),
        Filter.stopword("french"),
        Filter.ascii_fold(),
        Filter.stemmer("french"),
    ):
        builder = builder.filter(step)
    return builder.build()


def write_text(
    folder: Path,
    rows: Iterable[Document],
    said: Callable[[], None],
) -> None:
    """Write ``row, cell, departement, does, told, name`` of each establishment; ``said`` is called at each.

    One thread and one commit: the same rows give the same index.
    """
    folder.mkdir()
    index = tantivy.Index(_schema(), str(folder))
    index.register_tokenizer(_ANALYZER, _analyzer())
    writer = index.writer(_HEAP, 1)
    for row, cell, departement, *texts in rows:
        document = tantivy.Document()
        document.add_unsigned(ROW, row)
        document.add_unsigned(CELL, cell)
        document.add_unsigned(DEPARTEMENT, departement)
        for field, text in zip(FIELDS, texts, strict=True):
            if text:
                document.add_text(field, text[:_LONGEST])
        writer.add_document(document)
        said()
    writer.commit()
    writer.wait_merging_threads()


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field(ROW, fast=True)
    builder.add_unsigned_field(CELL, indexed=True)
    builder.add_unsigned_field(DEPARTEMENT, indexed=True)
    for field in FIELDS:
        builder.add_text_field(field, tokenizer_name=_ANALYZER, index_option=_KEPT)
    return builder.build()
