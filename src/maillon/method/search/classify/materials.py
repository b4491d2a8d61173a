"""Which chapters of goods state a material, and how titles call it (``materials.csv``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from maillon.reference.classifications.lexicon.materials import MaterialKind, all_materials
from maillon.reference.classifications.processes.sheet import read_rows, sheet_path
from maillon.reference.classifications.titles.coverage import Scores, cover_titles
from maillon.reference.classifications.titles.tables import titles
from maillon.reference.classifications.titles.words import content_words

PACKAGE = "maillon.method.search.classify"
LEVEL = 4


@dataclass(frozen=True, slots=True)
class StatedMaterial:
    """The chapters of a material class, the headings of its "other articles", and how titles call it."""

    chapters: frozenset[str]
    articles: frozenset[str]
    words: tuple[str, ...]


@cache
def _materials() -> dict[str, StatedMaterial]:
    return {
        row["material"]: StatedMaterial(
            frozenset(row["chapters"].split()),
            frozenset(row["articles"].split()),
            tuple(row["words"].split()),
        )
        for row in read_rows(sheet_path(PACKAGE, "materials.csv"))
    }


@cache
def fit_headings(material: str) -> Scores:
    """Return for every heading 1 if its chapter is of the material, -1 if of another, 0 if of none.

    >>> fits = fit_headings("aluminium")
    >>> [float(fits[titles().codes.index(code)]) for code in ("7616", "7326", "8482")]
    [1.0, -1.0, 0.0]
    """
    own = _materials()[material].chapters if material in _materials() else frozenset()
    stated = frozenset[str]().union(*(one.chapters for one in _materials().values())) if own else own
    chapters = [code[:2] for code in titles().codes[titles().span(LEVEL)]]
    return np.array([1.0 if c in own else -1.0 if c in stated else 0.0 for c in chapters], dtype=np.float32)


@cache
def article_headings(material: str) -> Scores:
    """Return for every heading 1 if it holds the "other articles" of the material, else 0.

    >>> titles().codes[int(article_headings("plastic").argmax())]
    '3926'
    """
    own = _materials()[material].articles if material in _materials() else frozenset()
    return np.array([code in own for code in titles().codes[titles().span(LEVEL)]], dtype=np.float32)


@cache
def all_article_headings() -> frozenset[str]:
    """Return the headings of "other articles" of every material."""
    return frozenset[str]().union(*(one.articles for one in _materials().values()))


@cache
def cover_material(material_class: str, material: str) -> Scores:
    """Return for every code how far its title names a material or its class, 0 to 1."""
    of_class = cover_titles(_class_words(material_class))
    return np.maximum(of_class, cover_titles(_own_words(material)))


def material_words(material_class: str, material: str) -> tuple[str, ...]:
    """Return the keys of the words that titles have for a material and for its class.

    >>> material_words("copper", "brass")
    ('cuivre', 'copper', 'laiton', 'bronze', 'brass')
    """
    return tuple(dict.fromkeys((*_class_words(material_class), *_own_words(material))))


def _class_words(material_class: str) -> tuple[str, ...]:
    found = _materials().get(material_class)
    return found.words if found else ()


def _own_words(material: str) -> list[str]:
    kind = _kinds().get(material)
    return content_words(f"{kind.fr} {kind.en}") if kind else []


@cache
def _kinds() -> dict[str, MaterialKind]:
    return {kind.code: kind for kind in all_materials()}
