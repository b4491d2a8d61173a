"""What was understood of a file: its tables, the account of its rows, and the doubts that remain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from maillon.core.bom import Bom
from maillon.core.doubt import Doubt
from maillon.core.ledger import Ledger
from maillon.intake.grid import SourceFile


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """Which column of the file plays a role, how sure we are (0 to 1), and a few of its values as written."""

    source: str  # header as written, or the column letter where there is no header
    column: int  # zero-based
    confidence: float
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowAccount:
    """Where every row of a table's sheet went. No row is ever lost: the parts of the sum make ``read``."""

    read: int
    parts: int = 0
    headers: int = 0
    sections: int = 0
    totals: int = 0
    blank: int = 0
    quarantined: int = 0

    @property
    def balanced(self) -> bool:
        """Whether each row read is accounted for exactly once."""
        kept = self.parts + self.headers + self.sections + self.totals
        return self.read == kept + self.blank + self.quarantined


@dataclass(frozen=True, slots=True)
class TableReading:
    """One table found in a file: where it stands, its columns by role, its rows, and the lines read.

    Roles are column names of ``BOM_SCHEMA`` or ``LEDGER_SCHEMA``. ``header_row`` is the 1-based row of the
    (last line of the) header, None where there is none. ``lines`` holds a mapping role → value for each part.
    """

    sheet: str
    header_row: int | None
    columns: Mapping[str, ColumnGuess]
    rows: RowAccount
    lines: Sequence[Mapping[str, object]]
    kind: str = "bom"  # bom, ledger, recap, options, other: only bom and ledger feed the result
    header: tuple[str, ...] = ()  # labels as written, from left to right, those without a role included


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of reading one file (or a folder of invoices): a ``bom`` or a ``ledger``, or neither."""

    source: SourceFile
    tables: tuple[TableReading, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    bom: Bom | None = None
    ledger: Ledger | None = None
    notes: Mapping[str, object] = field(default_factory=dict)  # counts of special readers (invoices kept, …)
