"""The encoding of an official text file: UTF-8 with or without mark, UTF-16 with mark, Windows-1252."""

from __future__ import annotations

import codecs
from pathlib import Path

CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Bytes that Windows-1252 leaves undefined; a file that holds them is read as ISO 8859-1.
_UNDEFINED = frozenset(b"\x81\x8d\x8f\x90\x9d")


def find_encoding(path: Path) -> str:
    """Return the encoding of ``path``, reading it whole once.

    UTF-8 is kept for a file with a few broken bytes when most of its non-ASCII characters are good UTF-8:
    a truncated cell must not spoil every accent of the file.
    """
    with path.open("rb") as stream:
        start = stream.read(4)
        for mark, name in _MARKS:
            if start.startswith(mark):
                return name
        stream.seek(0)
        good = broken = 0
        undefined = False
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        while chunk := stream.read(CHUNK):
            text = decoder.decode(chunk)
            lost = text.count("\ufffd")
            broken += lost
            good += 0 if text.isascii() else sum(not letter.isascii() for letter in text) - lost
            undefined = undefined or (lost > 0 and not _UNDEFINED.isdisjoint(chunk))
    if broken <= good:
        return "utf-8"
    return "latin-1" if undefined else "cp1252"
