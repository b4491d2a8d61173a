"""Which establishments have any link with a need, and what the register shows of that link.

A candidate has at least one link: it shows a process of the need, its activity is that of the makers, or its
words match. Activities are slices of the index and holders of a process are lists, so that a search touches
only what is linked, never the whole register.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from maillon.method.search.suppliers.activities import Activities
from maillon.method.search.suppliers.filters import Filters, inside
from maillon.method.search.suppliers.need import Need
from maillon.method.search.suppliers.profile import Profile
from maillon.reference.register.index import RegisterIndex
from maillon.reference.register.index.cells import cells_of
from maillon.reference.register.index.postings import FULL, Holders
from maillon.reference.register.index.text import CELL, DEPARTEMENT, Hits

Rows = npt.NDArray[np.int64]
Values = npt.NDArray[np.float64]
#: Firms up to this many times the distance asked are looked at for near matches.
BEYOND = 1.5


@dataclass(frozen=True, slots=True, eq=False)
class Linked:
    """Rows (rising) with a link, how strong each is, and the firms too far away to be looked at.

    ``shown`` is the evidence of the processes and ``best`` which process of the need it is for most (-1:
    none); ``text`` is in excess of the last firm weighed; ``apart`` counts firms linked outside the zone.
    """

    rows: Rows
    shown: Values
    best: npt.NDArray[np.int64]
    activity: Values
    text: Values
    apart: int


def weighted_processes(need: Need, profile: Profile) -> list[tuple[str, float]]:
    """Return the processes of a need with shares that sum to 1, treatments taking a small part.

    >>> from maillon.method.search.suppliers.profile import standard_profile
    >>> from maillon.method.search.suppliers.need import read_need
    >>> [code for code, _ in weighted_processes(read_need("axe zingué"), standard_profile())][-1]
    'zinc-plating'
    """
    total = sum(share.probability for share in need.processes)
    if not total:
        return []
    part = profile.shapes["treatment_share"] if need.treatments else 0.0
    making = [(share.code, (1 - part) * share.probability / total) for share in need.processes]
    return making + [(code, part / len(need.treatments)) for code in need.treatments]


def gather(
    index: RegisterIndex, activities: Activities, need: Need, filters: Filters, profile: Profile
) -> Linked:
    """Return every firm of the zone that has a link with the need; the zone is wider than the territory."""
    zone = replace(filters, km=filters.km * BEYOND) if filters.km is not None else filters
    fits = activities.fits(need, profile)
    typical, n_typical = _of_activities(index, fits, zone)
    asked = [(share, index.processes.find(code)) for code, share in weighted_processes(need, profile)]
    near = [(share, _keep(held, inside(index, held.rows, zone))) for share, held in asked]
    others = _elsewhere(index, fits, [held for _, held in near])
    hits = _text_hits(index, need, filters, profile)
    rows = distinct(np.concatenate([typical, others, hits.rows]))
    shown, best = _evidence(rows, near)
    text = np.zeros(len(rows))
    text[np.searchsorted(rows, hits.rows)] = hits.scores
    n_linked = n_typical + len(_elsewhere(index, fits, [held for _, held in asked]))
    return Linked(
        rows=rows,
        shown=shown,
        best=best,
        activity=fits[index.columns.activity[rows]],
        text=text,
        apart=n_linked - len(typical) - len(others),
    )


def distinct(rows: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return each value once, rising. Sorting small integers is several times faster than ``np.unique``.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    ordered = np.sort(rows)
    first = np.ones(len(ordered), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def _of_activities(index: RegisterIndex, fits: Values, zone: Filters) -> tuple[Rows, int]:
    """Return the rows of the zone whose activity fits at all, and how many there are in all zones."""
    found, count = [np.empty(0, np.int64)], 0
    for place in np.flatnonzero(fits):
        start, stop = index.slice_of(int(place), zone.box)
        count += int(index.starts[place + 1] - index.starts[place])
        found.append(start + np.flatnonzero(inside(index, slice(start, stop), zone)))
    return np.concatenate(found), count


def _keep(held: Holders, mask: npt.NDArray[np.bool_]) -> Holders:
    return Holders(held.rows[mask], held.strengths[mask], held.kinds[mask], held.sources[mask])


def _elsewhere(index: RegisterIndex, fits: Values, holders: list[Holders]) -> Rows:
    """Return who shows a process though its activity has no link with the need."""
    rows = [held.rows[fits[index.columns.activity[held.rows]] == 0] for held in holders]
    return distinct(np.concatenate([np.empty(0, np.uint32), *rows])).astype(np.int64)


def _text_hits(index: RegisterIndex, need: Need, filters: Filters, profile: Profile) -> Hits:
    """Return the firms of the territory whose words match, scored by how far they pass the last one weighed.

    The texts of ``text_depth`` firms are weighed. What they have in common with the next one says nothing,
    so that a firm just past the limit is treated as one just before it.
    """
    depth = int(profile.shapes["text_depth"])
    hits = index.text.find(dict(need.words), _within(index, filters), depth)
    floor = hits.scores[-1] if len(hits.rows) == depth else 0.0
    kept = inside(index, hits.rows, filters)
    return Hits(hits.rows[kept], hits.scores[kept] - floor)


def _within(index: RegisterIndex, filters: Filters) -> dict[str, list[int]]:
    within: dict[str, list[int]] = {}
    if filters.box is not None:
        within[CELL] = cells_of(filters.box)
    if filters.departements:
        places = {code: place for place, code in enumerate(index.departements)}
        within[DEPARTEMENT] = [places[code] for code in sorted(filters.departements) if code in places]
    return within


def _evidence(rows: Rows, near: list[tuple[float, Holders]]) -> tuple[Values, Rows]:
    """Return the evidence of each row, summed over the processes by their shares, and its main process."""
    shown, best = np.zeros(len(rows)), np.full(len(rows), -1)
    most = np.zeros(len(rows))
    for process, (share, held) in enumerate(near):
        places = np.searchsorted(rows, held.rows)
        given = share * (held.strengths / FULL)
        shown[places] += given
        higher = given > most[places]
        most[places[higher]] = given[higher]
        best[places[higher]] = process
    return shown, best
