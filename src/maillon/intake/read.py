"""Reading any file that a firm gives: what it holds decides who reads it, never its name alone."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from maillon.core.collector import no_search_for_circles
from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.intake.customs import read_customs, recognise
from maillon.intake.fec import looks_like_fec, read_fec
from maillon.intake.grid import Sheet
from maillon.intake.invoices import looks_like_invoice, read_invoices
from maillon.intake.profiles import mapping_for
from maillon.intake.reading import Reading
from maillon.intake.sandbox import read_sheets
from maillon.intake.understand import understand
from maillon.intake.understand.cells import as_text

_HEAD = 64 * 1024
_DEEPEST_HEADER = 30
_INVOICE_NAMES = (".xml", ".pdf")
_Progress = Callable[[float], None]


def read_file(
    path: Path, *, mapping: Mapping[str, object] | None = None, progress: _Progress | None = None
) -> Reading:
    """Return what a file, or a folder or zip of invoices, holds.

    A FEC gives a ledger of purchases; invoices and customs papers give a ledger; any other spreadsheet or
    text is understood as tables of parts or purchases. Raises ``RefusedFile`` on a file that cannot be read
    safely and ``InvalidRequest`` on a ``mapping`` that is none.
    """
    with no_search_for_circles():
        return _read(path, mapping, progress)


def _read(path: Path, mapping: Mapping[str, object] | None, progress: _Progress | None) -> Reading:
    if path.is_dir() or _is_archive_of_invoices(path):
        return read_invoices(path, progress=progress)
    head = _head(path)
    if looks_like_fec(head, path.name):
        return read_fec(path, progress=progress)
    if looks_like_invoice(head, path.name):
        return read_invoices(path, progress=progress)
    source, sheets, doubts = read_sheets(path, progress=progress)
    if _are_customs_papers(sheets):
        customs = read_customs(sheets, source)
        return replace(customs, doubts=(*doubts, *customs.doubts))
    return understand(sheets, source, mapping=_with_profiles(mapping, sheets), doubts=doubts)


def _with_profiles(
    mapping: Mapping[str, object] | None, sheets: Sequence[Sheet]
) -> Mapping[str, object] | None:
    """Return a person's corrections first, then what is known of the exports of common software."""
    known = mapping_for(sheets)
    if mapping is None or known is None:
        return mapping or known
    own, exports = mapping.get("tables"), known.get("tables")
    if not isinstance(own, list) or not isinstance(exports, list):
        return mapping
    return {**mapping, "tables": [*own, *exports]}


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError as error:
        raise RefusedFile(
            message("The file {name} cannot be opened.", name=path.name),
            message("Check that it exists and that you may read it."),
        ) from error


def _is_archive_of_invoices(path: Path) -> bool:
    """Whether a zip holds invoices and not the parts of a spreadsheet; only its list of names is read."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()[:2000]
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    if {"[Content_Types].xml", "mimetype", "META-INF/manifest.xml"} & set(names):
        return False
    return any(name.lower().endswith(_INVOICE_NAMES) for name in names)


def _are_customs_papers(sheets: Sequence[Sheet]) -> bool:
    labels = (
        [as_text(cell) or "" for cell in row] for sheet in sheets for row in sheet.rows[:_DEEPEST_HEADER]
    )
    return any(recognise(row) is not None for row in labels)
