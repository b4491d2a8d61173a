"""Which processes go with an activity code, which materials with a process, as flat lists to draw from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from maillon.demo.register.activities import activities
from maillon.demo.register.draws import Dice, Ranks
from maillon.demo.register.word_lists import sheet
from maillon.reference.classifications.processes.process import ANY_MATERIAL, Process, all_processes

#: What is worked where a process takes anything.
_USUAL = {"steel": 1.0, "stainless": 0.7, "aluminium": 0.7, "plastic": 0.5, "copper": 0.3}


@dataclass(frozen=True, slots=True)
class Choices:
    """A list for each key; what comes often stands several times."""

    entries: Ranks
    starts: Ranks
    counts: Ranks

    def draw(self, dice: Dice, topic: str, ranks: Ranks, keys: Ranks) -> Ranks:
        """Return an entry of the list of each key; −1 where the list is empty or the key −1."""
        counts = np.where(keys < 0, 0, self.counts[keys])
        places = np.where(counts > 0, self.starts[keys] + dice.index(topic, ranks, counts), 0)
        return np.where(counts > 0, self.entries[places], -1)


def _choices(lists: Iterable[list[int]]) -> Choices:
    kept = list(lists)
    counts = np.array([len(entry) for entry in kept], dtype=np.int64)
    entries = np.array([one for entry in kept for one in entry] or [0], dtype=np.int64)
    return Choices(entries, np.r_[0, np.cumsum(counts)][:-1], counts)


@cache
def processes() -> tuple[Process, ...]:
    """Return the processes in the order of their places."""
    return all_processes()


@cache
def material_classes() -> tuple[str, ...]:
    """Return the classes of materials in the order of their places."""
    named = {name for process in processes() for name in process.materials} | set(_USUAL)
    return tuple(sorted(named - {ANY_MATERIAL}))


@cache
def processes_by_naf() -> Choices:
    """Return the processes of each activity code, each as often as the code is typical of it."""
    lists: dict[str, list[int]] = defaultdict(list)
    for place, process in enumerate(processes()):
        for rank, code in enumerate(process.naf):
            lists[code] += [place] * (4, 2, 1, 1)[min(rank, 3)]
    places = {process.code: place for place, process in enumerate(processes())}
    for row in sheet("wholesale"):
        lists[row["naf"]] = [places[code] for code in row["processes"].split()]
    return _choices(lists[code] for code in activities().codes)


@cache
def processes_by_group() -> Choices:
    """Return, for each process, those of its group."""
    return _choices(
        [other for other, one in enumerate(processes()) if one.group == process.group]
        for process in processes()
    )


@cache
def materials_by_process() -> Choices:
    """Return the material classes of each process, each as often as it is usual there."""
    places = {name: place for place, name in enumerate(material_classes())}

    def listed(weights: Mapping[str, float]) -> list[int]:
        usual = _USUAL if ANY_MATERIAL in weights else weights
        return [places[name] for name, weight in usual.items() for _ in range(max(round(weight * 5), 1))]

    return _choices(listed(process.materials) for process in processes())
