"""Workbooks of Excel 2007 and later (``.xlsx``, ``.xlsm``): checked part by part, then read by calamine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.intake.formats.archive import Archive
from maillon.intake.formats.bounds import no_cells
from maillon.intake.formats.parse_frames import Frame, doubt_frame, progress_frame
from maillon.intake.formats.values import stream_workbook
from maillon.intake.formats.xlsx_cell_events import UnplacedCell
from maillon.intake.formats.xlsx_cells import SheetCheck
from maillon.intake.formats.xlsx_strings import SharedTexts
from maillon.intake.formats.xlsx_styles import Styles, read_styles
from maillon.intake.formats.xlsx_workbook import SheetPlace, archive_doubts, plan_sheets, relations_of
from maillon.intake.formats.xml_guard import check_head, check_part, root_name

_XML = (".xml", ".rels", ".vml")
#: Share of the work that the check is, for the progress shown.
_CHECKED = 0.45


@dataclass
class _Parts:
    """The XML parts of the archive by what their root element says they are."""

    workbook: list[str] = field(default_factory=list)
    sst: list[str] = field(default_factory=list)
    style_sheet: list[str] = field(default_factory=list)
    worksheet: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def read_xlsx(archive: Archive) -> Iterator[Frame]:
    """Yield the frames of a workbook; ``RefusedFile`` names the sheet and the cell that forbid it."""
    parts = _sort_parts(archive)
    if len(parts.workbook) != 1:
        raise RefusedFile(
            message("The archive does not hold one workbook."),
            message("Open it in your spreadsheet program and save it again as .xlsx or .csv."),
        )
    plan = plan_sheets(archive, parts.workbook[0])
    macros = any(name.lower().endswith("vbaproject.bin") for name in archive.entries)
    yield {"file": {"kind": "xlsm" if macros else "xlsx"}}
    for doubt in archive_doubts(archive):
        yield doubt_frame(doubt)
    styles = _read_styles(archive, parts)
    texts = _read_texts(archive, parts)
    yield progress_frame(0.1)
    checks = {
        part: _check_sheet(archive, part, _name_of(part, plan), styles, texts) for part in parts.worksheet
    }
    _check_rest(archive)
    if not any(check.box.cells for check in checks.values()):
        raise no_cells()
    yield progress_frame(_CHECKED)
    clean = archive.clean_copy([name for name in archive.entries if name.lower().endswith(_XML)])
    by_part = {part: check.traces for part, check in checks.items()}
    traces = {place.name: by_part[place.part] for place in plan if place.part in by_part}
    yield from stream_workbook(clean, traces, _CHECKED)


def _sort_parts(archive: Archive) -> _Parts:
    """Look at the root of each XML part, whatever its name and folder claim."""
    parts = _Parts()
    lists: Mapping[str, list[str]] = {
        "workbook": parts.workbook,
        "sst": parts.sst,
        "styleSheet": parts.style_sheet,
        "worksheet": parts.worksheet,
    }
    for name in archive.entries:
        if name.lower().endswith(_XML):
            head = archive.head(name)
            check_head(name, head)
            lists.get(root_name(head), parts.others).append(name)
    return parts


def _read_styles(archive: Archive, parts: _Parts) -> Styles:
    if not parts.style_sheet:
        return Styles()
    part = parts.style_sheet[0]
    return read_styles(part, archive.read(part, limit=64 << 20))


def _read_texts(archive: Archive, parts: _Parts) -> SharedTexts | None:
    if not parts.sst:
        return None
    texts = SharedTexts(parts.sst[0])
    texts.read(archive.unpack(parts.sst[0]))
    return texts


def _check_sheet(
    archive: Archive, part: str, name: str, styles: Styles, texts: SharedTexts | None
) -> SheetCheck:
    """Check one sheet, by the short way where its cells allow it."""
    try:
        check = SheetCheck(name, part, styles, texts)
        check.read(archive.unpack(part))
    except UnplacedCell:
        check = SheetCheck(name, part, styles, texts)
        check.read(archive.unpack(part), exactly=True)
    targets = relations_of(archive, part)
    for area, relation in check.relations:  # the first cell of a linked range stands for it
        if relation in targets:
            check.traces.links[area[0], area[1]] = targets[relation]
    return check


def _check_rest(archive: Archive) -> None:
    """Unpack every other part once: for its real size, and for document types in what calamine may read."""
    for name in archive.unread():
        if name.lower().endswith(_XML):
            check_part(name, archive.unpack(name), strict=False)
        else:
            for _ in archive.unpack(name):
                pass


def _name_of(part: str, plan: list[SheetPlace]) -> str:
    """Return the sheet's name, or the part's where no sheet of the plan is stored there."""
    return next((place.name for place in plan if place.part == part), part)
