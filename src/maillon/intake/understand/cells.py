"""Cells as people typed them: invisible characters removed, A1 names, work once per distinct value."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from maillon.intake.grid import Cell, CellError

T = TypeVar("T")
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD], None)
_SPACES = {0xA0: " ", 0x202F: " ", 0x2009: " ", 0x2007: " ", 0x200A: " ", 0x3000: " "}
_CHARACTERS = str.maketrans({**_INVISIBLE, **_SPACES})
#: What accents, signs and quotes of UTF-8 look like when taken for Windows-1252.
_WRONGLY_DECODED = ("Ã", "Â", "â€", "Å")
_BLANKS = re.compile(r"[ \t\r\f\v]*\n\s*|[ \t\r\f\v]+")


def clean_text(text: str) -> str:
    r"""Return ``text`` in composed form without invisible characters, its white space collapsed.

    >>> clean_text("\tR\u00e9f.\u00a0 n\u00b0\u200b 12 ")
    'Réf. n° 12'
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    plain = unicodedata.normalize("NFC", _decoded(text)).translate(_CHARACTERS)
    return _BLANKS.sub(" ", plain).strip()


def _decoded(text: str) -> str:
    """Return a text that was decoded wrongly once (``QuantitÃ©``) as it was meant; any other as it is."""
    if not any(mark in text for mark in _WRONGLY_DECODED):
        return text
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
    return text


def clean_column(cells: Sequence[Cell]) -> list[Cell]:
    """Return the column with each text cleaned and each empty text as None; other cells untouched."""
    kinds = set(map(type, cells))
    if str not in kinds:
        return list(cells)
    texts = [v for v in cells if type(v) is str]
    if _all_clean(texts):
        return list(cells)
    dirty: dict[Cell, str | None] = {v: clean_text(v) or None for v in set(texts) if not _is_clean(v)}
    if not dirty:
        return list(cells)
    return [dirty.get(v, v) if type(v) is str else v for v in cells]


def _all_clean(texts: Sequence[str]) -> bool:
    """Whether no text of a column needs cleaning, asked once of all of them: most columns are clean."""
    joined = "|".join(texts)
    marks = ("  ", "| ", " |", "||", *_WRONGLY_DECODED)
    edges = joined[:1] == " " or joined[-1:] == " "
    plain = joined.isprintable() and (joined.isascii() or unicodedata.is_normalized("NFC", joined))
    return plain and not edges and "" not in texts and not any(mark in joined for mark in marks)


def _is_clean(text: Cell) -> bool:
    if not isinstance(text, str) or not text.isprintable() or text[:1] in ("", " ") or text[-1] == " ":
        return False
    return "  " not in text and (text.isascii() or clean_text(text) == text)


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents, for comparisons only.

    >>> fold("Désignation Straße")
    'designation strasse'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def as_text(cell: Cell) -> str | None:
    """Return a cell as the code or name it stands for: ``226614242.0`` is ``226614242``, errors are nothing.

    >>> as_text(12.0), as_text("00123"), as_text(3.5)
    ('12', '00123', '3.5')
    """
    if cell is None or isinstance(cell, CellError):
        return None
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)


def column_letters(column: int) -> str:
    """Return the spreadsheet name of a zero-based column.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Return the A1 name of a zero-based cell.

    >>> cell_name(6, 2)
    'C7'
    """
    return f"{column_letters(column)}{row + 1}"


def map_distinct(cells: Sequence[Cell], function: Callable[[Cell], T]) -> list[T]:
    """Apply ``function`` to each cell, computing it once for each distinct value of each type."""
    kinds = set(map(type, cells))
    if len(kinds - {type(None)}) <= 1:  # one type: no risk that 1, 1.0 and True are one key
        single = {cell: function(cell) for cell in set(cells)}
        return [single[cell] for cell in cells]
    known = {k: {cell: function(cell) for cell in {c for c in cells if type(c) is k}} for k in kinds}
    return [known[type(cell)][cell] for cell in cells]


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds nothing to read."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def present(cells: Iterable[Cell]) -> list[Cell]:
    """Return the cells that hold something."""
    return [cell for cell in cells if not is_blank(cell)]
