"""The sandboxed task ``sheets``: any spreadsheet or text table, by its content."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.intake.formats.archive import Archive
from maillon.intake.formats.kinds import extension_doubt, not_a_table, sniff
from maillon.intake.formats.parse_frames import Frame, doubt_frame

_HEAD = 8192


def parse_sheets(source: BinaryIO | Path, arguments: Mapping[str, object]) -> Iterator[Frame]:
    """Yield the frames of a file; ``arguments["name"]`` is its name, for the comparison of the extension."""
    if isinstance(source, Path):
        raise RefusedFile(message("This is a folder, not a spreadsheet."), message("Give one file."))
    head = source.read(_HEAD)
    source.seek(0)
    readers = {"zip": _read_archive, "ole": _read_ole, "text": _read_text}
    name = str(arguments.get("name", ""))
    for frame in readers[sniff(head)](source):
        yield frame
        if not isinstance(frame, bytes) and "file" in frame:
            facts = frame["file"]
            kind = str(facts["kind"]) if isinstance(facts, Mapping) else ""
            doubt = extension_doubt(kind, name)
            if doubt is not None:
                yield doubt_frame(doubt)


def _read_archive(source: BinaryIO) -> Iterator[Frame]:
    """Readers are imported once the kind is known: each start of the child pays only for what it reads."""
    archive = Archive(source)
    names = {name.lower() for name in archive.entries}
    if "content.xml" in names:
        from maillon.intake.formats.ods import read_ods  # noqa: PLC0415 - see above

        return read_ods(archive)
    if "xl/workbook.bin" in names:
        from maillon.intake.formats.xlsb import read_xlsb  # noqa: PLC0415 - see above

        return read_xlsb(archive)
    if "[content_types].xml" in names:
        if any(name.startswith(("word/", "ppt/", "visio/")) for name in names):
            raise not_a_table("Word/PowerPoint")
        from maillon.intake.formats.xlsx import read_xlsx  # noqa: PLC0415 - see above

        return read_xlsx(archive)
    raise _plain_archive(names)


def _plain_archive(names: set[str]) -> RefusedFile:
    nested = any(name.endswith((".zip", ".7z", ".rar", ".gz")) for name in names)
    what = (
        message("This is an archive that holds other archives.")
        if nested
        else message("This is a zip archive, not a spreadsheet.")
    )
    return RefusedFile(what, message("Take the spreadsheet out of the archive and give that file alone."))


def _read_ole(source: BinaryIO) -> Iterator[Frame]:
    from maillon.intake.formats.ole import read_ole  # noqa: PLC0415 - see _read_archive

    return read_ole(io.BytesIO(source.read()))


def _read_text(source: BinaryIO) -> Iterator[Frame]:
    from maillon.intake.formats.delimited import read_delimited  # noqa: PLC0415 - see _read_archive

    return read_delimited(source.read())
