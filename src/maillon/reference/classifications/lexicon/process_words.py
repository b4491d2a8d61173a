"""The words that name processes and treatments in a designation."""

from __future__ import annotations

from functools import cache

from maillon.reference.classifications.lexicon.phrases import Phrases
from maillon.reference.classifications.processes import all_processes


@cache
def process_phrases() -> Phrases[str]:
    """Return the words that name processes and treatments → process code.

    >>> process_phrases().get("zingué"), process_phrases().get("bent")
    ('zinc-plating', 'sheet-bending')
    """
    phrases = Phrases[str]()
    for process in all_processes():
        for form in process.words_fr:
            phrases.add(form, process.code, "fr")
        for form in process.words_en:
            phrases.add(form, process.code, "en")
    return phrases
