"""Small words: prepositions, qualifiers, quantifiers, and the language they belong to (``words.csv``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from maillon.reference.classifications.lexicon.folding import word_key
from maillon.reference.classifications.processes.sheet import read_rows, sheet_path

PACKAGE = "maillon.reference.classifications.lexicon"
LINKING_LANGUAGE = {
    "au": "fr", "aux": "fr", "da": "", "de": "fr", "des": "fr", "du": "fr", "et": "fr", "la": "fr",
    "le": "fr", "les": "fr", "of": "en", "the": "en", "un": "fr", "une": "fr", "and": "en",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SmallWord:
    """A small word: its ``kind`` (preposition, qualifier, quantifier, function) and language, if only one."""

    kind: str
    language: str


@cache
def grammar_words() -> dict[str, SmallWord]:
    """Return word → role; each word under its own form and under its key."""
    words = {}
    for row in read_rows(sheet_path(PACKAGE, "words.csv")):
        role = SmallWord(row["kind"], row["language"])
        words[row["word"]] = words[word_key(row["word"])] = role
    return words
