"""From the clues of a designation to probabilities of families and processes.

The model is a chain of Bayesian updates. A noun gives its families, each family its usual processes:
``P(f, q) = P(f | noun) · P(q | f)``. Every clue then multiplies the odds of the processes it speaks for
(``P(q | clue) ∝ P(q) · factor(clue, q)``) and the families follow, being summed from the same table. What
the noun leaves open by its confidence stays unknown.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from maillon.method.search.designation.designation import Share
from maillon.reference.classifications.families import find_family
from maillon.reference.classifications.lexicon.clues import (
    clue_factor,
    family_factor,
    treatment_factor,
    usual_processes,
)
from maillon.reference.classifications.lexicon.nouns import find_noun
from maillon.reference.classifications.processes import all_processes, find_process

NAMED_SHARE = 0.8  # of the odds go to a process that the text names itself
NAMED_ALONE = 0.7  # probability of a named process when nothing else is known
INCOMPLETE = 0.25  # chance that a part is made by a process that its noun does not list
SMALLEST_SHOWN = 0.005
SPECIALISED = frozenset({"electrical", "electronics", "product-making"})  # groups: their parts are bought

Cells = dict[tuple[str, str], float]


class Clues(NamedTuple):
    """All that bears on family and process, without the text: equal clues give equal verdicts.

    ``workshops`` are the families of parts made by the workshops that the text names.
    """

    noun: str | None
    confidence: float
    material_class: str | None = None
    material: str | None = None
    treatments: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    workshops: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What one clue changed for the process that came out best, as a natural logarithm."""

    clue: str
    subject: str
    weight: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Probabilities of families and processes, best first, and the steps that led to the best process."""

    families: tuple[Share, ...]
    processes: tuple[Share, ...]
    steps: tuple[Step, ...]


NOTHING_KNOWN = Verdict((), (), ())


@lru_cache(maxsize=65536)
def weigh(clues: Clues) -> Verdict:
    """Return the verdict on these clues.

    >>> weigh(Clues("hex nut", 1.0)).families
    (Share(code='nuts', probability=1.0),)
    """
    if clues.noun is None or find_noun(clues.noun).is_weak:
        return _named_alone(clues)
    stages = list(_stages(clues))
    mass = {key: weight * clues.confidence for key, weight in stages[-1][2].items()}
    processes = _shares(mass, 1)
    return Verdict(_shares(mass, 0), processes, _steps(stages, processes[0].code, clues.confidence))


def _stages(clues: Clues) -> Iterator[tuple[str, str, Cells]]:
    """Yield clue by clue its kind, its subject and the table of families × processes after it."""
    cells = _from_noun(clues.noun or "", clues.material_class)
    yield "noun", clues.noun or "", cells
    if clues.material_class:
        cells = _in_material(cells, clues.material_class)
        clue = f"material:{clues.material}"
        cells = _scale(cells, {key: clue_factor(clue, key[1]) for key in cells})
        yield "material", clues.material_class, cells
    for treatment in clues.treatments:
        if not (clues.material_class or clues.named):  # either tells more of the material
            cells = _scale(cells, {key: treatment_factor(treatment, key[1]) for key in cells})
            yield "treatment", treatment, cells
    for figure in clues.figures:
        cells = _scale(cells, {(f, q): clue_factor(figure, q) * family_factor(figure, f) for f, q in cells})
        yield "figure", figure, cells
    if clues.named:
        cells = _name(cells, clues.named, clues.workshops)
        yield "process", " ".join(clues.named), cells


def _from_noun(noun: str, material_class: str | None) -> Cells:
    part = find_noun(noun)
    return {
        (family, process): share * weight
        for family, share in part.families_in(material_class).items()
        for process, weight in part.processes_in(family).items()
    }


def _in_material(cells: Cells, material_class: str) -> Cells:
    """Weigh the processes by how they suit a material, and leave room for those the noun does not list.

    The less the noun's own processes work the material (a shaft of PLA), the more its usual processes count.
    """
    fits = {key: weight * _suitability(key[1], material_class) for key, weight in cells.items()}
    unfit = 1 - sum(fits.values())
    after = dict(fits)
    for (family, process), weight in cells.items():
        if find_process(process).group in SPECIALISED:
            continue
        for other, usual in usual_processes(material_class).items():
            key = (family, other)
            after[key] = after.get(key, 0.0) + INCOMPLETE * unfit * weight * usual
    total = sum(after.values())
    return {key: weight / total for key, weight in after.items()}


def _suitability(process: str, material_class: str) -> float:
    """Return how a process suits a material; a maker of bearings or cables works with what it needs."""
    found = find_process(process)
    return 1.0 if found.group in SPECIALISED else found.suits(material_class)


def _scale(cells: Cells, factors: Cells) -> Cells:
    return _normalised({key: weight * factors[key] for key, weight in cells.items()})


def _name(cells: Cells, named: tuple[str, ...], workshops: tuple[str, ...]) -> Cells:
    """Give ``NAMED_SHARE`` of each family to the processes named, and favour the families that use them.

    The families that the ``workshops`` named make are favoured most; where no family of the noun uses the
    process they come in with ``NAMED_SHARE``: a "support fonderie" is a casting, though supports rarely are.
    """
    families = list(dict.fromkeys(f for f, _ in cells))
    use = {f: sum(find_family(f).processes.get(q, 0.0) for q in named) for f in families}
    if workshops and not any(use.values()):
        cells = _as_made(cells, workshops)
        use |= dict.fromkeys(workshops, 1.0)
        families = list(use)
    use |= {family: 1.0 for family in workshops if family in use}
    after: Cells = {}
    for family in families:
        own = {q: weight for (f, q), weight in cells.items() if f == family}
        total = sum(own.values()) * (0.1 + use[family])
        scale = total * (1 - NAMED_SHARE) / sum(own.values())
        for process, weight in own.items():
            after[family, process] = weight * scale
        for process in named:
            key = (family, process)
            after[key] = after.get(key, 0.0) + total * NAMED_SHARE / len(named)
    return _normalised(after)


def _as_made(cells: Cells, workshops: tuple[str, ...]) -> Cells:
    """Leave the noun's families ``1 - NAMED_SHARE`` and give the rest to those of the workshops."""
    after = {key: weight * (1 - NAMED_SHARE) for key, weight in cells.items()}
    for family in workshops:
        for process, share in find_family(family).processes.items():
            key = (family, process)
            after[key] = after.get(key, 0.0) + NAMED_SHARE * share / len(workshops)
    return after


