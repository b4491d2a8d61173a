"""An import from the first file to a version: begun, corrected, written in one transaction, undone."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.web.follow.models import Project
from maillon.web.intake.models import ColumnMemory, Import, Line, Upload, Version
from maillon.web.intake.queries.boms import rows_of
from maillon.web.intake.queries.readings import mapping_of, mapping_used, read_uploads
from maillon.web.intake.queries.understood import count_changes, understood_json
from maillon.web.journal.services.record import record
from maillon.web.people.models import Organisation
from maillon.web.people.viewer import Viewer

if TYPE_CHECKING:
    import polars as pl

    from maillon.core.bom import Bom
    from maillon.intake.join import JoinedSources
    from maillon.intake.reading import Reading

Progress = Callable[[float], None]
_CHUNK = 2_000


@transaction.atomic
def begin_import(project: Project, uploads: Sequence[Upload], viewer: Viewer) -> Import:
    """Begin an import of files; nothing is read yet."""
    importing = Import.objects.create(
        organisation_id=project.organisation_id, project=project, begun_by_id=viewer.user
    )
    importing.uploads.set(uploads)
    return importing


def correct_columns(importing: Import, tables: list[dict[str, Any]], *, remember: bool) -> None:
    """Keep the person's columns; the files are to be read anew with them."""
    importing.mapping = {"format": "maillon-mapping/1", "tables": tables}
    importing.understood, importing.remember = None, remember
    importing.turn += 1
    importing.save(update_fields=["mapping", "understood", "remember", "turn"])


def understand_import(importing: Import, progress: Progress) -> None:
    """Read the files and keep what was understood, with what importing them would do."""
    turn, mapping = importing.turn, mapping_of(importing)
    readings = read_uploads(importing, mapping, lambda share: progress(0.8 * share))
    joined, frame = joined_lines(readings)
    progress(0.9)
    told = understood_json(readings, joined.doubts)
    told["mapping"] = mapping_used(mapping, told)
    told["changes"] = count_changes(importing.project, joined.bom) | {"stored": frame.height}
    Import.objects.filter(pk=importing.pk, turn=turn).update(understood=told)


def joined_lines(readings: Sequence[Reading]) -> tuple[JoinedSources, pl.DataFrame]:
    """Return the sources joined, and the frame to store: lines of the product, else the purchases as read."""
    import polars as pl  # noqa: PLC0415 - loads in the worker only

    from maillon.intake.join import join_sources  # noqa: PLC0415 - as above

    bom, ledgers = only_bom(readings), [r.ledger for r in readings if r.ledger is not None]
    joined = join_sources(bom, ledgers)
    if bom is not None:
        return joined, joined.bom.lines
    purchases = pl.concat([ledger.purchases for ledger in ledgers])
    return joined, purchases.with_columns(line=pl.int_range(1, purchases.height + 1, dtype=pl.Int64))


def only_bom(readings: Iterable[Reading]) -> Bom | None:
    """Return the one bill of materials of some readings, None without any; ``InvalidRequest`` for several."""
    boms = [reading.bom for reading in readings if reading.bom is not None]
    if len(boms) > 1:
        raise InvalidRequest(
            message("{n} files hold a bill of materials.", n=len(boms)),
            message("Import one at a time: each makes a version of its own."),
        )
    return boms[0] if boms else None


