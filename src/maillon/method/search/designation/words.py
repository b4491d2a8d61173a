"""The words of a designation: where they stand, and what the lexicon knows of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from maillon.method.search.designation.typos import repair
from maillon.reference.classifications.lexicon.folding import LINKING_WORDS, word_key
from maillon.reference.classifications.lexicon.grammar import LINKING_LANGUAGE, SmallWord, grammar_words
from maillon.reference.classifications.lexicon.materials import material_phrases
from maillon.reference.classifications.lexicon.nouns import abbreviations, noun_phrases
from maillon.reference.classifications.lexicon.phrases import Phrases
from maillon.reference.classifications.lexicon.process_words import process_phrases

_WORD = re.compile(r"([^a-z0-9]*)([a-z0-9]+)")
_BREAK = re.compile(r"[,;:()\[\]|+\x00/]|\s-\s")
# push-to-connect, side-by-side, (any head): what only tells of the part, whose words name no other
_MODIFIER = re.compile(r"\([^()]*\)?|[a-z0-9]+-(?:to|by|in|on)-[a-z0-9]+")
_NO_BREAK = ("", " ", "-")
LINKING, PREPOSITION = "linking", "preposition"
REAL_WORD = 4  # letters; shorter unknown words are mostly codes
SMALL = frozenset({LINKING, PREPOSITION})
_MODIFIER_MARKS = ("-to-", "-by-", "-in-", "-on-")


class Fact(NamedTuple):
    """What the lexicon knows of one word, whatever stands around it.

    ``key`` is how it is compared (a typo repaired: ``respelt``), ``whole`` the key of the word that it
    abbreviates. ``noun``, ``material`` and ``process`` are the words in the longest phrase that it opens, 0
    if none; ``vote`` counts for French above 0.
    """

    key: str
    whole: str
    respelt: bool
    kind: str
    vote: float
    noun: int
    material: int
    process: int

    @property
    def is_unknown(self) -> bool:
        """Whether it is a real word, of four letters or more, that nothing in the lexicon explains."""
        explained = self.kind or self.noun or self.material or self.process
        return not explained and len(self.key) >= REAL_WORD and self.key.isalpha()


class Words(NamedTuple):
    """The words of a text, side by side: facts, keys, places, and the phrase each stands in.

    Commas, brackets, figures and prepositions end a phrase (phrases below 0 are modifiers), "of" a clause.
    ``joined`` tells which words follow a linking word or preposition (tube DE cuivre); ``small`` holds the
    facts of these small words, which are left out.
    """

    small: Sequence[Fact]
    facts: Sequence[Fact]
    keys: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    phrases: Sequence[int]
    clauses: Sequence[int]
    joined: Sequence[bool]

    def places(self, start: int, end: int) -> Iterator[int]:
        """Yield the index of every word that begins between two places of the text."""
        return (index for index, place in enumerate(self.starts) if start <= place < end)


_Row = tuple[Fact, str, int, int, int, int, bool]


@dataclass(frozen=True, slots=True)
class Span:
    """A meaning found over ``size`` words from ``index``."""

    index: int
    size: int
    meaning: str


@lru_cache(maxsize=65536)
def word_fact(word: str) -> Fact:
    """Return what the lexicon knows of a folded word."""
    if word in LINKING_WORDS:
        return Fact(word, word, False, LINKING, _vote(LINKING_LANGUAGE.get(word, "")), 0, 0, 0)
    grammar = grammar_words()
    role = grammar.get(word)
    if role is not None and role.kind == PREPOSITION:
        return Fact(word, word, False, PREPOSITION, _vote(role.language), 0, 0, 0)
    written = word_key(word)
    key = repair(written) or written
    whole = abbreviations().get(key, key)
    role = grammar.get(key)
    return Fact(
        key,
        whole,
        key != written,
        _kind(role),
        _vote(role.language) if role else 0.0,
        max(noun_phrases().size(whole), noun_phrases().size(key)),
        material_phrases().size(key),
        process_phrases().size(key),
    )


def _kind(role: SmallWord | None) -> str:
    """Return what a word counts as: a preposition only where it is written just so."""
    if role is None:
        return ""
    return "function" if role.kind == PREPOSITION else role.kind


def _vote(language: str) -> float:
    return {"fr": 1.0, "en": -1.0}.get(language, 0.0)


@lru_cache(maxsize=4096)
def _is_break(gap: str) -> bool:
    return _BREAK.search(gap) is not None


def split_words(folded: str) -> Words:
    """Return the words of a folded text."""
    rows: list[_Row] = []
    small: list[Fact] = []
    modifiers = _modifiers(folded)
    phrase = clause = inside = 0
    joined = False
    matches = list(_WORD.finditer(folded))
    for place, match in enumerate(matches):
        gap, word = match.groups()
        if gap not in _NO_BREAK and _is_break(gap):
            phrase += 1
        start, end = match.span(2)
        if modifiers:
            inside = _modifier_at(modifiers, start)
        fact = word_fact(word)
        if fact.kind == PREPOSITION and _is_inside_form(rows, word, matches[place + 1 : place + 2]):
            fact = fact._replace(key=word_key(word), whole=word_key(word), kind="function")
        joined = fact.kind in SMALL or joined
        if fact.kind in SMALL:
            small.append(fact)
            clause += word == "of"
            phrase += fact.kind == PREPOSITION and not inside
        else:
            rows.append((fact, fact.key, start, end, inside or phrase, clause, joined))
            joined = False
    return Words(small, *zip(*rows, strict=True)) if rows else Words(small, (), (), (), (), (), (), ())


def _is_inside_form(rows: Sequence[_Row], word: str, following: Sequence[re.Match[str]]) -> bool:
    """Whether a preposition stands where a form of the lexicon has it: "vis SANS fin", "push IN fitting"."""
    if not rows or not following or _is_break(following[0].group(1)):
        return False
    return (rows[-1][1], word_key(word), word_fact(following[0].group(2)).key) in noun_phrases().triples()


def _modifier_at(modifiers: list[tuple[int, int]], start: int) -> int:
    """Return the number, below 0, of the modifier around a place, or 0."""
    return next((-1 - i for i, (a, b) in enumerate(modifiers) if a <= start < b), 0)


def _modifiers(folded: str) -> list[tuple[int, int]]:
    """Return the places that only tell of the rest: rail-to-rail, remarks in brackets."""
    if "(" not in folded and not any(mark in folded for mark in _MODIFIER_MARKS):
        return []
    return [match.span() for match in _MODIFIER.finditer(folded)]


def find_spans(words: Words, phrases: Phrases[str], sizes: Sequence[int], taken: set[int]) -> list[Span]:
    """Return the meanings found, longest first from left to right, outside the words already ``taken``.

    ``sizes`` gives for each word the longest phrase that it opens.
    """
    spans = []
    index, count = 0, len(sizes)
    while index < count:
        if sizes[index] and index not in taken:
            found = phrases.longest(words.keys, index)
            if found and words.phrases[index] == words.phrases[index + found[0] - 1]:
                spans.append(Span(index, *found))
                index += found[0]
                continue
        index += 1
    return spans


def indexes(spans: Sequence[Span]) -> set[int]:
    """Return the words that spans cover."""
    return {i for span in spans for i in range(span.index, span.index + span.size)}
