"""Faults of the written forms: doubles after normalisation, empty cells, French without accents."""

from __future__ import annotations

from collections.abc import Iterator

from maillon.reference.classifications.lexicon.folding import clean_text, fold, form_words
from maillon.reference.classifications.lexicon.nouns import PartNoun, all_nouns, noun_sheets
from maillon.reference.classifications.processes import all_processes
from maillon.reference.classifications.processes.sheet import read_rows

HOMOGRAPHS = frozenset({"mat"})  # "mat de verre" (a mat) beside "mât" (a mast)


def lint_forms() -> Iterator[str]:
    """Yield the faults of every written form of nouns and processes."""
    yield from _lint_codes()
    for language in ("en", "fr"):
        yield from _lint_doubles(language)
        yield from _lint_process_words(language)
    yield from _lint_accents()
    for noun in all_nouns():
        if not (noun.en and noun.fr and noun.en[0] and noun.fr[0]):
            yield f"{noun.code}: a language is missing"


def _lint_codes() -> Iterator[str]:
    rows = [row["en"].split("|")[0] for sheet in noun_sheets() for row in read_rows(sheet)]
    yield from (f"noun {code} stands twice" for code in sorted({c for c in rows if rows.count(c) > 1}))


def _forms(noun: PartNoun, language: str) -> tuple[str, ...]:
    return noun.fr if language == "fr" else noun.en


def _lint_doubles(language: str) -> Iterator[str]:
    """One form names one noun in a language, whatever its case, accents, plural or linking words."""
    seen: dict[tuple[str, ...], str] = {}
    for noun in all_nouns():
        for form in _forms(noun, language):
            key = form_words(form)
            if not key:
                yield f"{noun.code}: “{form}” has no word"
            elif key in seen:
                yield f"{noun.code}: “{form}” is already a form of {seen[key]}"
            else:
                seen[key] = noun.code


def _lint_process_words(language: str) -> Iterator[str]:
    seen: dict[tuple[str, ...], str] = {}
    for process in all_processes():
        for form in process.words_fr if language == "fr" else process.words_en:
            key = form_words(form)
            if seen.setdefault(key, process.code) != process.code:
                yield f"process {process.code}: “{form}” already names {seen[key]}"


def _lint_accents() -> Iterator[str]:
    """Yield French words written without the accents that they carry elsewhere in the sheets.

    ``coude`` and ``coudé`` are two words, so a final accent alone is no fault; nor are the ``HOMOGRAPHS``.
    """
    words = [word for noun in all_nouns() for form in noun.fr for word in clean_text(form).lower().split()]
    accented = {fold(word): word for word in words if not word.isascii()}
    for word in sorted(set(words)):
        if (
            word.isascii()
            and word in accented
            and word not in HOMOGRAPHS
            and accented[word][:-1] != word[:-1]
        ):
            yield f"French “{word}” is elsewhere written “{accented[word]}”"
