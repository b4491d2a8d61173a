"""Which kind of customs paper a header row announces, and which column says what."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from maillon.intake.understand.vocabulary import words_of

#: Columns that only one kind of paper has; two of them settle the kind.
_MARKS = {
    "emebi": frozenset(("period", "flow", "regime", "supplementary", "nature", "mode", "departement")),
    "import_declaration": frozenset(
        ("declaration", "customs_value", "statistical_value", "duty", "preference", "incoterm", "consignor")
    ),
}
_VALUES = frozenset(("invoice_value", "value", "customs_value", "statistical_value", "mass"))


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    """Return the words of every known header → its role."""
    text = files("maillon.intake.customs").joinpath("headers.toml").read_text(encoding="utf-8")
    return {
        tuple(words_of(name)): role for role, table in tomllib.loads(text).items() for name in table["names"]
    }


def role_of_header(text: str) -> str | None:
    """Return the role that a header names: by the whole of it, else by the longest phrase inside it.

    >>> role_of_header("Pays d'origine (code)"), role_of_header("Net mass (kg)"), role_of_header("Couleur")
    ('origin', 'mass', None)
    """
    words, known = tuple(words_of(text)), _phrases()
    for size in range(len(words), 0, -1):
        for start in range(len(words) - size + 1):
            role = known.get(words[start : start + size])
            # A single word inside a longer header says too little ("Type d'unité" is no quantity).
            if role is not None and (size > 1 or len(words) <= 2):
                return role
    return None


def map_columns(cells: Sequence[str]) -> dict[str, int]:
    """Return role → index of its column; the first column of a role wins."""
    places: dict[str, int] = {}
    for index, cell in enumerate(cells):
        role = role_of_header(cell) if cell else None
        if role is not None:
            places.setdefault(role, index)
    return places


def recognise(header_cells: list[str]) -> str | None:
    """Return ``"emebi"`` or ``"import_declaration"`` if a row is the header of such a paper, else None.

    Both give a customs code, a country of origin and a value or mass, as an ordinary list of parts may: two
    columns that only customs papers have are needed besides.

    >>> recognise(["Période", "Flux", "NC8", "Pays d'origine", "Valeur", "Masse nette", "Régime"])
    'emebi'
    >>> recognise(["Référence", "Désignation", "Code NC", "Pays d'origine", "Poids net", "Incoterm"]) is None
    True
    """
    roles = set(map_columns(header_cells))
    if not {"cn", "origin"} <= roles or not roles & _VALUES:
        return None
    marks = {kind: len(roles & known) for kind, known in _MARKS.items()}
    kind = max(marks, key=lambda name: (marks[name], name))
    return kind if marks[kind] >= 2 else None
