"""The words of official labels: what a heading names first, and what it only mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from math import sqrt

from maillon.reference.classifications.lexicon.folding import clean_text, fold, folded_form_words

HEAD, MENTIONED = 1.0, 0.6
SHORTEST = 3

#: What a label leaves out must not draw to it what belongs elsewhere.
_EXCLUDED = re.compile(
    r"\((?:autres que|a l'exclusion|a l'exception|sauf|excluding|other than|except|not including)[^()]*\)"
    r"|,? ?\b(?:autres que|a l'exclusion d|a l'exception d|sauf|excluding|other than|except|not including)\b"
    r"[^;:]*"
    r"|\b(?:du|des|of) (?:n[os]{0,2}|headings?|chapitres?|chapters?|positions?) ?[\d, aetndorp]*\d",
)
_ITEM = re.compile(r"[,;:()/]| et | ou | and | or ")
_AFTER_HEAD = re.compile(r" (?:of|for|with|to|in|from|having|used|made|by|on|incorporating|containing)\b")
#: Keys of words that titles use without meaning.
_EMPTY_WORDS = """
autre piece usine other meme whether not leur its their pour for avec with sans without par by sur on dan in
compris including like similaire similar article articles divers ce ces this these qui que which
type etc nda non destine suitable intended appareil dont are ete etre comme entre plus more than
moins less poids weight excedant exceeding teneur content egal inferieur superieur kind kinds espece
sorte sort used use utilise constitue made from having n.d.a fabrication manufacture production
ailleurs elsewhere denomme specified classified nos position heading chapitre chapter valeur value
partie part
"""
_EMPTY = frozenset(_EMPTY_WORDS.split())


def split_label(label: str, language: str) -> Iterator[tuple[str, float]]:
    """Yield the words of a label with ``HEAD`` for what an item names and ``MENTIONED`` for the rest.

    A label is a list of items; French names the thing first, English last before a preposition. What the
    label excludes is left out. Both are divided by the root of the number of words of the item: a title of
    one word is meant by that word more than one of five.

    >>> sorted(split_label("Roulements à billes (autres que les butées)", "fr"))
    [('bille', 0.4243), ('roulement', 0.7071)]
    """
    folded = _EXCLUDED.sub(" ", fold(clean_text(label)))
    for item in _ITEM.split(folded):
        words = _content(item)
        if not words:
            continue
        head = words[0] if language == "fr" else (_content(_AFTER_HEAD.split(item)[0]) or words)[-1]
        for word in words:
            yield word, round((HEAD if word == head else MENTIONED) / sqrt(len(set(words))), 4)


def in_language(words: Iterable[str], language: str | None) -> tuple[str, ...]:
    """Mark keys as words of one language; without one they stand for both.

    An English axe is no French axe: titles in another language must not answer.

    >>> in_language(["axe"], "fr"), in_language(["axe"], None)
    (('fr:axe',), ('axe',))
    """
    return tuple(f"{language}:{word}" for word in words) if language else tuple(words)


def content_words(text: str) -> list[str]:
    """Return the words of a text that can stand in a label, as keys: no figures, no linking words."""
    return _content(fold(clean_text(text)))


def _content(folded: str) -> list[str]:
    words = folded_form_words(folded)
    return [w for w in words if len(w) >= SHORTEST and w.isalpha() and w not in _EMPTY]
