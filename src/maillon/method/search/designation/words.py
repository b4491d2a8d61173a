"""The words of a designation and what each means: material, process, qualifier, or part of a noun."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from maillon.reference.classifications.lexicon.folding import LINKING_WORDS, word_key
from maillon.reference.classifications.lexicon.grammar import grammar_words
from maillon.reference.classifications.lexicon.phrases import Phrases
from maillon.reference.classifications.processes import all_processes

_WORD = re.compile(r"[a-z0-9]+")
_BREAK = re.compile(r"[,;:()\[\]|+\x00]|\s[-/]\s|/")
GAP = re.compile(r"[\s\-.'\"]*$")


@dataclass(frozen=True, slots=True)
class Word:
    """A word: its key, its place, and the number of the phrase it stands in.

    Commas, brackets, figures and prepositions end a phrase. ``respelt`` tells that a typo was repaired.
    """

    key: str
    start: int
    end: int
    phrase: int
    respelt: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A meaning found over ``size`` words from ``index``."""

    index: int
    size: int
    meaning: str


def split_words(folded: str) -> tuple[list[Word], list[str]]:
    """Return the words of a folded text, and apart the linking words and prepositions met."""
    grammar = grammar_words()
    words: list[Word] = []
    small: list[str] = []
    phrase, last_end = 0, 0
    for match in _WORD.finditer(folded):
        word = match.group()
        if _BREAK.search(folded, last_end, match.start()):
            phrase += 1
        last_end = match.end()
        if word in LINKING_WORDS:
            small.append(word)
        elif (role := grammar.get(word)) is not None and role.kind == "preposition":
            small.append(word)
            phrase += 1
        else:
            words.append(Word(word_key(word), match.start(), match.end(), phrase))
    return words, small


def find_spans(words: Sequence[Word], phrases: Phrases[str], taken: set[int]) -> list[Span]:
    """Return the meanings found, longest first from left to right, outside the words already ``taken``."""
    keys = [word.key for word in words]
    spans = []
    index = 0
    while index < len(keys):
        found = None if index in taken else phrases.longest(keys, index)
        if found and words[index].phrase == words[index + found[0] - 1].phrase:
            spans.append(Span(index, *found))
            index += found[0]
        else:
            index += 1
    return spans


@cache
def process_phrases() -> Phrases[str]:
    """Return the words that name processes and treatments → process code."""
    phrases = Phrases[str]()
    for process in all_processes():
        for form in process.words_fr:
            phrases.add(form, process.code, "fr")
        for form in process.words_en:
            phrases.add(form, process.code, "en")
    return phrases
