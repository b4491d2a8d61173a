"""Building a snapshot out of official files."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import polars as pl

from maillon.core.errors import InvalidRequest, MissingData
from maillon.core.message import message
from maillon.reference.register.by_name import number_by_name
from maillon.reference.register.capabilities import join_capabilities, named_by_hand, numbered_rows
from maillon.reference.register.correcting import (
    correct_capabilities,
    correct_establishments,
    corrected_cells,
)
from maillon.reference.register.enrich import Enrichment, read_enrichment
from maillon.reference.register.folders import publish_snapshot, snapshots_folder, unfinished_folder
from maillon.reference.register.insolvency import read_openings
from maillon.reference.register.loading import ENGINES, SCOPES
from maillon.reference.register.loading.run import choose_engine, load_establishments
from maillon.reference.register.manifest import INVENTED_LABEL, Manifest, Source, describe_table
from maillon.reference.register.overlay import read_corrections
from maillon.reference.register.snapshot import CAPABILITIES_FILE, ESTABLISHMENTS_FILE
from maillon.reference.register.sources import Sources, describe_source, open_sources
from maillon.reference.register.succession import SUCCESSIONS, predecessors, read_links, write_links

Progress = Callable[[float], None]
"""Told the share done, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class _Stage:
    """A part of the whole progress: from ``start`` to ``end``."""

    progress: Progress
    start: float
    end: float

    def __call__(self, share: float) -> None:
        self.progress(self.start + (self.end - self.start) * min(max(share, 0.0), 1.0))


def build_register(
    sources: Sequence[Path],
    *,
    enrichment: Sequence[Path | Enrichment] = (),
    scope: str = "industry",
    engine: str = "auto",
    progress: Progress = lambda share: None,
    folder: Path | None = None,
) -> Path:
    """Build a snapshot, put it into use and return its folder ``register-YYYYMMDD-hash``.

    ``sources`` are official files in any order, recognised by their columns: StockEtablissement and
    StockUniteLegale, and where given geolocation, links of succession and BODACC notices. ``enrichment`` are
    files that ``read_enrichment`` knows, or what was read of them. ``scope`` is ``industry``, ``active`` or
    ``all``; ``engine`` is ``polars``, ``duckdb``, ``spark`` or ``auto``. ``folder`` holds the snapshots, by
    default under ``MAILLON_HOME``.

    Until the snapshot is whole the former one stays in use, whatever happens. Raises ``InvalidRequest``,
    ``MissingData`` or ``RefusedFile``.
    """
    _check_choice(scope, SCOPES)
    _check_choice(engine, ENGINES)
    place = snapshots_folder() if folder is None else folder
    with unfinished_folder(place) as unfinished:
        work = _Work(unfinished / "work", unfinished / "snapshot", progress)
        manifest = _build(work, sources, enrichment, scope, engine)
        published = publish_snapshot(work.snapshot, place, manifest)
    progress(1.0)
    return published


def _check_choice(given: str, known: Sequence[str]) -> None:
    if given not in known:
        raise InvalidRequest(
            message("“{given}” is none of the choices.", given=given),
            message("Choose one of: {names}.", names=", ".join(known)),
        )


@dataclass(frozen=True, slots=True)
class _Work:
    """Where a build puts things aside and where it makes the snapshot; both are made at once."""

    aside: Path
    snapshot: Path
    progress: Progress

    def __post_init__(self) -> None:
        self.aside.mkdir()
        self.snapshot.mkdir()

    def stage(self, start: float, end: float) -> _Stage:
        """Return the progress of one part of the work."""
        return _Stage(self.progress, start, end)


def _build(
    work: _Work, paths: Sequence[Path], enrichment: Sequence[Path | Enrichment], scope: str, engine: str
) -> Manifest:
    """Make every file of the snapshot; return its manifest, without a name yet."""
    told = [one if isinstance(one, Enrichment) else read_enrichment(one) for one in enrichment]
    work.progress(0.02)
    files = open_sources(paths, work.aside)
    records = [describe_source(file) for kind in files.values() for file in kind]
    work.progress(0.12)
    main = {kind: files[kind][0] for kind in ("establishments", "units", "points") if files[kind]}
    chosen = choose_engine(main) if engine == "auto" else engine
    lost = _make_tables(work, files, told, scope, chosen)
    counts = _count(work.snapshot / ESTABLISHMENTS_FILE, records)
    _index(work)
    return Manifest(
        name="",
        created=dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds"),
        scope=scope,
        engine=chosen,
        sources=(*records, *map(_enrichment_source, told)),
        tables=tuple(describe_table(path) for path in sorted(work.snapshot.glob("*.parquet"))),
        counts=counts | lost,
        version=version("maillon"),
        invented=any((path.parent / INVENTED_LABEL).is_file() for path in paths),
    )


