"""Safe spelling repair: one letter off, in a long word, with a single possible answer."""

from __future__ import annotations

from functools import cache

from maillon.reference.classifications.lexicon.grammar import SmallWord, grammar_words
from maillon.reference.classifications.lexicon.materials import material_phrases
from maillon.reference.classifications.lexicon.nouns import Naming, noun_phrases
from maillon.reference.classifications.lexicon.phrases import Phrases
from maillon.reference.classifications.lexicon.process_words import process_phrases

INTACT = 3  # letters at either end; two of them fit beside one edit in the shortest word repaired
SHORTEST = 7  # below seven letters one edit too often makes another word: "bride", "bridé", "brise"


def repair(word: str) -> str | None:
    """Return the only word of the lexicon within one edit of a word that nothing knows, or None.

    >>> repair("rouelment"), repair("accouplemnt"), repair("vsi"), repair("roulement")
    ('roulement', 'accouplement', None, None)
    """
    if len(word) < SHORTEST or not word.isalpha() or any(word in known for known in _vocabularies()):
        return None
    ends = _by_ends()
    near = {
        known
        for size in (len(word) - 1, len(word), len(word) + 1)
        for key in ((size, word[:INTACT], ""), (size, "", word[-INTACT:]))
        for known in ends.get(key, ())
        if _is_near(word, known)
    }
    return near.pop() if len(near) == 1 else None


@cache
def _vocabularies() -> tuple[Phrases[Naming] | Phrases[str] | dict[str, SmallWord], ...]:
    return noun_phrases(), material_phrases(), process_phrases(), grammar_words()


@cache
def _by_ends() -> dict[tuple[int, str, str], list[str]]:
    """Index every long word by its length and its first or last letters: one edit spares either."""
    index: dict[tuple[int, str, str], list[str]] = {}
    for word in noun_phrases().words():
        if len(word) >= SHORTEST and word.isalpha():
            index.setdefault((len(word), word[:INTACT], ""), []).append(word)
            index.setdefault((len(word), "", word[-INTACT:]), []).append(word)
    return index


def _is_near(written: str, known: str) -> bool:
    """Whether one insertion, deletion, replacement or swap of neighbours separates two words."""
    if len(written) > len(known):
        written, known = known, written
    first = next((i for i, (a, b) in enumerate(zip(written, known, strict=False)) if a != b), len(written))
    if len(written) != len(known):
        return written[first:] == known[first + 1 :]
    rest = written[first + 1 :], known[first + 1 :]
    swapped = written[first : first + 2] == known[first : first + 2][::-1]
    return rest[0] == rest[1] or (swapped and rest[0][1:] == rest[1][1:])
