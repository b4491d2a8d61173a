"""What one sandboxed reading may use, and how large a spreadsheet may be."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one child process. Sizes in bytes, times in seconds.

    ``wall_seconds`` counts the time spent waiting for the child, not the time the caller takes between two
    results. ``output_bytes`` bounds everything the child may send.
    """

    memory_bytes: int = 1024 * MIB
    cpu_seconds: int = 20
    wall_seconds: float = 30.0
    output_bytes: int = 512 * MIB
    file_bytes: int = 512 * MIB
    written_bytes: int = 0  # to files; the child has nothing to write


DEFAULT_LIMITS = Limits()

#: Largest spreadsheet or text file read as sheets.
SHEET_FILE_BYTES = 200 * MIB
#: Largest single message of the child.
FRAME_BYTES = 64 * MIB
