"""Which processes a firm's own words speak of: a description, a contract, a machine, a trade.

The texts are folded and searched by one automaton in native code; only what it finds is weighed in Python.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import polars as pl

from maillon.reference.classifications.lexicon.folding import LINKING_WORDS
from maillon.reference.classifications.processes.enumeration import list_products
from maillon.reference.classifications.processes.evidence_words import Clue, clues, products
from maillon.reference.classifications.processes.negation import MARKS, keep_affirmed, mark_cues

MAX_TEXT = 20_000
_EVIDENCE: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.UInt32,
    "process": pl.String,
    "weight": pl.Float64,
    "words": pl.List(pl.String),
}
_BETWEEN = "  "  # two spaces between words, so that neighbours do not share the bound of a pattern


class ProcessEvidence(NamedTuple):
    """A process that a text speaks of: how sure it is (0 … 1) and the words that say so."""

    process: str
    weight: float
    words: tuple[str, ...]


def read_process_evidence(text: str) -> tuple[ProcessEvidence, ...]:
    """Return the processes that ``text`` says a firm masters, the surest first.

    A process named weighs 1, the state of a part ("peint") 0.5, machines and trades as their sheets say; of
    several words for a process the surest counts. What the firm says it buys elsewhere is left out. A call
    takes some 10 ms whatever the text: give many texts to ``read_process_evidence_batch``.

    >>> [tuple(e) for e in read_process_evidence("Tours CN et rectifieuses, nous sous-traitons la peinture.")]
    [('grinding', 0.95, ('rectifieuse',)), ('turning', 0.95, ('tour cn',))]
    """
    return read_process_evidence_batch([text])[0]


def read_process_evidence_batch(texts: Sequence[str | None] | pl.Series) -> list[tuple[ProcessEvidence, ...]]:
    """Return the evidence of each text, in order; none for null."""
    return [_weigh(found, text) if found else () for found, text in _search(texts)]


def list_process_evidence(texts: pl.Series) -> pl.DataFrame:
    """Return the evidence of many texts as a frame: ``row`` (from 0), ``process``, ``weight``, ``words``."""
    read = read_process_evidence_batch(texts)
    rows = [(row, *evidence) for row, told in enumerate(read) for evidence in told]
    return pl.DataFrame(rows, schema=_EVIDENCE, orient="row")


def _search(texts: Sequence[str | None] | pl.Series) -> Iterator[tuple[list[str] | None, str]]:
    """Yield the patterns found in each text, in the order of the text, and the folded text."""
    series = texts if isinstance(texts, pl.Series) else pl.Series(list(texts), dtype=pl.String)
    if series.is_empty():
        return iter(())
    folded = pl.select(_fold_words(pl.lit(series)))
    found = folded.select(pl.col("text").str.extract_many(_patterns().implode(), leftmost=True))
    return zip(found.to_series().to_list(), folded["text"].to_list(), strict=True)


def _weigh(found: list[str], text: str) -> tuple[ProcessEvidence, ...]:
    weights: dict[str, float] = {}
    words: dict[str, dict[str, None]] = {}
    for clue in _affirmed_clues(found, text):
        for code, weight in clue.processes.items():
            weights[code] = max(weights.get(code, 0.0), weight)
            words.setdefault(code, {})[clue.form] = None
    told = (ProcessEvidence(code, weight, tuple(words[code])) for code, weight in weights.items())
    return tuple(sorted(told, key=lambda evidence: (-evidence.weight, evidence.process)))


def _affirmed_clues(found: list[str], text: str) -> Iterator[Clue]:
    """Yield the clues that nothing denies, and the products listed after one that the firm makes."""
    meanings = _meanings()
    for pattern in keep_affirmed(word.strip() if word.strip() in MARKS else word for word in found):
        clue = meanings[pattern]
        yield clue
        if clue.opens_list:
            for keys in list_products(text.split(), pattern.split(), products()):
                yield products()[keys]


def _fold_words(text: pl.Expr) -> pl.Expr:
    """Return text as the word keys of ``lexicon.folding``, each between two spaces."""
    lowered = mark_cues(text.str.slice(0, MAX_TEXT).str.to_lowercase())
    plain = lowered.str.normalize("NFKD").str.replace_all(r"\p{M}+", "")
    plain = plain.str.replace_many(["œ", "æ"], ["oe", "ae"]).str.replace_all(r"[^a-z0-9]+", " ")
    singular = plain.str.replace_all(r"\b([a-z0-9]{2,}[a-rt-z0-9])s\b", "$1")
    singular = singular.str.replace_all(r"\b([a-z0-9]+(?:au|eu|ou))x\b", "$1")
    singular = singular.str.replace_all(r"\b([a-z0-9]{3,}e)e\b", "$1")
    linking = "|".join(sorted(LINKING_WORDS))
    bare = singular.str.replace_all(rf"\b(?:{linking})\b", " ").str.replace_all(r" +", _BETWEEN)
    return (pl.lit(_BETWEEN) + bare + pl.lit(_BETWEEN)).alias("text")


def _pattern(keys: Sequence[str]) -> str:
    return " " + _BETWEEN.join(keys) + " "


@cache
def _meanings() -> dict[str, Clue]:
    return {_pattern(keys): clue for keys, clue in clues().items()}


@cache
def _patterns() -> pl.Series:
    """Return every pattern, the longest first: of those that begin at the same place, the first is found."""
    marks = [_pattern([mark]) for mark in MARKS]
    return pl.Series([*marks, *sorted(_meanings(), key=lambda p: (-len(p), p))])
