"""Files in Microsoft's compound format: old workbooks (``.xls``), and encrypted new ones."""

from __future__ import annotations

import io
from collections.abc import Iterator

from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.intake.formats.compound import CompoundFile
from maillon.intake.formats.kinds import not_a_table
from maillon.intake.formats.parse_frames import Frame
from maillon.intake.formats.values import encrypted, stream_workbook
from maillon.intake.formats.xls_records import check_xls

_OTHERS = {
    "WordDocument": "Word",
    "PowerPoint Document": "PowerPoint",
    "__properties_version1.0": "Outlook",
    "VisioDocument": "Visio",
}


def read_ole(source: io.BytesIO) -> Iterator[Frame]:
    """Yield the frames of a ``.xls``; refuse what is encrypted, garbage or another document by name."""
    compound = CompoundFile(source.getbuffer())
    names = set(compound.streams)
    if "EncryptedPackage" in names:
        raise encrypted()
    book = next((name for name in ("Workbook", "Book") if name in names), None)
    if book is None:
        for stream, kind in _OTHERS.items():
            if stream in names:
                raise not_a_table(kind)
        raise RefusedFile(
            message("The file has the form of an old Office document but holds no workbook."),
            message("Open it in your spreadsheet program and save it again as .xlsx or .csv."),
        )
    traces, doubts = check_xls(compound.read(book), macros="_VBA_PROJECT_CUR" in names)
    yield {"file": {"kind": "xls"}}
    yield from doubts
    yield from stream_workbook(source, traces, 0.3)
