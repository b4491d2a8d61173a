"""What is known of a file before it is read: a name that is safe to show, its size, its sha256."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from pathlib import Path

from maillon.intake.grid import SourceFile
from maillon.intake.sandbox.launch import open_input, too_large
from maillon.intake.sandbox.limits import SHEET_FILE_BYTES

_NAME_LENGTH = 120


def safe_name(name: str) -> str:
    r"""Return a file name without control, formatting and line characters, at most 120 characters long.

    The extension survives the cut, so that the name still says what the file claims to be.

    >>> safe_name("achats\r\nSet-Cookie: x\u202excod.xlsx")
    'achatsSet-Cookie: xxcod.xlsx'
    >>> len(safe_name("a" * 300 + ".xlsx")), safe_name("a" * 300 + ".xlsx")[-6:]
    (120, '….xlsx')
    """
    kept = "".join(c for c in name if unicodedata.category(c)[0] not in "CZ" or c in " \u00a0\u202f")
    kept = kept.replace("/", "").replace("\\", "").strip() or "?"
    if len(kept) <= _NAME_LENGTH:
        return kept
    suffix = Path(kept).suffix[:10]
    return kept[: _NAME_LENGTH - len(suffix) - 1] + "…" + suffix


def describe_source(
    path: Path, kind: str, *, encoding: str = "", separator: str = "", limit: int = SHEET_FILE_BYTES
) -> SourceFile:
    """Return the name, size and sha256 of a file, read as a stream and given up beyond ``limit`` bytes."""
    digest = hashlib.sha256()
    size = 0
    with open_input(path, limit) as descriptor:
        while chunk := os.read(descriptor, 1 << 20):
            size += len(chunk)
            if size > limit:
                raise too_large(limit)
            digest.update(chunk)
    return SourceFile(safe_name(path.name), size, digest.hexdigest(), kind, encoding, separator)
