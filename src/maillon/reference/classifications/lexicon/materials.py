"""Materials and their grades, with the names that different standards give to the same grade."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from maillon.reference.classifications.lexicon.folding import fold, form_words
from maillon.reference.classifications.lexicon.phrases import Phrases
from maillon.reference.classifications.processes.sheet import read_rows, sheet_path, split_cell

PACKAGE = "maillon.reference.classifications.lexicon"
NEEDS_CONTEXT = "?"
_JOINTS = re.compile(r"[\s\-/]")


@dataclass(frozen=True, slots=True)
class MaterialKind:
    """A material as buyers name it, the class that decides which processes suit it, its English words."""

    code: str
    material_class: str
    fr: str
    en: str
    english_keys: frozenset[str]

    def label(self, language: str) -> str:
        """Return its name in French (``fr``) or English."""
        return self.fr if language == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade of a material; ``needs_context`` where the written form alone could be something else."""

    name: str
    material: str
    needs_context: bool


@cache
def _materials() -> dict[str, MaterialKind]:
    return {
        row["code"]: MaterialKind(row["code"], row["class"], row["fr"], row["en"], _keys(row["words_en"]))
        for row in read_rows(sheet_path(PACKAGE, "materials.csv"))
    }


def _keys(cell: str) -> frozenset[str]:
    """Return the keys of the single words of a cell."""
    forms = (form_words(form) for form in split_cell(cell))
    return frozenset(words[0] for words in forms if len(words) == 1)


def all_materials() -> tuple[MaterialKind, ...]:
    """Return every material, by code."""
    return tuple(_materials().values())


def find_material(code: str) -> MaterialKind:
    """Return the material of this code; ``KeyError`` if there is none.

    >>> find_material("brass").material_class
    'copper'
    """
    return _materials()[code]


@cache
def material_phrases() -> Phrases[str]:
    """Return the words for materials → material code."""
    phrases = Phrases[str]()
    for row in read_rows(sheet_path(PACKAGE, "materials.csv")):
        for language in ("fr", "en"):
            for form in split_cell(row[f"words_{language}"]):
                phrases.add(form, row["code"], language)
    return phrases


def squash(form: str) -> str:
    """Return a grade's name without case, spaces, hyphens and slashes.

    >>> squash("EN AW-6082"), squash("PA66 GF30")
    ('enaw6082', 'pa66gf30')
    """
    return _JOINTS.sub("", fold(form))


@cache
def grade_names() -> dict[str, Grade]:
    """Return squashed written form → grade; bare numbers and one or two letters need a context.

    >>> grade_names()["1.4404"].name, grade_names()["42cd4"].name
    ('316L', '42CrMo4')
    """
    names: dict[str, Grade] = {}
    for row in read_rows(sheet_path(PACKAGE, "grades.csv")):
        for alias in (row["grade"], *split_cell(row["aliases"])):
            written = squash(alias.removesuffix(NEEDS_CONTEXT))
            doubtful = alias.endswith(NEEDS_CONTEXT) or written.isdigit() or len(written) <= 2
            names.setdefault(written, Grade(row["grade"], row["material"], doubtful))
    return names
