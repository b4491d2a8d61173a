"""The noun settled on: from the words, or else from a standard, a reference or an electrical value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from maillon.method.search.designation.measures import Figures
from maillon.method.search.designation.naming import NounSpan, choose_head, code_in, refine
from maillon.method.search.designation.words import Word
from maillon.reference.classifications.lexicon.nouns import find_noun
from maillon.reference.classifications.lexicon.standards import ReferenceFound, standard_nouns, value_nouns

WORD, SHORT, TYPO, STANDARD = 0.95, 0.9, 0.6, 0.95
UNSURE_LANGUAGE = 0.7  # of a form that names two things and no other word tells French from English
SURE = 0.5  # a reference known better than this may make the noun of the words more precise
DEFAULT_LANGUAGE = "fr"


@dataclass(frozen=True, slots=True)
class Head:
    """A noun, the place that names it, how sure that is, and what named it."""

    code: str
    start: int
    end: int
    confidence: float
    source: str


def settle_head(from_words: Head | None, from_codes: Head | None) -> Head | None:
    """Return the noun of the words, made more precise by a code where both are of one family."""
    if from_words is None or from_codes is None:
        return from_words or from_codes
    if find_noun(from_words.code).is_weak:
        return from_codes
    shared = find_noun(from_words.code).families.keys() & find_noun(from_codes.code).families.keys()
    if not shared or from_codes.confidence <= SURE:
        return from_words
    return replace(from_codes, start=from_words.start, end=from_words.end)


def head_of_words(
    words: Sequence[Word], nouns: Sequence[NounSpan], free: Sequence[NounSpan], language: str | None
) -> Head | None:
    """Return the head among the ``free`` nouns; any of ``nouns`` may make it more precise."""
    spoken = language or DEFAULT_LANGUAGE
    span = choose_head(words, free, spoken)
    if span is None:
        return None
    covered = words[span.index : span.index + span.size]
    respelt = any(word.respelt for word in covered)
    confidence = TYPO if respelt else SHORT if span.naming.is_short else WORD
    if language is None and len(span.naming.nouns()) > 1:
        confidence *= UNSURE_LANGUAGE
    code = refine(code_in(span.naming, spoken), nouns, spoken)
    return Head(code, covered[0].start, covered[-1].end, confidence, "typo" if respelt else "word")


def head_of_codes(folded: str, figures: Figures, references: Sequence[ReferenceFound]) -> Head | None:
    """Return the noun that a standard, a reference or an electrical value implies, the surest first."""
    known = standard_nouns()
    for name in figures.standards:
        if name in known:
            number = name.rsplit(" ", 1)[1]
            start = max(folded.find(number), 0)
            return Head(known[name], start, start + len(number), STANDARD, "standard")
    heads = [Head(r.noun, r.start, r.end, r.confidence, "reference") for r in references]
    for value in figures.values:
        if value.kind in value_nouns():
            noun, confidence = value_nouns()[value.kind]
            heads.append(Head(noun, value.start, value.end, confidence, "value"))
    return max(heads, key=lambda head: head.confidence, default=None)
