"""What firms say of themselves, put together from what they really make: our own phrases, not the lexicon's.

A text names one or two of the firm's processes in the words of the trade, sometimes a machine, a material, a
certificate or a sector; a quarter name a part; some hold idle words or a typing error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from maillon.demo.register.word_lists import sheet
from maillon.reference.classifications.processes.sheet import split_cell

NAMES_A_PART = 0.25
_NOISE = 0.3
_TYPING_ERROR = 0.06

_MATERIALS = {
    "steel": "acier",
    "stainless": "inox",
    "aluminium": "aluminium",
    "copper": "laiton et cuivreux",
    "titanium": "titane",
    "cast-iron": "fonte",
    "plastic": "matières plastiques",
    "rubber": "élastomères",
    "wood": "bois",
    "composite": "composites",
    "textile": "textiles",
    "nickel": "superalliages",
    "zinc": "zamak",
    "glass": "verre",
    "paper": "carton",
    "leather": "cuir",
    "foam": "mousses",
    "ceramic": "céramique",
    "magnesium": "magnésium",
    "stone": "pierre",
}


@dataclass(frozen=True, slots=True)
class Trade:
    """The words of a process: what firms say, their machines, parts that they name, its CPV code."""

    says: tuple[str, ...]
    machines: tuple[str, ...]
    parts: tuple[str, ...]
    cpv: str


@cache
def trades() -> Mapping[str, Trade]:
    """Return the words of every process by its code.

    >>> trades()["turning"].cpv
    '42621000'
    """
    return {
        row["code"]: Trade(
            split_cell(row["says"]), split_cell(row["machines"]), split_cell(row["parts"]), row["cpv"]
        )
        for row in sheet("phrases")
    }


@cache
def sentences(name: str) -> tuple[str, ...]:
    """Return a list of ``data/sentences.csv``."""
    return next(split_cell(row["words"]) for row in sheet("sentences") if row["list"] == name)


def say_processes(chance: Random, processes: Sequence[str], most: int = 2) -> str:
    """Return up to ``most`` of the processes in words, the first always among them."""
    said = [chance.choice(trades()[code].says) for code in processes[: chance.randint(1, most)]]
    return ", ".join(said)


def describe_firm(chance: Random, processes: Sequence[str], materials: Sequence[str]) -> str:
    """Return a sentence or two on what the firm does, as on its web page."""
    text = f"{chance.choice(sentences('opening'))} {say_processes(chance, processes, 3)}"
    if materials and chance.random() < 0.5:
        text += f" ; {' et '.join(name_materials(materials[:2]))}"
    if chance.random() < 0.5:
        text += f" {chance.choice(sentences('sector'))}"
    text += f". {name_machines(chance, processes)}" if chance.random() < 0.3 else ""
    return blur(chance, text + name_part(chance, processes, ". Réalisations : "))


def name_machines(chance: Random, processes: Sequence[str]) -> str:
    """Return the machines of one or two of the processes."""
    machines = [chance.choice(trades()[code].machines) for code in processes[:2]]
    return f"Parc machines : {', '.join(dict.fromkeys(machines))}"


def name_materials(materials: Sequence[str]) -> list[str]:
    """Return the classes of materials in the words of workshops."""
    return [_MATERIALS.get(material, material) for material in materials]


def name_part(chance: Random, processes: Sequence[str], before: str) -> str:
    """Return a part that the firm makes, after ``before``; nothing in three of four cases."""
    parts = trades()[processes[0]].parts
    return f"{before}{chance.choice(parts)}" if parts and chance.random() < NAMES_A_PART else ""


def blur(chance: Random, text: str) -> str:
    """Return ``text`` with idle words or a typing error, sometimes."""
    if chance.random() < _NOISE:
        text += f", {chance.choice(sentences('noise'))}"
    if chance.random() < _TYPING_ERROR:
        place = chance.randrange(1, len(text) - 1)
        text = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    return text