def write_version(importing: Import, progress: Progress) -> Version:
    """Read the files with the columns that were shown and write the version, all of it or nothing.

    The same files with the same columns are the same version: importing them twice changes nothing, and
    brings an undone version back.
    """
    if importing.understood is None:
        raise InvalidRequest(
            message("The columns were changed meanwhile."), message("Look at the check again, then import.")
        )
    key, mapping = content_key(importing), importing.understood.get("mapping")
    known = _known_version(importing, key)
    if known is not None:
        return known
    readings = read_uploads(importing, mapping, lambda share: progress(0.8 * share))
    joined, frame = joined_lines(readings)
    version = _new_version(importing, key, readings, joined)
    rows = rows_of(frame, version)
    progress(0.9)  # for the last time: the transaction below would hide it, and hold the row of the job
    with transaction.atomic():
        # one writer a firm at a time: two imports of the same file meet here, and the second finds the first
        Organisation.objects.select_for_update().get(pk=importing.organisation_id)
        known = _known_version(importing, key)
        if known is not None:
            return known
        last = Version.objects.filter(project=importing.project_id).order_by("-number").first()
        version.number, version.lines_count = last.number + 1 if last else 1, len(rows)
        version.save(force_insert=True)
        version.uploads.set(importing.uploads.all())
        Line.objects.bulk_create(rows, batch_size=_CHUNK)
        _finish(importing, version)
    return version


def _known_version(importing: Import, key: str) -> Version | None:
    known: Version | None = Version.objects.filter(project=importing.project_id, key=key).first()
    if known is not None:
        if known.state == Version.State.UNDONE:
            Version.objects.filter(pk=known.pk).update(state=Version.State.LIVE, undone_at=None)
        Import.objects.filter(pk=importing.pk).update(version=known)
    return known


def _new_version(importing: Import, key: str, readings: Sequence[Reading], joined: JoinedSources) -> Version:
    """Return the version, not yet saved nor numbered."""
    bought = all(reading.bom is None for reading in readings)
    return Version(
        organisation_id=importing.organisation_id,
        project=importing.project,
        name=", ".join(reading.source.name for reading in readings)[:200],
        kind=Version.Kind.LEDGER if bought else Version.Kind.BOM,
        key=key,
        mapping=importing.understood.get("mapping") or {},
        account=understood_json(readings, joined.doubts),
        made_by_id=importing.begun_by_id,
    )


def _finish(importing: Import, version: Version) -> None:
    Import.objects.filter(pk=importing.pk).update(version=version)
    if importing.remember and importing.mapping:
        for table in importing.mapping["tables"]:
            ColumnMemory.objects.update_or_create(
                organisation_id=importing.organisation_id,
                signature=table["signature"],
                defaults={"table": table},
            )
    about = {"version": version.number, "lines": version.lines_count}
    record("imported", importing.organisation_id, importing.begun_by_id, importing.project, **about)


def content_key(importing: Import) -> str:
    """Return what an import is made of: its files' contents, and the columns as they were read.

    Columns that a person spelled out as they were guessed, or that the firm had confirmed before, are the
    same columns.
    """
    files = sorted(importing.uploads.values_list("sha256", flat=True))
    tables = [table for file in importing.understood["files"] for table in file["tables"]]
    columns = [
        [table["sheet"], table["signature"], [[c["role"], c["source"]] for c in table["columns"]]]
        for table in tables
    ]
    asked = (importing.understood.get("mapping") or {}).get("tables", [])
    signs = [[table["signature"], table["decimal"]] for table in asked if table.get("decimal")]
    told = json.dumps([files, columns, signs], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


@transaction.atomic
def undo_version(version: Version, user: UUID | None) -> None:
    """Take a version out of use; it can be brought back. After a month it is too late: others rest on it."""
    latest = version.made_at + dt.timedelta(days=settings.ENVIRONMENT.rollback_days)
    if timezone.now() > latest:
        raise InvalidRequest(
            message("This import is older than {n} days.", n=settings.ENVIRONMENT.rollback_days),
            message("Import a corrected file: it becomes the current version."),
        )
    Version.objects.filter(pk=version.pk).update(state=Version.State.UNDONE, undone_at=timezone.now())
    record("import_undone", version.organisation_id, user, version, version=version.number)


@transaction.atomic
def redo_version(version: Version, user: UUID | None) -> None:
    """Bring an undone version back."""
    Version.objects.filter(pk=version.pk).update(state=Version.State.LIVE, undone_at=None)
    record("import_redone", version.organisation_id, user, version, version=version.number)
