"""The rows that an import set apart, as written, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from maillon.web.intake.models import Version

if TYPE_CHECKING:
    from maillon.core.message import Message

Say = Callable[["Message"], str]


def rejected_rows(version: Version, say: Say) -> Iterator[list[object]]:
    """Yield file, sheet, row, reason and the cells as written; the first row holds the headings."""
    from maillon.core.doubt import Treatment  # noqa: PLC0415 - the engine loads when it is asked
    from maillon.intake import read_file  # noqa: PLC0415 - as above

    for upload in version.uploads.order_by("given_at"):
        path = Path(upload.file.path)
        reading = read_file(path, mapping=version.mapping or None)
        apart = [doubt for doubt in reading.doubts if doubt.treatment is Treatment.QUARANTINED]
        rows = _rows(path) if apart else {}
        for doubt in apart:
            number = _row_number(doubt.cell)
            cells = rows.get((doubt.sheet, number), [])
            yield [upload.name, doubt.sheet, number or "", say(doubt.what), *cells]


def _rows(path: Path) -> dict[tuple[str, int], list[object]]:
    from maillon.core.errors import MaillonError  # noqa: PLC0415 - as above
    from maillon.intake.sandbox import read_sheets  # noqa: PLC0415 - as above

    try:
        _, sheets, _ = read_sheets(path)
    except MaillonError:
        return {}  # invoices and ledgers of the tax office are no sheets: place and reason say enough
    return {
        (sheet.name, number): list(row) for sheet in sheets for number, row in enumerate(sheet.rows, start=1)
    }


def _row_number(cell: str) -> int:
    found = re.search(r"\d+", cell)
    return int(found[0]) if found else 0
