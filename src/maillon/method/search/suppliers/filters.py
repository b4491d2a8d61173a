"""What a candidate must be: each condition removes firms, counts them, and leaves near matches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.core.place import Place
from maillon.method.search.suppliers.need import Need
from maillon.reference.places.distance import distance_km
from maillon.reference.places.divisions import departements
from maillon.reference.register.index import RegisterIndex
from maillon.reference.register.index.cells import Box, box_around
from maillon.reference.register.index.columns import NEVER
from maillon.reference.register.index.postings import among

Rows = npt.NDArray[np.int64]
Places = npt.NDArray[np.uint32]
Mask = npt.NDArray[np.bool_]
EXCLUDED, TRADER, TERRITORY = "excluded", "trader", "territory"
#: Conditions whose near matches are never shown: the firm asked for the first, the second is no maker.
SILENT = frozenset({EXCLUDED, TRADER})


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions of a search, all of which must hold; the defaults ask nothing.

    ``near`` and ``km`` make a circle, ``departements`` and ``communes`` a set of INSEE codes. ``naf`` are
    codes or their beginnings ("25", "25.62"), ``headcount`` the fewest persons, ``certificates`` those that
    must be held, ``years`` the least age; ``excluded`` are SIRET or SIREN numbers, and ``only`` those among
    whom to look, where there are any. Traders (NAF 45 to 47 and those told to be distributors) are left out
    unless ``traders``.
    """

    near: Place | None = None
    km: float | None = None
    departements: frozenset[str] = frozenset()
    communes: frozenset[str] = frozenset()
    naf: tuple[str, ...] = ()
    headcount: int | None = None
    certificates: tuple[str, ...] = ()
    years: float | None = None
    excluded: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    traders: bool = False
    today: dt.date | None = None

    @property
    def point(self) -> tuple[float, float] | None:
        """Where distances are measured from."""
        near = self.near
        return (near.lat, near.lon) if near and near.lat is not None and near.lon is not None else None

    @property
    def box(self) -> Box | None:
        """The box around the circle."""
        return box_around(*self.point, self.km) if self.point and self.km is not None else None

    @property
    def is_local(self) -> bool:
        """Whether a territory is asked for."""
        return self.box is not None or bool(self.departements) or bool(self.communes)


def check_filters(filters: Filters) -> None:
    """Raise ``InvalidRequest`` where a condition makes no sense."""
    if filters.km is not None and not 0 < filters.km < float("inf"):
        raise InvalidRequest(message("A travel distance is a number of km above 0."))
    if filters.km is not None and filters.point is None:
        raise InvalidRequest(
            message("A travel distance needs a place to start from."),
            message("Add --near with a town, for example --near Belfort."),
        )
    unknown = sorted(filters.departements - departements().keys())
    if unknown:
        raise InvalidRequest(message("There is no département {code}.", code=unknown[0]))
    for code in filters.naf:
        if not any(known.startswith(code) for known in _naf_codes()):
            raise InvalidRequest(
                message("“{code}” is not an activity code.", code=code),
                message("Write a NAF code or its beginning: 25, 25.6, 25.62 or 25.62B."),
            )


def _naf_codes() -> tuple[str, ...]:
    from maillon.reference.classifications.naf import codes  # noqa: PLC0415 - a table read only when asked

    return codes()


def distances(index: RegisterIndex, rows: Rows, filters: Filters) -> npt.NDArray[np.float64]:
    """Return km from the starting place, NaN where either end is unknown."""
    if filters.point is None:
        return np.full(len(rows), np.nan)
    lat, lon = (c[rows].astype(np.float64) for c in (index.columns.lat, index.columns.lon))
    return distance_km(*filters.point, lat, lon)


def inside(index: RegisterIndex, rows: Rows | Places | slice, filters: Filters) -> Mask:
    """Return which rows may lie in the territory: the box, the départements, the communes."""
    columns = index.columns
    kept = np.ones(len(columns.siret[rows]), dtype=bool)
    if filters.box is not None:
        south, north, west, east = filters.box
        lat, lon = columns.lat[rows], columns.lon[rows]
        # a box across the date line is left to the distances
        wraps = west < -180 or east > 180
        kept &= (lat >= south) & (lat <= north)
        if not wraps:
            kept &= (lon >= west) & (lon <= east)
    if filters.departements:
        kept &= _among(index.departements, filters.departements)[columns.departement[rows]]
    if filters.communes:
        kept &= _among(index.communes, filters.communes)[columns.commune[rows]]
    return kept


