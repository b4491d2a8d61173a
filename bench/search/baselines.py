"""The systems to beat: chance, popular activities, and four ways of comparing words or letters.

Each is a ``System``: prepared once on the documents of the whole register, then asked to rank the firms of a
territory. A firm that shares nothing with the query is not returned: a directory shows nothing there either.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bench.search.corpus import Corpus
from bench.search.labelled_set import Labelled

DEPTH = 50
_WORD = re.compile(r"\w+")

Rows = NDArray[np.int64]


class System(Protocol):
    """A way of ranking firms for a need."""

    name: str

    def prepare(self, corpus: Corpus) -> None:
        """Index the documents."""

    def rank(self, needs: Sequence[Labelled], rows: Rows) -> list[list[int]]:
        """Return for each need the best of ``rows``, at most ``DEPTH``, best first."""


def best_rows(scores: NDArray[np.float64], rows: Rows, depth: int = DEPTH) -> list[int]:
    """Return the rows of the greatest scores above 0; equal scores stand in the order of SIRET.

    >>> best_rows(np.array([0.0, 2.0, 2.0, 3.0]), np.array([10, 11, 12, 13]))
    [13, 11, 12]
    """
    order = np.lexsort((rows, -scores))[:depth]
    return [int(rows[place]) for place in order if scores[place] > 0]


class Random:
    """Any order: a different one for each need, the same at each run."""

    name = "random"

    def prepare(self, corpus: Corpus) -> None:
        """Nothing to index."""

    def rank(self, needs: Sequence[Labelled], rows: Rows) -> list[list[int]]:
        """Return the rows shuffled."""
        seeds = [zlib.crc32(need.id.encode()) for need in needs]
        return [[int(row) for row in np.random.default_rng(seed).permutation(rows)[:DEPTH]] for seed in seeds]


class Popularity:
    """The activities that makers of the development designations have most often, whatever is asked."""

    name = "NAF popularity"

    def __init__(self, dev: Sequence[Labelled]) -> None:
        self._asked = Counter(code for need in dev for code in need.naf)
        self._scores: NDArray[np.float64] = np.empty(0)

    def prepare(self, corpus: Corpus) -> None:
        """Give each firm the popularity of its class (5 characters: ``25.62``)."""
        classes = [(code or "")[:5] for code in corpus.firms["naf"].to_list()]
        self._scores = np.array([self._asked[code] for code in classes], dtype=np.float64)

    def rank(self, needs: Sequence[Labelled], rows: Rows) -> list[list[int]]:
        """Return the same order for every need."""
        order = best_rows(self._scores[rows], rows)
        return [order for _ in needs]


class Fts5:
    """SQLite FTS5 with its own BM25, accents removed, any word of the query."""

    name = "SQLite FTS5"

    def prepare(self, corpus: Corpus) -> None:
        """Index the documents in memory."""
        self._base = sqlite3.connect(":memory:")
        self._base.execute(
            "CREATE VIRTUAL TABLE docs USING fts5(text, tokenize='unicode61 remove_diacritics 2')"
        )
        self._base.executemany("INSERT INTO docs(rowid, text) VALUES (?, ?)", enumerate(corpus.texts))
        self._base.execute("CREATE TEMP TABLE inside(row INTEGER PRIMARY KEY)")

    def rank(self, needs: Sequence[Labelled], rows: Rows) -> list[list[int]]:
        """Return the rows by FTS5's rank inside the territory."""
        self._base.execute("DELETE FROM inside")
        self._base.executemany("INSERT INTO inside VALUES (?)", [(int(row),) for row in rows])
        return [self._rank(need.designation) for need in needs]

    def _rank(self, designation: str) -> list[int]:
        words = " OR ".join(f'"{word}"' for word in _WORD.findall(designation))
        query = (
            "SELECT docs.rowid FROM docs JOIN inside ON inside.row = docs.rowid "
            "WHERE docs MATCH ? ORDER BY bm25(docs), docs.rowid LIMIT ?"
        )
        return [row for (row,) in self._base.execute(query, (words, DEPTH))] if words else []


