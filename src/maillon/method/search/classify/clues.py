"""The clues that a designation gives to its classification."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from maillon.method.search.designation import Designation, Share
from maillon.reference.classifications.lexicon.nouns import find_noun
from maillon.reference.classifications.titles.words import content_words, in_language


class Clues(NamedTuple):
    """What a designation says, without its figures: equal clues give equal codes.

    ``noun`` is null where it says nothing (part, kit); ``words`` are the keys of the words, but for these
    nouns, materials, processes and treatments.
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
        return not (self.noun or self.words or self.processes or self.material_class)


def find_clues(read: Designation) -> Clues:
    """Return the clues of a designation that was read.

    >>> from maillon.method.search.designation import read_designation
    >>> clues = find_clues(read_designation("ROULEMENT 6205-2RS"))
    >>> clues.noun, clues.words
    ('deep groove ball bearing', ('fr:roulement',))
    """
    noun = read.noun if read.noun and not find_noun(read.noun.code).is_weak else None
    said: list[tuple[int, int]] = [(found.start, found.end) for found in read.materials]
    said += [(found.start, found.end) for found in (*read.treatments, *read.named_processes)]
    if read.noun and not noun:
        said.append((read.noun.start, read.noun.end))
    return Clues(
        noun=noun.code if noun else None,
        words=in_language(dict.fromkeys(content_words(_without(read.text, said))), read.language),
        material_class=read.material.material_class if read.material else None,
        material=read.material.code if read.material else None,
        families=read.families,
        processes=read.processes,
    )


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


@lru_cache(maxsize=8192)
def noun_forms(noun: str) -> tuple[tuple[str, ...], ...]:
    """Return the written forms of a noun in both languages, each as the marked keys of its content words."""
    part = find_noun(noun)
    forms = [in_language(content_words(form), "fr") for form in part.fr]
    forms += [in_language(content_words(form), "en") for form in part.en]
    return tuple(dict.fromkeys(form for form in forms if form))
