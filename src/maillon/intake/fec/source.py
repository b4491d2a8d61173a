"""The file that was read: name made safe to show, size and sha256."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

from maillon.intake.grid import SourceFile

_LONGEST_NAME = 120


def describe_source(path: Path, kind: str, encoding: str = "", separator: str = "") -> SourceFile:
    """Return name, size and sha256 of ``path`` without holding it in memory."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return SourceFile(safe_name(path.name), path.stat().st_size, digest, kind, encoding, separator)


def safe_name(name: str) -> str:
    r"""Return a file name without control and direction characters, shortened in its middle.

    >>> safe_name("achats\r\n\u202e2025.txt")
    'achats2025.txt'
    """
    plain = "".join(char for char in name if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co"))
    if len(plain) <= _LONGEST_NAME:
        return plain
    half = _LONGEST_NAME // 2 - 1
    return f"{plain[:half]}…{plain[-half:]}"
