"""How well each activity of a register fits a need: its processes, its classification, its words."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from maillon.method.search.suppliers.need import Need
from maillon.method.search.suppliers.profile import Profile
from maillon.reference.classifications.naf import label
from maillon.reference.classifications.processes import find_process
from maillon.reference.register.index.text import analyse

Fits = npt.NDArray[np.float64]
_EMPTY = frozenset({"fabricat", "industr", "activit", "autr", "servic", "produit", "articl", "compr", "hor"})


@dataclass(frozen=True, eq=False)
class Activities:
    """The activities of one register (codes, some may be classes), ready to be held against needs."""

    codes: tuple[str, ...]
    bearers: dict[str, npt.NDArray[np.int64]]  # word → activities whose title bears it
    _links: dict[tuple[str, str], Fits] = field(default_factory=dict)  # process and profile → links

    def fits(self, need: Need, profile: Profile) -> Fits:
        """Return how well each activity fits, from 0 (no link) to 1 (typical of every process needed)."""
        fits = np.maximum(self._process_fits(need, profile), profile.label * self._title_fits(need))
        if need.activities:
            proposed = {share.code: share.probability for share in need.activities}
            named = [max(proposed.get(code, 0.0), proposed.get(code[:5], 0.0)) for code in self.codes]
            fits = np.maximum(fits, np.array(named))
        return np.minimum(fits, 1.0)

    def _process_fits(self, need: Need, profile: Profile) -> Fits:
        """Sum the links of the processes, weighted by how probable each is."""
        total = sum(share.probability for share in need.processes)
        fits = np.zeros(len(self.codes))
        for share in need.processes:
            fits += share.probability / total * self._links_of(share.code, profile)
        return fits

    def _links_of(self, process: str, profile: Profile) -> Fits:
        key = (process, profile.version)
        if key not in self._links:
            links = _links(find_process(process).naf, profile)
            self._links[key] = np.array([links.get(c, links.get(c[:5], 0.0)) for c in self.codes])
        return self._links[key]

    def _title_fits(self, need: Need) -> Fits:
        """Return the share of the need's words, weighted by rarity, that stand in each activity's title.

        Only words as written count; one that no title holds counts as much as the rarest, so that a single
        common word of a long need finds little.
        """
        asked = {word for text, weight in need.words if weight >= 1.0 for word in analyse(text)} - _EMPTY
        found, whole = np.zeros(len(self.codes)), 0.0
        for word in sorted(asked):
            bearers = self.bearers.get(word)
            rarity = math.log1p(len(self.codes) / (1 if bearers is None else len(bearers)))
            whole += rarity
            if bearers is not None:
                found[bearers] += rarity
        return found / whole if whole else found


def known_activities(codes: tuple[str, ...]) -> Activities:
    """Return the activities of these codes; an unknown code has no title.

    >>> known_activities(("25.62A", "46.69B")).bearers["decolletag"].tolist()
    [0]
    """
    bearers: dict[str, list[int]] = {}
    for place, code in enumerate(codes):
        for word in sorted(set(analyse(_title(code))) - _EMPTY):
            bearers.setdefault(word, []).append(place)
    return Activities(
        codes,
        {word: np.array(places) for word, places in bearers.items()},
    )


def _title(code: str) -> str:
    try:
        return label(code, "fr")
    except KeyError:
        return ""


def _links(makers: tuple[str, ...], profile: Profile) -> dict[str, float]:
    """Return code or class → link: by rank for the makers' own codes, less for others of their class."""
    links: dict[str, float] = {}
    for place, code in enumerate(makers):
        rank = profile.ranks[min(place, len(profile.ranks) - 1)]
        links[code] = max(links.get(code, 0.0), rank)
        links[code[:5]] = max(links.get(code[:5], 0.0), rank * profile.same_class)
    return links
