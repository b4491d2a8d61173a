"""The clues that a designation gives to its classification."""

from __future__ import annotations

from typing import NamedTuple

from maillon.method.search.designation import Designation, Share
from maillon.reference.classifications.lexicon.nouns import find_noun
from maillon.reference.classifications.titles.words import content_words


class Clues(NamedTuple):
    """What a designation says, without its figures: equal clues give equal codes.

    ``words`` are the keys of its words, but for materials and treatments.
    """

    noun: str | None
    words: tuple[str, ...]
    material_class: str | None
    material: str | None
    families: tuple[Share, ...]
    processes: tuple[Share, ...]

    @property
    def are_empty(self) -> bool:
        """Whether there is nothing to go by."""
        return not (self.noun or self.words or self.processes)


def find_clues(read: Designation) -> Clues:
    """Return the clues of a designation that was read.

    >>> from maillon.method.search.designation import read_designation
    >>> clues = find_clues(read_designation("ROULEMENT 6205-2RS"))
    >>> clues.noun, clues.words
    ('deep groove ball bearing', ('roulement',))
    """
    text = read.text
    spans = [(found.start, found.end) for found in read.materials]
    for start, end in [*spans, *((found.start, found.end) for found in read.treatments)]:
        text = text[:start] + " " * (end - start) + text[end:]
    words = tuple(dict.fromkeys(content_words(text)))
    return Clues(
        noun=read.noun.code if read.noun else None,
        words=words,
        material_class=read.material.material_class if read.material else None,
        material=read.material.code if read.material else None,
        families=read.families,
        processes=read.processes,
    )


def noun_forms(noun: str) -> tuple[tuple[str, ...], ...]:
    """Return the written forms of a noun in both languages, each as the keys of its content words."""
    part = find_noun(noun)
    forms = (tuple(content_words(form)) for form in (*part.fr, *part.en))
    return tuple(dict.fromkeys(form for form in forms if form))
