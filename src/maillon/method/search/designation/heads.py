"""The noun settled on: from the words, or else from a standard, a reference or an electrical value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from maillon.method.search.designation.measures import Figures
from maillon.method.search.designation.naming import NounSpan, choose_head, code_in, refine
from maillon.method.search.designation.words import Span, Words
from maillon.reference.classifications.lexicon.nouns import find_noun, noun_phrases
from maillon.reference.classifications.lexicon.standards import ReferenceFound, standard_noun, value_nouns
from maillon.reference.classifications.lexicon.trades import names_action, trade_of

WORD, SHORT, TYPO, STANDARD = 0.95, 0.9, 0.6, 0.95
UNSURE_LANGUAGE = 0.7  # of a form that names two things and no other word tells French from English
UNKNOWN_HEAD = 0.8  # English: an unknown word follows, which may be the head ("belt tensioner arm")
SURE = 0.5  # a reference known better than this may make the noun of the words more precise
DEFAULT_LANGUAGE = "fr"
TRADE = "trade"
AXES = frozenset("123456789xyz")  # how the axes of a machine are counted


class Head(NamedTuple):
    """A noun, the place that names it, how sure that is, and what named it.

    ``abbreviates`` is the noun that its word abbreviates where it is also a word of its own (cap, CAP).
    """

    code: str
    start: int
    end: int
    confidence: float
    source: str
    abbreviates: str | None = None


def settle_head(from_words: Head | None, from_codes: Head | None) -> Head | None:
    """Return the noun of the words, made more precise by a code where both are of one family."""
    if from_words is None or from_codes is None:
        return from_words or from_codes
    noun = find_noun(from_words.code)
    if noun.is_weak:
        return from_codes
    shared = noun.families.keys() & find_noun(from_codes.code).families.keys()
    if from_words.abbreviates != from_codes.code and (not shared or from_codes.confidence <= SURE):
        return from_words
    return from_codes._replace(start=from_words.start, end=from_words.end)


def head_of_words(
    words: Words, nouns: Sequence[NounSpan], free: Sequence[NounSpan], language: str | None, is_drawn: bool
) -> Head | None:
    """Return the head among the ``free`` nouns; any of ``nouns`` may make it more precise.

    ``is_drawn`` tells that figures or a material describe a part: "AXE 6 LG 40 INOX" is an axle, "AXE 6 -
    POIGNET" the sixth axis of a machine.
    """
    spoken = language or DEFAULT_LANGUAGE
    span = choose_head(words, free, spoken)
    if span is None:
        return None
    code = code_in(span.naming, spoken)
    if is_drawn and span.size > 1 and words.keys[span.place + span.size - 1] in AXES:
        span, code = _without_number(words, span, spoken)
    last = span.place + span.size - 1
    respelt = any(fact.respelt for fact in words.facts[span.place : last + 1])
    return Head(
        refine(code, nouns, spoken),
        words.starts[span.place],
        words.ends[last],
        _confidence(words, span, language, respelt),
        "typo" if respelt else "word",
        span.naming.abbreviates,
    )


def _without_number(words: Words, span: NounSpan, language: str) -> tuple[NounSpan, str]:
    """Return the first word of a numbered form alone, where that is a noun."""
    found = noun_phrases().longest(words.keys[span.place : span.place + 1], 0)
    span = NounSpan(span.place, *found) if found else span
    return span, code_in(span.naming, language)


def _confidence(words: Words, span: NounSpan, language: str | None, respelt: bool) -> float:
    confidence = TYPO if respelt else SHORT if span.naming.is_short else WORD
    if language is None and len(span.naming.nouns()) > 1:
        confidence *= UNSURE_LANGUAGE
    following = span.place + span.size
    if language == "en" and following < len(words.keys):
        same_phrase = words.phrases[following] == words.phrases[span.place]
        if same_phrase and words.facts[following].is_unknown:
            confidence *= UNKNOWN_HEAD
    return confidence


def head_of_trade(words: Words, nouns: Sequence[NounSpan], processes: Sequence[Span]) -> Head | None:
    """Return the work that a French text orders by opening with a process: ``SOUDURE SOCLE``."""
    if not processes or processes[0].index != 0 or not names_action(words.keys[0]):
        return None
    opening, trade = processes[0], trade_of(processes[0].meaning)
    own = next((span for span in nouns if span.place == 0), None)
    on_a_part = any(span.place >= opening.size for span in nouns)
    if trade is None or (own is not None and (own.size > opening.size or not on_a_part)):
        return None
    return Head(trade.service, words.starts[0], words.ends[opening.size - 1], WORD, TRADE)


def head_of_codes(folded: str, figures: Figures, references: Sequence[ReferenceFound]) -> Head | None:
    """Return the noun that a standard, a reference or an electrical value implies, the surest first."""
    for name in figures.standards:
        noun = standard_noun(name)
        if noun is not None:
            number = name.rsplit(" ", 1)[1]
            start = max(folded.find(number), 0)
            return Head(noun, start, start + len(number), STANDARD, "standard")
    heads = [Head(r.noun, r.start, r.end, r.confidence, "reference") for r in references]
    for value in figures.values:
        if value.kind in value_nouns():
            noun, confidence = value_nouns()[value.kind]
            heads.append(Head(noun, value.start, value.end, confidence, "value"))
    return max(heads, key=lambda head: head.confidence, default=None)