class Bm25:
    """BM25 over words as written, in small letters (bm25s; k1 = 1.5, b = 0.75): the plain directory."""

    name = "BM25 words"

    def prepare(self, corpus: Corpus) -> None:
        """Index the documents."""
        import bm25s  # noqa: PLC0415 - only this system needs it

        self._index = bm25s.BM25(method="lucene")
        self._index.index([self._words(text) for text in corpus.texts], show_progress=False)
        self._known = self._index.vocab_dict

    def rank(self, needs: Sequence[Labelled], rows: Rows) -> list[list[int]]:
        """Return the rows by BM25."""
        return [best_rows(self._scores(need.designation)[rows], rows) for need in needs]

    def _scores(self, designation: str) -> NDArray[np.float64]:
        words = [word for word in self._words(designation) if word in self._known]
        if not words:
            return np.zeros(self._index.scores["num_docs"])
        return np.asarray(self._index.get_scores(words), dtype=np.float64)

    def _words(self, text: str) -> list[str]:
        return [word.lower() for word in _WORD.findall(text)]


class TantivyStemmed:
    """BM25 of tantivy over French stems without accents: what a good engine does without knowing parts."""

    name = "BM25 French stems (tantivy)"

    def prepare(self, corpus: Corpus) -> None:
        """Index the documents in memory."""
        import tantivy  # noqa: PLC0415 - only this system needs it

        self._tantivy = tantivy
        filters = tantivy.Filter.lowercase(), tantivy.Filter.stemmer("french"), tantivy.Filter.ascii_fold()
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        for chosen in filters:
            analyzer = analyzer.filter(chosen)
        self._analyzer = analyzer.build()
        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("row", stored=True, indexed=True, fast=True)
        builder.add_text_field("text", tokenizer_name="stems")
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema)
        self._index.register_tokenizer("stems", self._analyzer)
        writer = self._index.writer(heap_size=64_000_000, num_threads=1)
        for row, text in enumerate(corpus.texts):
            document = tantivy.Document(text=text)
            document.add_unsigned("row", row)
            writer.add_document(document)
        writer.commit()
        self._index.reload()

    def rank(self, needs: Sequence[Labelled], rows: Rows) -> list[list[int]]:
        """Return the rows by BM25; those outside the territory are passed over."""
        inside = frozenset(rows.tolist())
        return [self._rank(need.designation, inside) for need in needs]

    def _rank(self, designation: str, inside: frozenset[int]) -> list[int]:
        terms = dict.fromkeys(self._analyzer.analyze(designation))
        query, occur = self._tantivy.Query, self._tantivy.Occur
        any_of = [(occur.Should, query.term_query(self._schema, "text", term)) for term in terms]
        searcher = self._index.searcher()
        hits = searcher.search(query.boolean_query(any_of), limit=max(searcher.num_docs, 1)).hits
        values = searcher.fast_field_values("row", [address for _, address in hits])
        found = [value for value in values if isinstance(value, int)]
        scored = [(-score, row) for (score, _), row in zip(hits, found, strict=True) if row in inside]
        return [row for _, row in sorted(scored)[:DEPTH]]


class Letters:
    """Cosine of TF-IDF weights of groups of 3 and 4 letters inside words (scikit-learn)."""

    name = "char 3-4-grams TF-IDF"

    def prepare(self, corpus: Corpus) -> None:
        """Index the documents."""
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - only this system needs it

        self._vectors = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=(3, 4),
            sublinear_tf=True,
            strip_accents="unicode",
            dtype=np.float32,
        )
        self._documents = self._vectors.fit_transform(corpus.texts)

    def rank(self, needs: Sequence[Labelled], rows: Rows) -> list[list[int]]:
        """Return the rows by cosine."""
        queries = self._vectors.transform([need.designation for need in needs])
        scores = (queries @ self._documents[rows].T).toarray()
        return [best_rows(np.round(line.astype(np.float64), 7), rows) for line in scores]


def baselines(dev: Sequence[Labelled]) -> list[System]:
    """Return the systems to beat, the weakest first."""
    return [Random(), Popularity(dev), Fts5(), Bm25(), TantivyStemmed(), Letters()]
