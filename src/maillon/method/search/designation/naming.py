"""Which word is the head: the part noun of a designation.

French puts the head first ("palier de roulement" is a bearing block), English last ("bearing block").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maillon.method.search.designation.words import Word
from maillon.reference.classifications.lexicon.grammar import LINKING_LANGUAGE, grammar_words
from maillon.reference.classifications.lexicon.nouns import Naming, abbreviations, find_noun, noun_phrases

ACCENTS = frozenset("éèêëàâçùûîïôÉÈÊËÀÂÇÙÛÎÏÔ")


@dataclass(frozen=True, slots=True)
class NounSpan:
    """A form of the lexicon found over ``size`` words from ``index``."""

    index: int
    size: int
    naming: Naming


def find_nouns(words: Sequence[Word]) -> list[NounSpan]:
    """Return every form of the lexicon in the text, the longest first where they overlap."""
    written, whole = [word.key for word in words], abbreviations()
    keys = [whole.get(key, key) for key in written]
    phrases = noun_phrases()
    candidates = []
    for index in range(len(keys)):
        found = phrases.longest(keys, index)
        while found and words[index].phrase != words[index + found[0] - 1].phrase:
            found = phrases.longest(keys[: index + found[0] - 1], index)
        if found and found[0] == 1:  # alone, the abbreviation itself counts, and is less sure
            found = phrases.longest(written[: index + 1], index) or found
        if found:
            candidates.append(NounSpan(index, *found))
    taken: set[int] = set()
    kept = []
    for span in sorted(candidates, key=lambda s: (-s.size, s.index)):
        places = set(range(span.index, span.index + span.size))
        if not places & taken:
            taken |= places
            kept.append(span)
    return sorted(kept, key=lambda s: s.index)


def guess_language(
    text: str, small: Sequence[str], words: Sequence[Word], nouns: Sequence[NounSpan]
) -> str | None:
    """Return ``fr`` or ``en`` by the words that belong to one language only; None when they are even."""
    votes = 2.0 if not ACCENTS.isdisjoint(text) else 0.0
    grammar = grammar_words()
    for word in (*small, *(w.key for w in words)):
        role = grammar.get(word)
        votes += _vote(role.language if role else LINKING_LANGUAGE.get(word, ""))
    for span in nouns:
        if not span.naming.is_short and (span.naming.fr is None) != (span.naming.en is None):
            votes += _vote("fr" if span.naming.fr else "en") * span.size
    return "fr" if votes > 0 else "en" if votes < 0 else None


def _vote(language: str) -> float:
    return {"fr": 1.0, "en": -1.0}.get(language, 0.0)


def choose_head(words: Sequence[Word], nouns: Sequence[NounSpan], language: str) -> NounSpan | None:
    """Return the head among the nouns found, weak nouns (kit, assembly) only where there is no other."""
    strong = [span for span in nouns if not _is_weak(span, language)]
    pool = strong or list(nouns)
    if not pool:
        return None
    first = pool[0]
    if language == "fr":
        return first
    run = [span for span in pool if words[span.index].phrase == words[first.index].phrase]
    return run[-1]


def code_in(naming: Naming, language: str) -> str:
    """Return the noun that a form names in ``language``, or in the other one if only that knows it."""
    wanted, other = (naming.fr, naming.en) if language == "fr" else (naming.en, naming.fr)
    return wanted or other or ""


def _is_weak(span: NounSpan, language: str) -> bool:
    return find_noun(code_in(span.naming, language)).is_weak


def refine(head: str, nouns: Sequence[NounSpan], language: str) -> str:
    """Return a more precise noun of the head's family where an abbreviation names one: ``VIS … CHC``."""
    families = find_noun(head).families
    for span in nouns:
        code = code_in(span.naming, language)
        if span.naming.is_short and code != head and find_noun(code).families == families:
            return code
    return head
