"""The table of purchase families (``families.csv``), written by the project."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from maillon.reference.classifications.processes.sheet import read_rows, sheet_path
from maillon.reference.classifications.processes.weights import read_weights

PACKAGE = "maillon.reference.classifications.families"


@dataclass(frozen=True, slots=True)
class FamilyGroup:
    """A group of purchase families, such as fasteners."""

    code: str
    fr: str
    en: str


@dataclass(frozen=True, slots=True)
class Family:
    """A purchase family: things a buyer would ask the same kind of supplier for.

    ``naf`` lists the NAF rev. 2 sub-classes of makers, the most typical first; ``hs`` the HS headings
    (4 digits); ``processes`` the share of each process that typically makes such a thing (they sum to 1).
    """

    code: str
    group: str
    fr: str
    en: str
    naf: tuple[str, ...]
    hs: tuple[str, ...]
    processes: dict[str, float]


@cache
def _families() -> dict[str, Family]:
    return {
        row["code"]: Family(
            code=row["code"],
            group=row["group"],
            fr=row["fr"],
            en=row["en"],
            naf=tuple(row["naf"].split()),
            hs=tuple(row["hs"].split()),
            processes=read_weights(row["processes"]),
        )
        for row in read_rows(sheet_path(PACKAGE, "families.csv"))
    }


@cache
def family_groups() -> tuple[FamilyGroup, ...]:
    """Return the groups of families, by code."""
    return tuple(FamilyGroup(**row) for row in read_rows(sheet_path(PACKAGE, "groups.csv")))


def all_families() -> tuple[Family, ...]:
    """Return every purchase family, by code."""
    return tuple(_families().values())


def find_family(code: str) -> Family:
    """Return the family of this code; ``KeyError`` if there is none.

    >>> find_family("nuts").hs
    ('7318',)
    """
    return _families()[code]


def family_label(code: str, language: str) -> str:
    """Return the label of a family in French (``fr``) or English (any other language).

    >>> family_label("machined-parts", "fr"), family_label("machined-parts", "en")
    ('Pièces usinées', 'Machined parts')
    """
    family = find_family(code)
    return family.fr if language == "fr" else family.en
