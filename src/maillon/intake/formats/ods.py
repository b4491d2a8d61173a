"""OpenDocument spreadsheets (``.ods``): the grid is bounded here, calamine reads the values."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat

from maillon.intake.formats.archive import Archive
from maillon.intake.formats.bounds import no_cells
from maillon.intake.formats.ods_events import OdsEvents
from maillon.intake.formats.parse_frames import Frame, doubt_frame, progress_frame
from maillon.intake.formats.values import encrypted, stream_workbook
from maillon.intake.formats.xlsx_workbook import elements
from maillon.intake.formats.xml_guard import check_head, check_part, not_well_formed

_CONTENT = "content.xml"
_MANIFEST = "META-INF/manifest.xml"


def read_ods(archive: Archive) -> Iterator[Frame]:
    """Yield the frames of an OpenDocument spreadsheet."""
    if _MANIFEST in archive and any(
        tag == "encryption-data" for tag, _ in elements(_MANIFEST, archive.read(_MANIFEST))
    ):
        raise encrypted()
    check_head(_CONTENT, archive.head(_CONTENT))
    events = OdsEvents(_CONTENT)
    try:
        for chunk in archive.unpack(_CONTENT):
            events.parse(chunk)
        events.finish()
    except expat.ExpatError as error:
        raise not_well_formed(_CONTENT, error) from error
    for name in archive.unread():
        check_part(name, archive.unpack(name), strict=False)
    if not any(box.cells for box in events.boxes):
        raise no_cells()
    yield {"file": {"kind": "ods"}}
    for doubt in events.doubts:
        yield doubt_frame(doubt)
    yield progress_frame(0.5)
    kept = [name for name in archive.entries if name == "mimetype" or name.lower().endswith(".xml")]
    yield from stream_workbook(archive.clean_copy(kept), {t.name: t for t in events.traces}, 0.5)
