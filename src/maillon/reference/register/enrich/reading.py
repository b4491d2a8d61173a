"""Reading a file of enrichment whole: its source found, its rows told, its report written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.reference.register.enrich import lists
from maillon.reference.register.enrich.enrichment import Enrichment, EnrichmentReport
from maillon.reference.register.enrich.recognise import all_sources, find_source
from maillon.reference.register.enrich.source import (
    TOLD,
    Context,
    Source,
    Told,
    no_rows,
    nothing_aside,
)
from maillon.reference.register.enrich.tables import Table, open_file, open_rows
from maillon.reference.register.schema import CAPABILITIES

Progress = Callable[[int], None]
PLACED = ("name", "postcode", "commune_name")


def read_enrichment(
    path: Path,
    *,
    source: str | None = None,
    role: str | None = None,
    day: date | None = None,
    progress: Progress | None = None,
) -> Enrichment:
    """Read what a CSV or Parquet file says of firms; its source is recognised by its header.

    ``source`` names it instead (``relance``, ``decp``, ``rge``, ``qualiopi``, ``epv``, ``members``,
    ``lists``). ``role`` makes the file a list of firms in that role. ``day`` dates what has no date of its
    own, by default the day when the file was written. ``progress`` is told the number of rows read.

    Raises ``RefusedFile`` for a file that is no table or of no known source, ``InvalidRequest`` for an
    unknown source or role. A bad row never raises: it is in ``report.aside``.
    """
    sources = _choose_sources(source, role)
    table = open_file(path, sources)
    written = day or datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).date()
    return _read_table(table, Context(written, role), path.name, _sha256(path), progress)


def read_enrichment_rows(
    rows: Iterable[Sequence[object]],
    name: str,
    *,
    source: str | None = None,
    role: str | None = None,
    day: date | None = None,
) -> Enrichment:
    """Read what the rows of a sheet say of firms (cells as a workbook gives them), header among the first.

    The other arguments and the errors are those of ``read_enrichment``; ``day`` is today by default.
    """
    table = open_rows(rows, name, _choose_sources(source, role))
    written = day or datetime.now(tz=UTC).date()
    return _read_table(table, Context(written, role), name, None, None)


def _choose_sources(code: str | None, role: str | None) -> tuple[Source, ...]:
    if role is not None and role not in lists.ROLES:
        known = ", ".join(lists.ROLES)
        raise InvalidRequest(
            message("No role is called {role}; the roles are: {known}.", role=role, known=known)
        )
    if role is not None:
        return (lists.LIST_OF_ONE_ROLE,)
    if code is None:
        return all_sources()
    try:
        return (find_source(code),)
    except KeyError as error:
        known = ", ".join(source.code for source in all_sources())
        raise InvalidRequest(
            message("No source is called {code}; the sources are: {known}.", code=code, known=known)
        ) from error


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read_table(
    table: Table, context: Context, name: str, sha256: str | None, progress: Progress | None
) -> Enrichment:
    source = table.fit.source
    context = replace(context, headers=table.fit.written)
    told, aside, read = [no_rows()], [nothing_aside()], 0
    for batch in table.batches:
        part = source.read(batch.rows, context)
        told.append(part.told)
        aside += [part.aside, batch.broken]
        read += batch.rows.height + batch.broken.height
        if progress:
            progress(read)
    whole = _drop_repeats(Told(pl.concat(told), pl.concat(aside).sort("row", "reason", maintain_order=True)))
    rejected = whole.aside.filter(~pl.col("kept"))["row"].n_unique()
    report = EnrichmentReport(
        title=source.title,
        licence=source.licence,
        file=name,
        form=table.form,
        encoding=table.encoding,
        separator=table.separator,
        day=context.day,
        sha256=sha256,
        rows_read=read,
        rows_kept=read - rejected,
        rows_rejected=rejected,
        missing=table.fit.missing if source.official else (),
        unknown=table.fit.unknown,
        aside=whole.aside,
    )
    return _part_by_key(source.code, whole.told, report)


def _drop_repeats(whole: Told) -> Told:
    """Drop what is told twice word for word; a row that tells nothing else is set aside as repeated."""
    facts = [name for name in TOLD if name != "row"]
    once = whole.told.unique(subset=facts, keep="first", maintain_order=True)
    rows = whole.told.select("row").unique()
    again = rows.join(once.select("row").unique(), on="row", how="anti").sort("row")
    repeated = again.select(
        "row",
        pl.lit("repeated").alias("reason"),
        pl.lit(None, dtype=pl.String).alias("value"),
        pl.lit(False).alias("kept"),
    )
    return Told(once, pl.concat([whole.aside, repeated]).sort("row", maintain_order=True))


def _part_by_key(code: str, told: pl.DataFrame, report: EnrichmentReport) -> Enrichment:
    keyed = pl.col("siren").is_not_null()
    columns = [*CAPABILITIES, "siren"]
    return Enrichment(
        source=code,
        capabilities=told.filter(keyed).select(columns),
        by_name=told.filter(~keyed).select([*columns, *PLACED]),
        report=report,
    )
