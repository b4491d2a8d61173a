"""What a clue of a designation (a thickness, a fit, a treatment) says of the process: factors of odds."""

from __future__ import annotations

from functools import cache

from maillon.reference.classifications.processes import ANY_MATERIAL, all_processes, find_process
from maillon.reference.classifications.processes.sheet import read_rows, sheet_path
from maillon.reference.classifications.processes.weights import read_weights

PACKAGE = "maillon.reference.classifications.lexicon"


@cache
def _factors() -> dict[tuple[str, str], float]:
    return {
        (row["clue"], row["target"]): float(row["factor"])
        for row in read_rows(sheet_path(PACKAGE, "clues.csv"))
    }


@cache
def known_clues() -> frozenset[str]:
    """Return the clues that say something of the process."""
    return frozenset(clue for clue, _ in _factors())


@cache
def clue_factor(clue: str, process: str) -> float:
    """Return by how much a clue multiplies the odds of a process; 1 where it says nothing.

    A factor given for the process itself comes before the one of its group.

    >>> clue_factor("thickness", "sheet-bending"), clue_factor("thickness", "cable-manufacture")
    (3.0, 1.0)
    """
    factors = _factors()
    group = f"group:{find_process(process).group}"
    return factors.get((clue, process), factors.get((clue, group), 1.0))


@cache
def family_factor(clue: str, family: str) -> float:
    """Return by how much a clue multiplies the odds of a family; 1 where it says nothing.

    >>> family_factor("nominal-bore", "gaskets-flat"), family_factor("nominal-bore", "nuts")
    (6.0, 1.0)
    """
    return _factors().get((clue, f"family:{family}"), 1.0)


@cache
def usual_processes(material_class: str) -> dict[str, float]:
    """Return the processes that usually shape a material, whatever the part; they sum to 1.

    >>> max(usual_processes("zinc"))
    'die-casting'
    """
    return _usual_processes().get(material_class, {})


@cache
def _usual_processes() -> dict[str, dict[str, float]]:
    rows = read_rows(sheet_path(PACKAGE, "material_processes.csv"))
    return {row["class"]: read_weights(row["processes"]) for row in rows}


@cache
def treatment_factor(treatment: str, process: str) -> float:
    """Return how well a process agrees with a treatment, by the materials of both, between 0.02 and 1.

    It is the mean suitability of the process over the material classes of the treatment, weighted by how
    usual each is there: anodised things are aluminium, so anodising speaks against tube making.

    >>> treatment_factor("anodising", "milling") > treatment_factor("anodising", "tube-making")
    True
    """
    materials = find_process(treatment).materials
    if ANY_MATERIAL in materials:
        return 1.0
    total = sum(materials.values())
    made = find_process(process)
    return sum(share * made.suits(material) for material, share in materials.items()) / total


@cache
def material_classes() -> frozenset[str]:
    """Return every material class that some process names."""
    return frozenset(m for process in all_processes() for m in process.materials if m != ANY_MATERIAL)
