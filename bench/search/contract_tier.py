"""The tier of public contracts: who should be found for each object, and what may be known on that day.

Grades: 3 for a winner of the contract, 2 for another winner of the same kind of goods (first five digits of
the CPV), 1 for one of the same group (three digits). A winner is every establishment of its firm in the
buyer's region, because contracts are often signed with the head office's number. Firms that won nothing are
not refused, only unknown.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from bench.search.baselines import Rows
from bench.search.corpus import Corpus
from bench.search.evaluation import Asked, Territory
from bench.search.labelled_set import Labelled
from bench.search.notices import Notice
from bench.search.objects import clean_object
from maillon.reference.places.divisions import departements

#: NAF divisions of each kind of winner; the two are never mixed.
MAKERS = tuple(f"{division}." for division in range(10, 34))
TRADERS = ("46.",)
_WON = 3.0


@dataclass(frozen=True, slots=True)
class Tier:
    """The questions, the firms among which each region's are put, and the firms that someone judged."""

    asked: tuple[Asked, ...]
    rows: dict[Territory, Rows]
    judged: frozenset[int]

    def of(self, corpus: Corpus, part: str) -> Tier:
        """Return the tier among the firms of one part; a question without a winner there is not asked."""
        inside = frozenset(corpus.firms.with_row_index("row").filter(pl.col("part") == part)["row"].to_list())
        rows = {t: there[np.isin(there, list(inside))] for t, there in self.rows.items()}
        kept = []
        for asked in self.asked:
            grades = {row: grade for row, grade in asked.grades.items() if row in inside}
            if _WON in grades.values():
                kept.append(replace(asked, grades=grades))
        return Tier(tuple(kept), rows, self.judged & inside)


def choose_cutoff(notices: Sequence[Notice], share: float = 0.7) -> dt.date:
    """Return the day before which ``share`` of the notices were signed; ``ValueError`` if there is none."""
    if not notices:
        raise ValueError("no notice to split by date")
    days = sorted(notice.day for notice in notices)
    return days[min(int(share * len(days)), len(days) - 1)]


def forget_contracts(capabilities: pl.DataFrame, cutoff: dt.date) -> pl.DataFrame:
    """Return the capabilities known before ``cutoff``: later and undated contracts are left out."""
    contract = pl.col("source").str.starts_with("decp")
    known = (pl.col("date") < cutoff).fill_null(value=False)
    return capabilities.filter(~contract | known)


def make_tier(
    notices: Sequence[Notice],
    corpus: Corpus,
    names: Mapping[str, Sequence[str]],
    cutoff: dt.date,
    activities: tuple[str, ...] = MAKERS,
) -> Tier:
    """Return the questions of the notices of ``cutoff`` and after.

    ``names`` are those of each SIREN, removed from the objects. A notice without a winner of these
    ``activities`` in its region, or with nothing left to read, is not asked. Clusters are kinds of goods.
    """
    rows = {_territory(region): _rows(corpus, region, activities) for region in {n.region for n in notices}}
    firms = {territory: _by_siren(corpus, there) for territory, there in rows.items()}
    kinds, groups = _winners_by(notices, 5), _winners_by(notices, 3)
    asked = []
    for place, notice in enumerate(notices):
        territory = _territory(notice.region)
        near = firms[territory]
        won = _rows_of(notice.winners, near)
        if notice.day < cutoff or not won:
            continue
        text = clean_object(
            notice.object, [name for siren in sorted(notice.winners) for name in names.get(siren, ())]
        )
        if text:
            grades = dict.fromkeys(_rows_of(groups[notice.cpv[:3]], near), 1.0)
            grades |= dict.fromkeys(_rows_of(kinds[notice.cpv[:5]], near), 2.0) | dict.fromkeys(won, _WON)
            asked.append(Asked(_question(place, text, notice.cpv[:5]), territory, grades))
    everyone = frozenset().union(*(notice.winners for notice in notices))
    judged = frozenset(row for near in firms.values() for row in _rows_of(everyone, near))
    return Tier(tuple(asked), rows, judged)


def _territory(region: str) -> Territory:
    return tuple(sorted(code for code, found in departements().items() if found.region == region))


def _rows(corpus: Corpus, region: str, activities: tuple[str, ...]) -> Rows:
    inside = pl.col("departement").is_in(_territory(region))
    active = pl.any_horizontal(pl.col("naf").str.starts_with(start) for start in activities)
    found = corpus.firms.with_row_index("row").filter(inside & active.fill_null(value=False))
    return found["row"].to_numpy().astype(np.int64)


def _by_siren(corpus: Corpus, rows: Rows) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for row, siren in zip(rows.tolist(), corpus.firms["siren"].gather(rows).to_list(), strict=True):
        found[siren].append(row)
    return found


def _rows_of(sirens: frozenset[str], near: Mapping[str, Sequence[int]]) -> list[int]:
    return [row for siren in sorted(sirens) for row in near.get(siren, ())]


def _winners_by(notices: Sequence[Notice], digits: int) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for notice in notices:
        found[notice.cpv[:digits]] |= notice.winners
    return found


def _question(place: int, text: str, kind: str) -> Labelled:
    return Labelled(f"c{place}", text, kind, "fr", "contracts", (), (), (), "")
