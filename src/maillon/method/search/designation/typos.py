"""Safe spelling repair: one letter off, in a long word, with a single possible answer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from maillon.reference.classifications.lexicon.grammar import SmallWord, grammar_words
from maillon.reference.classifications.lexicon.materials import material_phrases
from maillon.reference.classifications.lexicon.nouns import Naming, noun_phrases
from maillon.reference.classifications.lexicon.phrases import Phrases
from maillon.reference.classifications.lexicon.process_words import process_phrases

SHORTEST = 7  # below seven letters one edit too often makes another word: "bride", "bridé", "brise"


def repair(word: str) -> str | None:
    """Return the only word of the lexicon within one edit of a word that nothing knows, or None.

    >>> repair("rouelment"), repair("accouplemnt"), repair("vsi"), repair("roulement")
    ('roulement', 'accouplement', None, None)
    """
    if len(word) < SHORTEST or not word.isalpha() or any(word in known for known in _vocabularies()):
        return None
    index = _by_deletion()
    found = {
        known for form in (word, *_deletions(word)) for known in index.get(form, ()) if _is_near(word, known)
    }
    return found.pop() if len(found) == 1 else None


@cache
def _vocabularies() -> tuple[Phrases[Naming] | Phrases[str] | dict[str, SmallWord], ...]:
    return noun_phrases(), material_phrases(), process_phrases(), grammar_words()


@cache
def _by_deletion() -> dict[str, set[str]]:
    """Index every long word under itself and under itself less one letter (Garbe's symmetric delete)."""
    index: dict[str, set[str]] = {}
    for word in noun_phrases().words():
        if len(word) >= SHORTEST and word.isalpha():
            for form in (word, *_deletions(word)):
                index.setdefault(form, set()).add(word)
    return index


def _deletions(word: str) -> Iterator[str]:
    return (word[:i] + word[i + 1 :] for i in range(len(word)))


def _is_near(written: str, known: str) -> bool:
    """Whether one insertion, deletion, replacement or swap of neighbours separates two words."""
    if len(written) != len(known):
        return True  # the index pairs words of other lengths only by one deletion
    differing = [i for i, (a, b) in enumerate(zip(written, known, strict=True)) if a != b]
    if len(differing) <= 1:
        return True
    first, second = differing[0], differing[-1]
    return (
        len(differing) == 2
        and second == first + 1
        and (written[first], written[second]) == (known[second], known[first])
    )
