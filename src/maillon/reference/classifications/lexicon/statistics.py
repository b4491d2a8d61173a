"""How much the lexicon knows: nouns, written forms, families and processes that nouns use."""

from __future__ import annotations

from maillon.reference.classifications.lexicon.nouns import all_nouns
from maillon.reference.classifications.lexicon.proposals import count_nouns


def lexicon_statistics() -> dict[str, int]:
    """Return name of a count → number; the sheets of nouns follow under their own names.

    >>> lexicon_statistics()["nouns"] >= 3000
    True
    """
    nouns = all_nouns()
    families = {family for noun in nouns for family in noun.families}
    processes = {p for noun in nouns for family in noun.families for p in noun.processes_in(family)}
    return {
        "nouns": len(nouns),
        "forms_fr": sum(len(noun.fr) for noun in nouns),
        "forms_en": sum(len(noun.en) for noun in nouns),
        "abbreviations": sum(len(noun.short) for noun in nouns),
        "families": len(families),
        "processes": len(processes),
        **{f"nouns/{sheet}": number for sheet, number in count_nouns().items()},
    }
