"""The words that are looked for in the texts of firms: those written, and other names of the part."""

from __future__ import annotations

import re

from maillon.method.search.designation import Designation
from maillon.reference.classifications.lexicon.nouns import find_noun

WRITTEN, OTHER_NAME, MATERIAL = 1.0, 0.6, 0.3
_MOST_NAMES = 6
_WORD = re.compile(r"[^\W\d_]{3,}")


def searched_words(read: Designation) -> tuple[tuple[str, float], ...]:
    """Return words and their weights, each once: figures, grades and references are left out.

    >>> from maillon.method.search.designation import read_designation
    >>> searched_words(read_designation("PIGNON CONIQUE 42CrMo4 module 2"))[:2]
    (('pignon', 1.0), ('conique', 1.0))
    """
    weights: dict[str, float] = {}
    for word in _WORD.findall(_without_figures(read)):
        weights.setdefault(word.lower(), WRITTEN)
    for found in read.materials:
        for word in _WORD.findall(found.matched):
            weights[word.lower()] = MATERIAL
    if read.noun is not None:
        noun = find_noun(read.noun.code)
        for form in (*noun.fr[:_MOST_NAMES], *noun.en[:1]):
            for word in _WORD.findall(form):
                weights.setdefault(word.lower(), OTHER_NAME)
    return tuple(weights.items())


def _without_figures(read: Designation) -> str:
    text = read.text
    for measure in (*read.dimensions, *read.values, *read.quantities):
        text = text[: measure.start] + " " * (measure.end - measure.start) + text[measure.end :]
    for written in (*read.references, *read.tolerances, *read.standards):
        text = text.replace(written, " ")
    for found in read.materials:
        if found.grade:
            text = text[: found.start] + " " * (found.end - found.start) + text[found.end :]
    return text
