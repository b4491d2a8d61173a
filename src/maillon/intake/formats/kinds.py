"""What a file is, by its first bytes; the extension is only compared afterwards."""

from __future__ import annotations

from maillon.core.doubt import Doubt, Treatment
from maillon.core.errors import RefusedFile
from maillon.core.message import Message, message

#: First bytes of files that are no table, with the name people know.
_FOREIGN = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"RIFF": "RIFF",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"(\xb5/\xfd": "zstd",
    b"\x7fELF": "ELF",
    b"MZ": "EXE",
    b"SQLite format 3": "SQLite",
    b"PAR1": "Parquet",
    b"{\\rtf": "RTF",
}
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")

_SPREADSHEETS = frozenset({"xlsx", "xlsm", "xls", "xlsb", "ods"})
_TEXTS = frozenset({"csv", "tsv", "txt"})


def sniff(head: bytes) -> str:
    r"""Return ``zip``, ``ole`` or ``text``; refuse what can be no table, by name.

    >>> sniff(b"PK\x03\x04..."), sniff("Réf;Qté".encode())
    ('zip', 'text')
    """
    if not head:
        raise RefusedFile(
            message("The file is empty (0 bytes)."), message("Export it again, or send it again.")
        )
    if head.startswith(ZIP_MAGIC):
        return "zip"
    if head.startswith(OLE_MAGIC):
        return "ole"
    for magic, name in _FOREIGN.items():
        if head.startswith(magic):
            raise not_a_table(name)
    if head.startswith(b"PK"):
        raise RefusedFile(message("The archive is empty or damaged."), _SAVE)
    if head.startswith(_OLD_EXCEL):
        raise RefusedFile(message("This workbook comes from Excel 4 or before."), _SAVE)
    _refuse_markup(head)
    return "text"


_SAVE = message("Open it in your spreadsheet program and save it again as .xlsx or .csv.")


def not_a_table(name: str) -> RefusedFile:
    """Return the refusal of a file of a known kind that holds no table."""
    return RefusedFile(
        message("This is a {kind} file, whatever its name says; no table can be read from it.", kind=name),
        message("Give the spreadsheet itself (.xlsx, .ods, .csv), not a picture or a print of it."),
    )


def _refuse_markup(head: bytes) -> None:
    """HTML and XML pretending to be a spreadsheet."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:2048].lower()
    if not start.startswith(b"<"):
        return
    if b"schemas-microsoft-com:office:spreadsheet" in start or b"excel.sheet" in start:
        raise RefusedFile(message("This is an XML spreadsheet of Excel 2003."), _SAVE)
    if b"<html" in start or b"<!doctype html" in start or b"<table" in start:
        raise RefusedFile(message("This is a web page (HTML) saved under the name of a spreadsheet."), _SAVE)
    if start.startswith(b"<?xml"):
        raise RefusedFile(
            message("This is an XML file, not a spreadsheet."),
            message("If it is an electronic invoice, import it as an invoice."),
        )


def extension_doubt(kind: str, name: str) -> Doubt | None:
    """Return a warning when the extension announces another kind than the content.

    >>> extension_doubt("csv", "stock.xls").code
    'extension'
    >>> extension_doubt("txt", "stock.CSV") is None
    True
    """
    extension = name.rpartition(".")[2].lower()
    if extension == kind or (kind in _TEXTS and extension in _TEXTS):
        return None
    if extension not in _SPREADSHEETS | _TEXTS:
        return None
    return Doubt("extension", _mismatch(kind, extension), Treatment.WARNED)


def _mismatch(kind: str, extension: str) -> Message:
    return message(
        "The file is named .{extension} but its content is {kind}: read as {kind}.",
        extension=extension,
        kind=kind,
    )
