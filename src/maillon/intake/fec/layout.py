"""How one FEC is laid out: separator, encoding, line ends and the place of each legal column.

The 18 columns, their order and the two ways to write an amount come from article A47 A-1 of the
*Livre des procédures fiscales*. Columns are found by name, so that a wrong order or extra columns do no harm.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

#: The 18 legal columns; the second variant has ``Montant`` and ``Sens`` in place of ``Debit`` and ``Credit``.
LEGAL_COLUMNS = (
    "JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum",
    "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet",
    "ValidDate", "Montantdevise", "Idevise",
)  # fmt: skip

#: Added by ``purchases_only``: entries of a reduced file have lost their other lines and need not balance.
REDUCED_MARK = "AchatsSeuls"

_NEEDED = ("journalcode", "ecriturenum", "ecrituredate", "comptenum")
_AMOUNTS = (("debit", "credit"), ("montant", "sens"))
_SEPARATORS = (b"\t", b"|", b";", b",")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where to find things in the lines of one file; ``places``: simplified column name → index."""

    separator: bytes
    newline: bytes
    encoding: str
    quoted: bool
    names: tuple[str, ...]
    places: Mapping[str, int]

    @property
    def width(self) -> int:
        """Number of columns of the header."""
        return len(self.names)

    @property
    def shortest(self) -> int:
        """Cells that a line needs so that every column we use is there: later ones are often left off."""
        used = (*_NEEDED, "debit", "credit", "montant", "sens", "ecriturelib", "compauxlib")
        return 1 + max(self.places.get(name, 0) for name in used)

    @property
    def reduced(self) -> bool:
        """Whether the file was already reduced to its purchases."""
        return simplify(REDUCED_MARK) in self.places


def simplify(name: str) -> str:
    """Return a column name without case, accents, quotes and spaces.

    >>> simplify(' "Ecriture Num" '), simplify("Débit")
    ('ecriturenum', 'debit')
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    return re.sub(r"[^a-z0-9]", "", plain)


def looks_like_fec(head: bytes, name: str = "") -> bool:
    r"""Whether the first bytes of a file are the header of a FEC, whatever the file is called.

    >>> looks_like_fec(b"JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|Montant|Sens\r\n")
    True
    """
    return find_columns(head) is not None


def find_columns(head: bytes) -> tuple[bytes, bytes, tuple[str, ...]] | None:
    """Return separator, line end and column names if ``head`` starts with a FEC header, else None."""
    newline = b"\n" if b"\n" in head else b"\r"
    first = head.removeprefix(codecs.BOM_UTF8).split(newline, 1)[0].rstrip(b"\r")
    for separator in _SEPARATORS:
        names = tuple(cell.strip().strip('"') for cell in first.decode("latin-1").split(separator.decode()))
        simple = {simplify(cell) for cell in names}
        if simple.issuperset(_NEEDED) and any(simple.issuperset(pair) for pair in _AMOUNTS):
            return separator, newline, names
    return None


def read_layout(file: BinaryIO) -> Layout | None:
    """Return how ``file`` (seekable, left at its start) is laid out; None if it is no FEC."""
    head = file.read(65_536)
    found = find_columns(head)
    file.seek(0)
    if found is None:
        return None
    separator, newline, names = found
    body = head.split(newline, 1)[1] if newline in head else b""
    encoding = detect_encoding(file)
    return Layout(separator, newline, encoding, body.startswith(b'"'), names, _places(names))


def _places(names: tuple[str, ...]) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, name in enumerate(names):
        places.setdefault(simplify(name), index)
    return places


def detect_encoding(file: BinaryIO) -> str:
    r"""Return ``utf-8-sig``, ``utf-8``, ``cp1252`` or ``iso8859-15`` after reading the whole of ``file``.

    The law allows ASCII, ISO 8859-15 and UTF-8. Bytes 0x80 to 0x9F are control codes in ISO 8859-15: a file
    that has them was written by Windows in cp1252, which differs from it in eight other places only.

    >>> import io
    >>> detect_encoding(io.BytesIO("Société".encode("latin-1")))
    'iso8859-15'
    """
    signed = file.read(3) == codecs.BOM_UTF8
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    valid, windows = True, False
    while chunk := file.read(1 << 20):
        if valid:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                valid = False
        windows = windows or _WINDOWS_ONLY.search(chunk) is not None
    file.seek(0)
    if valid:
        return "utf-8-sig" if signed else "utf-8"
    return "cp1252" if windows else "iso8859-15"


_WINDOWS_ONLY = re.compile(rb"[\x80-\x9f]")
