"""What was not certain while reading a file, and what we propose."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from maillon.core.message import Message


class Treatment(StrEnum):
    """What became of the doubtful thing."""

    WARNED = "warned"  # kept as written, the reader is told
    QUARANTINED = "quarantined"  # the row is set apart and counted
    NEUTRALISED = "neutralised"  # stored raw, made harmless on output
    ASKED = "asked"  # one answer of the reader settles a whole column


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt about one cell, row, column or sheet: where, what, and the proposed repair.

    ``code`` is stable and names the kind (``ambiguous-number``, ``zero-quantity``, …); ``cell`` is an
    A1 reference, a row (``12:12``), a column (``C:C``) or empty for a whole sheet.
    """

    code: str
    what: Message
    treatment: Treatment
    sheet: str = ""
    cell: str = ""
    proposal: Message | None = None