def _make_tables(
    work: _Work, files: Sources, told: Sequence[Enrichment], scope: str, engine: str
) -> dict[str, int]:
    """Write establishments, links and capabilities, as corrected; return how many rows told of nobody."""
    main = {kind: files[kind][0] for kind in ("establishments", "units", "points") if files[kind]}
    links = read_links(files["links"][0]) if files["links"] else pl.DataFrame(schema=SUCCESSIONS)
    beside = {
        "predecessors": predecessors(links),
        "insolvencies": read_openings(files["notices"]),
        **named_by_hand(told),
    }
    rows = load_establishments(
        main, beside, scope=scope, engine=engine, folder=work.aside, progress=work.stage(0.15, 0.5)
    )
    corrections, target = read_corrections(), work.snapshot / ESTABLISHMENTS_FILE
    correct_establishments(rows, corrected_cells(corrections)).sink_parquet(target, maintain_order=True)
    shutil.rmtree(work.aside)
    work.progress(0.55)
    write_links(work.snapshot, links)
    keys = pl.read_parquet(target, columns=["siret", "siren", "head_office", "active"])
    _check_kept(keys, scope)
    found, nameless = number_by_name(told, pl.scan_parquet(target))
    capabilities, lost = join_capabilities(pl.concat([numbered_rows(told), found]), keys, links)
    correct_capabilities(capabilities, corrections).write_parquet(work.snapshot / CAPABILITIES_FILE)
    work.progress(0.6)
    return {
        **{f"lost_{source}": rows for source, rows in lost.items()},
        **{f"by_name_{source}": rows for source, rows in nameless.items()},
    }


def _check_kept(keys: pl.DataFrame, scope: str) -> None:
    """Refuse an empty register: it would take the place of one that serves."""
    if keys.is_empty():
        raise MissingData(
            message("No establishment of these files is in the scope {scope}.", scope=scope),
            message("Choose a wider scope, or check the files with “maillon register check”."),
        )


def _count(target: Path, records: Sequence[Source]) -> dict[str, int]:
    """Count what the manifest tells of the establishments."""
    rows = pl.scan_parquet(target).select(
        kept=pl.len(),
        masked=pl.col("masked").sum(),
        unnamed=pl.col("name").is_null().sum() - pl.col("masked").sum(),
        point_of_address=(pl.col("point_source") == "address").sum(),
        point_of_commune=(pl.col("point_source") == "commune").sum(),
        without_point=pl.col("lat").is_null().sum(),
        without_naf=pl.col("naf").is_null().sum(),
        with_headcount=pl.col("headcount_low").is_not_null().sum(),
    )
    read = next(record.rows for record in records if record.kind == "establishments")
    counted = rows.collect(engine="streaming").row(0, named=True)
    return {"read": read, **{name: int(count or 0) for name, count in counted.items()}}


def _enrichment_source(told: Enrichment) -> Source:
    report = told.report
    return Source(
        file=report.file,
        kind=told.source,
        layout=report.form,
        rows=report.rows_read,
        bytes=0,
        sha256=report.sha256 or "",
        data_date=report.day.isoformat(),
        publisher=report.title,
        licence=report.licence,
    )


def _index(work: _Work) -> None:
    """Build what makes the snapshot quick to search, where these rooms are there."""
    builders = {"index": "build_index", "names": "build_names"}
    present = {room: name for room, name in builders.items() if find_spec(f"{__package__}.{room}")}
    share = 0.38 / max(1, len(present))
    for place, (room, name) in enumerate(present.items()):
        start = 0.6 + place * share
        build = getattr(import_module(f"{__package__}.{room}"), name)
        build(work.snapshot, work.stage(start, start + share))
