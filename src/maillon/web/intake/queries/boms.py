"""Lines of a version as the library takes them: a bill of materials or a ledger, every column and type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from maillon.web.intake.models import Line, Version

if TYPE_CHECKING:
    import polars as pl

    from maillon.core.bom import Bom
    from maillon.core.ledger import Ledger

#: Columns of a line that are rows' own and no part of a bill of materials or ledger.
_OWN = frozenset({"id", "organisation", "version", "must_keep", "more"})
#: Columns of the table, by the names that the library uses too.
STORED = tuple(field.name for field in Line._meta.concrete_fields if field.name not in _OWN)


def bom_of(version: Version) -> Bom:
    """Return the lines of a version of a bill of materials as the library's frame."""
    from maillon.core.bom import BOM_SCHEMA, Bom  # noqa: PLC0415 - Polars loads where lines are computed with

    return Bom(_frame(version, BOM_SCHEMA), version.project.name, str(version.number))


def ledger_of(version: Version) -> Ledger | None:
    """Return the purchases of a version that holds a ledger, None for a bill of materials."""
    from maillon.core.ledger import LEDGER_SCHEMA, Ledger  # noqa: PLC0415 - as above

    if version.kind != Version.Kind.LEDGER:
        return None
    return Ledger(_frame(version, LEDGER_SCHEMA), version.project.name)


def rows_of(frame: pl.DataFrame, version: Version) -> list[Line]:
    """Return unsaved lines that hold every column of a frame of the library; the inverse of ``bom_of``."""
    stored = [name for name in frame.columns if name in STORED]
    other = [name for name in frame.columns if name not in STORED]
    return [
        Line(
            organisation_id=version.organisation_id,
            version=version,
            **{name: row[name] for name in stored},
            more={name: _plain(row[name]) for name in other if row[name] is not None},
        )
        for row in frame.iter_rows(named=True)
    ]


def _frame(version: Version, schema: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    import polars as pl  # noqa: PLC0415 - as above

    stored = [name for name in schema if name in STORED]
    other = [name for name in schema if name not in STORED]
    rows = list(Line.objects.filter(version=version).order_by("line").values_list(*stored, "more"))
    columns: dict[str, list[Any]] = {name: [row[at] for row in rows] for at, name in enumerate(stored)}
    columns |= {name: [row[-1].get(name) for row in rows] for name in other}
    dates = {name for name, kind in schema.items() if kind == pl.Date}
    columns |= {name: [_date(value) for value in columns[name]] for name in dates}
    return pl.DataFrame({name: pl.Series(name, columns[name], kind) for name, kind in schema.items()})


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value


def _date(value: object) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else None