def _normalised(cells: Cells) -> Cells:
    whole = sum(cells.values())
    return {key: weight / whole for key, weight in cells.items()}


def _named_alone(clues: Clues) -> Verdict:
    if not clues.named:
        return NOTHING_KNOWN
    share = NAMED_ALONE / len(clues.named)
    weight = math.log(share * len(all_processes()))
    shares = tuple(Share(code, share) for code in sorted(clues.named))
    return Verdict((), shares, (Step("process", " ".join(clues.named), weight),))


def _shares(mass: Cells, axis: int) -> tuple[Share, ...]:
    sums: dict[str, float] = {}
    for key, weight in mass.items():
        sums[key[axis]] = sums.get(key[axis], 0.0) + weight
    ranked = sorted(sums.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Share(code, weight) for code, weight in ranked if weight >= SMALLEST_SHOWN)


def _steps(stages: list[tuple[str, str, Cells]], best: str, confidence: float) -> tuple[Step, ...]:
    """Return by how much each stage moved the best process: ``ln`` of the ratio of its probabilities."""
    before = 1 / len(all_processes())
    steps = []
    for clue, subject, cells in stages:
        after = max(sum(w for (_, q), w in cells.items() if q == best), 1e-9)
        after *= confidence
        steps.append(Step(clue, subject, math.log(after / before)))
        before = after
    return tuple(steps)
