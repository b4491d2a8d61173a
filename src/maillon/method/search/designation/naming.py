"""Which word is the head: the part noun of a designation.

French puts the head first ("palier de roulement" is a bearing block), English last ("bearing block").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from maillon.method.search.designation.words import Words
from maillon.reference.classifications.lexicon.nouns import Naming, find_noun, noun_phrases

ACCENTS = frozenset("éèêëàâçùûîïôÉÈÊËÀÂÇÙÛÎÏÔ")
TOWARDS = frozenset({"side", "facing"})  # "plate, motor side" is a plate


class NounSpan(NamedTuple):
    """A form of the lexicon found over ``size`` words from ``index``."""

    place: int
    size: int
    naming: Naming


def find_nouns(words: Words) -> list[NounSpan]:
    """Return every form of the lexicon in the text, the longest first where they overlap."""
    candidates = [
        found
        for index, fact in enumerate(words.facts)
        if fact.noun and (found := _longest_noun(words, index)) is not None
    ]
    if len(candidates) <= 1:
        return candidates
    taken: set[int] = set()
    kept = []
    for span in sorted(candidates, key=lambda s: (-s.size, s.place)):
        places = range(span.place, span.place + span.size)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(span)
    return sorted(kept)


def _longest_noun(words: Words, index: int) -> NounSpan | None:
    """Return the longest form that begins at a word, within one phrase of the text.

    An abbreviation may open or end a compound (ROUL. A ROULEAUX), unless the word itself makes one as long
    (a "joint plat" is no "joint plaque"); alone, it counts as what it is, and is less sure.
    """
    facts = words.facts[index : index + words.facts[index].noun]
    written = _within_phrase(words, index, [fact.key for fact in facts])
    if any(fact.whole != fact.key for fact in facts):
        opened = _within_phrase(words, index, [fact.whole for fact in facts])
        if opened and (written is None or opened.size > written.size):
            return opened
    return written


def _within_phrase(words: Words, index: int, keys: list[str]) -> NounSpan | None:
    phrases = noun_phrases()
    found = phrases.longest(keys, 0)
    while found and words.phrases[index] != words.phrases[index + found[0] - 1]:
        found = phrases.longest(keys[: found[0] - 1], 0)
    return NounSpan(index, *found) if found else None


def guess_language(text: str, words: Words, nouns: Sequence[NounSpan]) -> str | None:
    """Return ``fr`` or ``en`` by the words that belong to one language only; None when they are even."""
    votes = 0.0 if text.isascii() or ACCENTS.isdisjoint(text) else 2.0
    for fact in words.small:
        votes += fact.vote
    for fact in words.facts:
        votes += fact.vote
    for span in nouns:
        naming = span.naming
        if not naming.is_short and (naming.fr is None) != (naming.en is None):
            votes += span.size if naming.fr else -span.size
    return "fr" if votes > 0 else "en" if votes < 0 else None


def choose_head(words: Words, nouns: Sequence[NounSpan], language: str) -> NounSpan | None:
    """Return the head among the nouns found, weak nouns (kit, assembly) only where there is no other."""
    named = [span for span in nouns if not _is_modifier(words, span, language)]
    pool = _strong(named, language) or _strong(nouns, language) or named or list(nouns)
    if not pool:
        return None
    first = pool[0]
    if language == "fr":
        return None if _is_complement(words, first) else first
    place = words.phrases[first.place], words.clauses[first.place]
    return [span for span in pool if (words.phrases[span.place], words.clauses[span.place]) == place][-1]


def _is_complement(words: Words, span: NounSpan) -> bool:
    """Whether a French noun only completes an unknown word that opens the text: ``CHEMISAGE DE VANNE``."""
    return span.place == 1 and words.joined[1] and words.facts[0].is_unknown


def _strong(nouns: Sequence[NounSpan], language: str) -> list[NounSpan]:
    return [span for span in nouns if not find_noun(code_in(span.naming, language)).is_weak]


def _is_modifier(words: Words, span: NounSpan, language: str) -> bool:
    """Whether a form only tells of another: ``motor side``, ``rail-to-rail``, ``red`` (no reducer)."""
    if words.phrases[span.place] < 0:
        return True
    if language != "en":
        return False
    following = span.place + span.size
    if following < len(words.keys) and words.keys[following] in TOWARDS:
        return words.phrases[following] == words.phrases[span.place]
    return span.naming.is_short and span.size == 1 and words.facts[span.place].vote < 0


def code_in(naming: Naming, language: str) -> str:
    """Return the noun that a form names in ``language``, or in the other one if only that knows it."""
    wanted, other = (naming.fr, naming.en) if language == "fr" else (naming.en, naming.fr)
    return wanted or other or ""


def refine(head: str, nouns: Sequence[NounSpan], language: str) -> str:
    """Return a more precise noun of the head's family where an abbreviation names one: ``VIS … CHC``."""
    for span in nouns:
        if span.naming.is_short:
            code = code_in(span.naming, language)
            if code != head and find_noun(code).families == find_noun(head).families:
                return code
    return head
