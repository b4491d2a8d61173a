"""The part nouns of the lexicon: what a thing is called, its family, and how it is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

from maillon.reference.classifications.families import find_family
from maillon.reference.classifications.lexicon.compiled import digest_of, load_or_compute
from maillon.reference.classifications.lexicon.folding import (
    fold_forms,
    folded_form_keys,
    folded_form_words,
    form_words,
)
from maillon.reference.classifications.lexicon.phrases import Phrases
from maillon.reference.classifications.processes.sheet import read_rows, sheet_path, split_cell
from maillon.reference.classifications.processes.weights import read_weights

PACKAGE = "maillon.reference.classifications.lexicon"


@dataclass(frozen=True, slots=True)
class PartNoun:
    """A part noun and what it tells.

    ``code`` is its first English form and never changes. ``families`` and ``when`` (material class →
    families) sum to 1; ``own_processes`` replaces the processes of the family, for nouns of one family.
    A noun without family is weak (assembly, kit, part): it says nothing of how the thing is made.
    """

    code: str
    en: tuple[str, ...]
    fr: tuple[str, ...]
    short: tuple[str, ...]
    families: dict[str, float]
    own_processes: dict[str, float]
    when: dict[str, dict[str, float]]

    @property
    def is_weak(self) -> bool:
        """Whether it names a thing without saying what it is."""
        return not self.families

    def families_in(self, material_class: str | None) -> dict[str, float]:
        """Return the families of this noun, in a material where one is known."""
        return self.when.get(material_class or "", self.families)

    def processes_in(self, family: str) -> dict[str, float]:
        """Return the processes of this noun as a member of ``family``."""
        return self.own_processes or find_family(family).processes

    def label(self, language: str) -> str:
        """Return the canonical form in French (``fr``) or English."""
        return self.fr[0] if language == "fr" else self.en[0]


class Naming(NamedTuple):
    """What a written form names: one noun in French, another or the same in English.

    ``is_short`` tells that it is but an abbreviation; ``abbreviates``, the noun that a full word also
    abbreviates (a cap, CAP for capacitor).
    """

    fr: str | None
    en: str | None
    is_short: bool
    abbreviates: str | None = None

    def nouns(self) -> tuple[str, ...]:
        """Return the different nouns named."""
        return tuple(dict.fromkeys(code for code in (self.fr, self.en) if code))


def noun_sheets() -> tuple[Traversable, ...]:
    """Return the sheets of nouns, by name."""
    folder = sheet_path(PACKAGE, "nouns")
    return tuple(sorted((s for s in folder.iterdir() if s.name.endswith(".csv")), key=lambda s: s.name))


class Compiled(NamedTuple):
    """The sheets as plain values: the fields of every noun, and words of a form → fields of its naming."""

    nouns: list[tuple[Any, ...]]
    namings: dict[tuple[str, ...], tuple[str | None, str | None, bool, str | None]]


@cache
def _compiled() -> Compiled:
    folder = sheet_path(PACKAGE, "")
    code = [folder / name for name in ("nouns.py", "folding.py", "words.csv", "foreign.csv")]
    fields = load_or_compute(digest_of((*noun_sheets(), *code)), lambda: tuple(_compile()))
    return Compiled(*fields)


def _compile() -> Compiled:
    nouns = [_noun(row) for sheet in noun_sheets() for row in read_rows(sheet)]
    fields = [tuple(getattr(noun, name) for name in PartNoun.__slots__) for noun in nouns]
    return Compiled(fields, _namings(nouns))


@cache
def _nouns() -> dict[str, PartNoun]:
    return {fields[0]: PartNoun(*fields) for fields in _compiled().nouns}


def _noun(row: dict[str, str]) -> PartNoun:
    en = split_cell(row["en"])
    return PartNoun(
        code=en[0],
        en=en,
        fr=split_cell(row["fr"]),
        short=split_cell(row["short"]),
        families=read_weights(row["family"]),
        own_processes=read_weights(row["processes"]),
        when=dict(_conditions(row["when"])),
    )


def _conditions(cell: str) -> Iterator[tuple[str, dict[str, float]]]:
    """Read ``plastic=plastic-stock|aluminium=aluminium-stock 60+aluminium-profiles 40``."""
    for condition in split_cell(cell):
        material_class, _, families = condition.partition("=")
        yield material_class, read_weights(families.replace("+", "|"))


def all_nouns() -> tuple[PartNoun, ...]:
    """Return every part noun, sheet by sheet."""
    return tuple(_nouns().values())


def find_noun(code: str) -> PartNoun:
    """Return the noun of this code; ``KeyError`` if there is none."""
    return _nouns()[code]


@cache
def noun_phrases() -> Phrases[Naming]:
    """Return every written form of every noun, ready to be looked for in a designation."""
    phrases = Phrases[Naming]()
    phrases.insert_all({words: Naming(*naming) for words, naming in _compiled().namings.items()})
    return phrases


def _namings(
    nouns: list[PartNoun],
) -> dict[tuple[str, ...], tuple[str | None, str | None, bool, str | None]]:
    french = _named_in("fr", [(noun.code, noun.fr) for noun in nouns])
    english = _named_in("en", [(noun.code, noun.en) for noun in nouns])
    short: dict[tuple[str, ...], str] = {}
    for noun in nouns:
        for form in fold_forms(noun.short):
            short.setdefault(folded_form_words(form), noun.code)
    named: dict[tuple[str, ...], tuple[str | None, str | None, bool, str | None]]
    named = {words: (code, code, True, None) for words, code in short.items()}
    for words in french.keys() | english.keys():
        named[words] = (french.get(words), english.get(words), False, short.get(words))
    for words, code in _foreign_forms(english):
        named.setdefault(words, (code, code, False, None))
    return named


def _foreign_forms(english: dict[tuple[str, ...], str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield German, Italian and Spanish forms of common nouns: suppliers' papers travel with the goods.

    A form that French or English has too means what it means there.
    """
    for row in read_rows(sheet_path(PACKAGE, "") / "foreign.csv"):
        code = english[folded_form_words(fold_forms((row["noun"],))[0])]
        for language in ("de", "it", "es"):
            for form in fold_forms(split_cell(row[language])):
                yield folded_form_words(form), code


def _named_in(language: str, nouns: list[tuple[str, tuple[str, ...]]]) -> dict[tuple[str, ...], str]:
    """Return key → noun: every form under its own key, then its plurals where nothing else stands."""
    named: dict[tuple[str, ...], str] = {}
    plurals: list[tuple[tuple[str, ...], str]] = []
    for code, forms in nouns:
        for form in fold_forms(forms):
            first, *others = folded_form_keys(form, language)
            named[first] = code
            plurals += [(words, code) for words in others]
    for words, code in plurals:
        named.setdefault(words, code)
    return named


@cache
def abbreviations() -> dict[str, str]:
    """Return abbreviated word → word, so that an abbreviation may open a compound: ``ROUL. A ROULEAUX``.

    >>> abbreviations()["roul"]
    'roulement'
    """
    words: dict[str, str] = {}
    for noun in all_nouns():
        if not noun.short:
            continue
        whole = form_words(noun.fr[0])
        for written in map(form_words, noun.short):
            if len(whole) == len(written) == 1:
                words.setdefault(written[0], whole[0])
    return words
