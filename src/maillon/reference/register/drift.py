"""How a file differs from the layout that its publisher describes: told, and fatal only for a key column."""

from __future__ import annotations

import tempfile
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from maillon.reference.register.loading.cleaning import HIDDEN
from maillon.reference.register.loading.official import OfficialFile, last_change, recognise, tell_row


@dataclass(frozen=True, slots=True)
class Drift:
    """One file against its layout.

    ``missing`` leaves out what the file's own layout never had; ``lacking_keys`` are fatal to a build;
    ``moved`` are known columns out of their published order, which changes nothing. ``types`` are those of a
    Parquet file. ``coded`` is the share of rows that say something, ``hidden`` that of ``[ND]``, for
    the columns that the register reads.
    """

    file: str
    kind: str
    layout: str
    rows: int
    data_date: str | None
    missing: tuple[str, ...]
    lacking_keys: tuple[str, ...]
    unknown: tuple[str, ...]
    moved: tuple[str, ...]
    types: dict[str, str]
    coded: dict[str, float]
    hidden: dict[str, float]


def check_source(path: Path) -> Drift:
    """Compare a file with its layout, reading the columns that the register uses once.

    Raises ``RefusedFile`` for a file that cannot be read or is of no known kind.
    """
    with tempfile.TemporaryDirectory(prefix="maillon-") as folder:
        return _compare(recognise(path, Path(folder)))


def _compare(file: OfficialFile) -> Drift:
    layout, there = file.layout, set(file.columns)
    name = layout.layout_of(file.columns)
    expected = [column for column in layout.columns if name == "current" or column not in layout.added]
    read = [column for column in layout.used if column in there]
    rows, coded, hidden = _shares(file, read)
    return Drift(
        file=file.path.name,
        kind=layout.kind,
        layout=name,
        rows=rows,
        data_date=last_change(file),
        missing=tuple(column for column in expected if column not in there),
        lacking_keys=tuple(key for key in layout.keys if key not in there),
        unknown=tuple(column for column in file.columns if column not in layout.columns),
        moved=moved_columns(file.columns, layout.columns),
        types=dict(zip(file.columns, file.types, strict=True)),
        coded=coded,
        hidden=hidden,
    )


def _shares(file: OfficialFile, columns: Sequence[str]) -> tuple[int, dict[str, float], dict[str, float]]:
    text = [pl.col(column).cast(pl.String).str.strip_chars() for column in columns]
    said = [((one != "") & (one != HIDDEN)).sum() for one in text]
    masked = [(one == HIDDEN).sum() for one in text]
    found = [int(value or 0) for value in tell_row(file, pl.len(), *_numbered([*said, *masked]))]
    rows = found[0]
    shares = [round(value / max(rows, 1), 4) for value in found[1:]]
    coded = dict(zip(columns, shares, strict=False))
    hidden = dict(zip(columns, shares[len(columns) :], strict=True))
    return rows, coded, {column: share for column, share in hidden.items() if share}


def _numbered(told: Sequence[pl.Expr]) -> list[pl.Expr]:
    return [one.alias(f"_{place}") for place, one in enumerate(told)]


def moved_columns(columns: Sequence[str], published: Sequence[str]) -> tuple[str, ...]:
    """Return the fewest known columns that would have to move for the published order to hold.

    They are those outside of a longest increasing run of published places (C. Schensted, 1961).

    >>> moved_columns(["siret", "nic", "siren", "new"], ["siren", "nic", "siret"])
    ('siret', 'nic')
    """
    place = {column: at for at, column in enumerate(published)}
    known = [column for column in columns if column in place]
    ends: list[int] = []
    tails: list[str] = []
    before: dict[str, str | None] = {}
    for column in known:
        at = bisect_left(ends, place[column])
        before[column] = tails[at - 1] if at else None
        ends[at : at + 1] = [place[column]]
        tails[at : at + 1] = [column]
    kept, column_kept = set(), tails[-1] if tails else None
    while column_kept is not None:
        kept.add(column_kept)
        column_kept = before[column_kept]
    return tuple(column for column in known if column not in kept)