def _among(names: tuple[str, ...], wanted: frozenset[str]) -> Mask:
    return np.array([name in wanted for name in names], dtype=bool)


def failures(
    index: RegisterIndex, rows: Rows, km: npt.NDArray[np.float64], need: Need, filters: Filters
) -> dict[str, Mask]:
    """Return, for each condition asked for, which rows fail it; a firm's own limits are conditions."""
    return dict(
        [
            *_territory_failures(index, rows, km, filters),
            *_firm_failures(index, rows, filters),
            *_limit_failures(index, rows, need),
        ]
    )


def _territory_failures(
    index: RegisterIndex, rows: Rows, km: npt.NDArray[np.float64], filters: Filters
) -> Iterator[tuple[str, Mask]]:
    if filters.is_local:
        outside = ~inside(index, rows, filters)
        yield TERRITORY, outside | ~(km <= filters.km) if filters.km is not None else outside


def _firm_failures(index: RegisterIndex, rows: Rows, filters: Filters) -> Iterator[tuple[str, Mask]]:
    columns = index.columns
    if filters.naf:
        wanted = np.array([code.startswith(filters.naf) for code in index.activities], dtype=bool)
        yield "naf", ~wanted[columns.activity[rows]]
    if filters.headcount is not None:
        yield (
            "headcount",
            (np.maximum(columns.headcount_low[rows], columns.headcount_high[rows]) < filters.headcount),
        )
    if filters.years is not None:
        today = filters.today or dt.datetime.now(tz=dt.UTC).date()
        latest = (today - dt.date(1970, 1, 1)).days - round(filters.years * 365.25)
        created = columns.created[rows]
        yield "years", (created > latest) | (created == NEVER)
    for code in filters.certificates:
        yield f"certificate:{code}", ~among(index.certificates.find(code).rows, rows)
    yield EXCLUDED, among(excluded_rows(index, filters.excluded), rows)
    if filters.only:
        yield "only", ~among(np.sort(rows_of_numbers(index, filters.only)), rows)
    if not filters.traders:
        yield TRADER, trading(index, rows)


def _limit_failures(index: RegisterIndex, rows: Rows, need: Need) -> Iterator[tuple[str, Mask]]:
    """Yield what firms say themselves that they cannot do."""
    asked = rows.astype(np.uint32)
    if need.length is not None:
        yield "size", index.limits["size"].at(asked)[2] < need.length
    if need.tolerance is not None:
        yield "tolerance", index.limits["tolerance"].at(asked)[2] > need.tolerance
    if need.lot is not None:
        low, _, high = index.limits["lot"].at(asked)
        yield "lot", (need.lot < low) | (need.lot > high)


def trading(index: RegisterIndex, rows: Rows) -> Mask:
    """Return which rows trade rather than make."""
    told = among(index.roles.find("distributor").rows, rows)
    return index.trades[index.columns.activity[rows]] | told


def excluded_rows(index: RegisterIndex, numbers: frozenset[str]) -> Rows:
    """Return the rows that must never appear: those of SIRET or SIREN numbers, and those told excluded."""
    told = index.roles.find("excluded").rows.astype(np.int64)
    return np.sort(np.concatenate([told, rows_of_numbers(index, numbers)])) if numbers else told


@lru_cache(maxsize=8)
def rows_of_numbers(index: RegisterIndex, numbers: frozenset[str]) -> Rows:
    """Return the rows of SIRET and SIREN numbers; a list stays the same from one need to the next."""
    sirets = np.array(sorted(int(n) for n in numbers if len(n) == 14), dtype=np.int64)
    sirens = np.array(sorted(int(n) for n in numbers if len(n) == 9), dtype=np.int64)
    firms = np.flatnonzero(np.isin(index.columns.siret // 100_000, sirens)) if len(sirens) else sirens
    return np.concatenate([index.rows_of(sirets), firms])
