"""Lists of firms from a file: read in the sandbox, numbers first, then names that leave no doubt."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.web.journal.services.record import record
from maillon.web.people.viewer import Viewer
from maillon.web.search.models import FirmList, OfficeList

if TYPE_CHECKING:
    from maillon.reference.register import Register

LARGEST = 5_000_000  # bytes
MOST_ROWS = 5_000
_HEADING = re.compile(r"^(nom|name|raison sociale|entreprise|firm|societe|société|siren|siret)s?$", re.I)


@dataclass(frozen=True, slots=True)
class ReadList:
    """What a file held: numbers of firms, the rows without one, and how many rows there were."""

    numbers: list[str]
    unresolved: list[str]
    rows: int


def read_firm_list(given: UploadedFile, register: Callable[[], Register]) -> ReadList:
    """Return the firms of a CSV or workbook, one a row; ``RefusedFile`` where there is none or too many.

    A row's own SIREN or SIRET is taken; a row that has a name only is resolved where the register leaves no
    doubt, and is told as unresolved otherwise.
    """
    rows = _read_rows(given)
    numbered = [(_number_in(row), row) for row in rows]
    named = [row for number, row in numbered if number is None]
    resolved = _resolve(named, register) if named else {}
    numbers = [number for number, _ in numbered if number is not None]
    numbers += [number for number in resolved.values() if number is not None]
    left = [_told(row) for row in named if resolved.get(_told(row)) is None]
    if not numbers:
        raise RefusedFile(
            message("The list {name} holds no SIRET or SIREN number.", name=given.name or ""),
            message("Give a text or CSV file with 9 or 14 digits for each firm."),
        )
    return ReadList(list(dict.fromkeys(numbers)), left[:500], len(rows))


def _read_rows(given: UploadedFile) -> list[list[str]]:
    from maillon.intake.sandbox import read_sheets  # noqa: PLC0415 - the readers load here

    if given.size is None or given.size > LARGEST:
        raise RefusedFile(message("The list {name} is too large.", name=given.name or ""))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list{PurePath(given.name or '').suffix.lower()[:10]}"
        path.write_bytes(given.read())
        _, sheets, _ = read_sheets(path)
    rows = [
        [str(cell).strip() for cell in row if cell not in {None, ""}]
        for sheet in sheets
        for row in sheet.rows
    ]
    filled = [row for row in rows if row and not all(_HEADING.match(cell) for cell in row[:1])]
    if len(filled) > MOST_ROWS:
        raise RefusedFile(message("The list {name} is too large.", name=given.name or ""))
    return filled


def _number_in(row: Iterable[str]) -> str | None:
    from maillon.reference.register.enrich.identifiers import read_identifier  # noqa: PLC0415 - Polars

    read = [read_identifier(cell) for cell in row]
    siret = next((siret for siret, _ in read if siret), None)
    return siret or next((siren for _, siren in read if siren), None)


def _told(row: list[str]) -> str:
    return " · ".join(row[:3])[:200]


def _resolve(rows: list[list[str]], register: Callable[[], Register]) -> dict[str, str | None]:
    """Return the SIREN of each row by name and town; None where the register leaves a doubt."""
    import polars as pl  # noqa: PLC0415 - heavy

    from maillon.method.search.resolve import Decision, resolve_vendors  # noqa: PLC0415 - heavy

    vendors = pl.DataFrame(
        {"name": [row[0] for row in rows], "address": [" ".join(row[1:4]) for row in rows]}
    )
    matches = resolve_vendors(register(), vendors).matches
    return {
        _told(row): match.siret[:9] if match.decision is Decision.ACCEPT and match.siret else None
        for row, match in zip(rows, matches, strict=True)
    }


@transaction.atomic
def keep_exclusions(name: str, read: ReadList, organisation: UUID, viewer: Viewer) -> FirmList:
    """Keep the firms that a firm never wants to see."""
    kept = FirmList.objects.create(
        organisation_id=organisation,
        name=name,
        numbers=read.numbers,
        unresolved=read.unresolved,
        rows_count=read.rows,
        given_by_id=viewer.user,
    )
    record("exclusions_kept", organisation, viewer.user, kept, firms=len(read.numbers))
    return kept


def keep_office_list(name: str, kind: str, read: ReadList, office: UUID, viewer: Viewer) -> OfficeList:
    """Keep an office's own list."""
    return OfficeList.objects.create(
        office_id=office,
        kind=kind,
        name=name,
        numbers=read.numbers,
        unresolved=read.unresolved,
        rows_count=read.rows,
        given_by_id=viewer.user,
    )


@transaction.atomic
def remove_exclusions(found: FirmList, viewer: Viewer) -> None:
    """Forget a list of exclusions; its firms may be proposed again."""
    record("exclusions_removed", found.organisation_id, viewer.user, found)
    found.delete()


def remove_office_list(found: OfficeList) -> None:
    """Forget an office's list."""
    found.delete()
