"""The table of processes (``processes.csv``), written by the project."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from maillon.reference.classifications.processes.sheet import read_rows, sheet_path, split_cell
from maillon.reference.classifications.processes.weights import read_weights

PACKAGE = "maillon.reference.classifications.processes"
ANY_MATERIAL = "*"
TREATMENT_GROUPS = frozenset({"heat-treatment", "surface-treatment"})


@dataclass(frozen=True, slots=True)
class ProcessGroup:
    """A group of processes, such as machining or foundry."""

    code: str
    fr: str
    en: str


@dataclass(frozen=True, slots=True)
class Process:
    """A way of making or finishing parts.

    ``naf`` lists the NAF rev. 2 sub-classes of its makers, the most typical first; ``hs`` the HS headings
    (4 digits) of typical outputs; ``materials`` how usual each material class is, between 0 and 1
    (``{"*": 1.0}``: any). ``words_fr`` and ``words_en`` are what drawings and orders call it.
    """

    code: str
    group: str
    fr: str
    en: str
    words_fr: tuple[str, ...]
    words_en: tuple[str, ...]
    naf: tuple[str, ...]
    hs: tuple[str, ...]
    materials: dict[str, float]

    @property
    def is_treatment(self) -> bool:
        """Whether it changes a surface or a structure rather than a shape."""
        return self.group in TREATMENT_GROUPS

    def suits(self, material_class: str) -> float:
        """Return how usual a material class is in this process, between 0.02 and 1.

        Never 0: an unusual pair stays possible, and a single clue must not rule a process out.
        """
        if ANY_MATERIAL in self.materials:
            return 1.0
        return max(self.materials.get(material_class, 0.0), 0.02)


@cache
def _processes() -> dict[str, Process]:
    return {
        row["code"]: Process(
            code=row["code"],
            group=row["group"],
            fr=row["fr"],
            en=row["en"],
            words_fr=split_cell(row["words_fr"]),
            words_en=split_cell(row["words_en"]),
            naf=tuple(row["naf"].split()),
            hs=tuple(row["hs"].split()),
            materials=read_weights(row["materials"]),
        )
        for row in read_rows(sheet_path(PACKAGE, "processes.csv"))
    }


@cache
def process_groups() -> tuple[ProcessGroup, ...]:
    """Return the groups of processes, by code."""
    return tuple(ProcessGroup(**row) for row in read_rows(sheet_path(PACKAGE, "groups.csv")))


def all_processes() -> tuple[Process, ...]:
    """Return every process, by code."""
    return tuple(_processes().values())


def find_process(code: str) -> Process:
    """Return the process of this code; ``KeyError`` if there is none.

    >>> find_process("bar-turning").naf
    ('25.62A',)
    """
    return _processes()[code]


def process_label(code: str, language: str) -> str:
    """Return the label of a process in French (``fr``) or English (any other language).

    >>> process_label("turning", "fr"), process_label("turning", "en")
    ('tournage', 'turning')
    """
    process = find_process(code)
    return process.fr if language == "fr" else process.en
