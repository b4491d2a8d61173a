"""The lines of a FEC gathered into accounting entries, keeping only what belongs to purchases.

An entry is the lines that share ``JournalCode`` and ``EcritureNum``. Most files hold its lines together; one
that does not balance when another begins waits for its other lines, so that any order is read right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from maillon.intake.fec.accounts import BY_PREFIX, INTRA_EU_VAT, Role
from maillon.intake.fec.layout import Layout

_CHUNK = 1 << 20
_LONGEST_LINE = 1 << 20
_KEY_COLUMNS = ("journalcode", "ecriturenum", "comptenum")


class LineTooLong(ValueError):
    """A line is longer than any accounting line can be: the file is not what its header says."""


@dataclass(slots=True)
class Row:
    """One kept line: its number in the file, its cells, and its amount in cents, debit positive."""

    number: int
    cells: list[bytes]
    cents: int


@dataclass(slots=True)
class Entry:
    """One accounting entry: its balance in cents, its purchase and supplier rows, and what else it showed."""

    key: bytes
    cents: int = 0
    rows: int = 0
    purchases: list[Row] = field(default_factory=list)
    suppliers: list[Row] = field(default_factory=list)
    clues: list[Row] = field(default_factory=list)  # VAT due on purchases inside the EU
    personal: bool = False
    closing: bool = False

    @property
    def balanced(self) -> bool:
        """Whether debits equal credits, but for one cent of rounding."""
        return -1 <= self.cents <= 1


@dataclass(slots=True)
class RowTally:
    """Where every line of the file went: ``read`` equals the sum of all the others."""

    read: int = 0
    header: int = 0
    purchases: int = 0
    counterpart: int = 0
    erased: int = 0
    blank: int = 0
    quarantined: int = 0
    unreadable: list[tuple[int, str]] = field(default_factory=list)  # line number and what is wrong
    unbalanced_erased: int = 0  # entries without purchases that do not balance

    def quarantine(self, number: int, why: str) -> None:
        """Set one line apart, remembering its number only, never its text."""
        self.quarantined += 1
        self.unreadable.append((number, why))


def read_lines(file: BinaryIO, newline: bytes) -> Iterator[bytes]:
    """Yield the lines of ``file`` without their ends, never holding more than two chunks of it.

    Raises ``LineTooLong`` on a line above one mebibyte.
    """
    rest = b""
    while chunk := file.read(_CHUNK):
        lines = (rest + chunk).split(newline)
        rest = lines.pop()
        if len(rest) > _LONGEST_LINE:
            raise LineTooLong
        yield from lines
    if rest:
        yield rest


def gather_entries(file: BinaryIO, layout: Layout, tally: RowTally) -> Iterator[Entry]:
    """Yield every entry that holds purchases, counting in ``tally`` where each line of ``file`` went.

    Balanced entries come as soon as they end; those that never balance come last, so that memory holds one
    entry at a time in a file that keeps its entries together.
    """
    waiting: dict[bytes, Entry] = {}
    entry = Entry(b"")
    width, separator, regular = layout.width, layout.separator, not layout.quoted
    journal, numbered, account = (layout.places[name] for name in _KEY_COLUMNS)
    read_cents, role_of_prefix = _cents_reader(layout), BY_PREFIX.get
    last_number = last_journal = b"\0"
    # One million times: everything below is inlined, and a line of no interest makes no object.
    for number, line in enumerate(read_lines(file, layout.newline), start=1):
        cells = line.split(separator)
        if number == 1 or len(cells) != width or not regular:
            fitted = _fit(cells, number, layout, tally)
            if fitted is None:
                continue
            cells = fitted
        try:
            cents = read_cents(cells)
        except (ValueError, OverflowError):
            tally.quarantine(number, "amount")
            continue
        if cells[numbered] != last_number or cells[journal] != last_journal or not last_number:
            last_number, last_journal = cells[numbered], cells[journal]
            key = last_journal + b"\0" + (last_number or _spare_number(cells, layout))
            if not -1 <= entry.cents <= 1:
                waiting[entry.key] = entry
            elif _settle(entry, tally):
                yield entry
            entry = waiting.pop(key) if key in waiting else Entry(key)
        entry.cents += cents
        entry.rows += 1
        role = role_of_prefix(cells[account].lstrip()[:3])
        if role is not None:
            _keep(entry, Row(number, cells, cents), role, cells[account])
    tally.read = number
    waiting[entry.key] = entry
    for left in waiting.values():
        if _settle(left, tally):
            yield left


def _keep(entry: Entry, row: Row, role: Role, account: bytes) -> None:
    if role is Role.PURCHASE:
        entry.purchases.append(row)
    elif role is Role.SUPPLIER:
        entry.suppliers.append(row)
    elif role is Role.VAT:
        if account.lstrip().startswith(INTRA_EU_VAT):
            entry.clues.append(row)
    elif role is Role.PERSON:
        entry.personal = True
    else:
        entry.closing = True


def _settle(entry: Entry, tally: RowTally) -> bool:
    """Count the rows of a finished entry; whether it holds purchases to keep."""
    if not entry.purchases:
        tally.erased += entry.rows
        tally.unbalanced_erased += not entry.balanced
        return False
    if entry.closing and not entry.suppliers:
        for row in entry.purchases:
            tally.quarantine(row.number, "closing")
        tally.erased += entry.rows - len(entry.purchases)
        return False
    tally.purchases += len(entry.purchases)
    tally.counterpart += len(entry.suppliers)
    tally.erased += entry.rows - len(entry.purchases) - len(entry.suppliers)
    return True


def _spare_number(cells: list[bytes], layout: Layout) -> bytes:
    """Stand in for a missing entry number: document and date."""
    named = (layout.places.get(name) for name in ("pieceref", "ecrituredate"))
    return b"\0".join(cells[place] for place in named if place is not None)


def _fit(cells: list[bytes], number: int, layout: Layout, tally: RowTally) -> list[bytes] | None:
    """Return the cells of an unusual line padded to the width of the header; None where it is no entry."""
    if number == 1:
        tally.header += 1
        return None
    if not any(cell.strip() for cell in cells):
        tally.blank += 1
        return None
    if layout.quoted:
        cells = [cell.strip().strip(b'"') for cell in cells]
    extra = any(cell.strip() for cell in cells[layout.width :])
    if extra or len(cells) < layout.shortest:
        tally.quarantine(number, "width")
        return None
    return (cells + [b""] * layout.width)[: layout.width]


def _cents_reader(layout: Layout) -> Callable[[list[bytes]], int]:
    """Return what reads the signed amount of a line, debit positive, in either legal variant."""
    places = layout.places
    if "debit" in places and "credit" in places:
        debit, credit = places["debit"], places["credit"]
        nothing = {b"": 0, b"0,00": 0, b"0.00": 0, b"0": 0}.get

        def difference(cells: list[bytes]) -> int:
            owed, due = cells[debit], cells[credit]
            plus, minus = nothing(owed), nothing(due)
            return (_cents(owed) if plus is None else plus) - (_cents(due) if minus is None else minus)

        return difference
    amount, sense = places["montant"], places["sens"]
    return lambda cells: _cents(cells[amount]) * _sign(cells[sense])


def _sign(sense: bytes) -> int:
    """Return 1 for a debit (``D``, ``+1``) and -1 for a credit (``C``, ``-1``); ``ValueError`` otherwise."""
    signs = {b"D": 1, b"+1": 1, b"1": 1, b"+": 1, b"C": -1, b"-1": -1, b"-": -1}
    sign = signs.get(sense.strip()[:2].upper())
    if sign is None:
        raise ValueError(sense)
    return sign


def _cents(text: bytes) -> int:
    """Return an amount in cents; nothing is zero.

    >>> _cents(b"1234,56"), _cents(b"1 234.5"), _cents(b""), _cents("1\u202f000,00".encode())
    (123456, 123450, 0, 100000)
    """
    try:
        return round(float(text.replace(b",", b".")) * 100)
    except ValueError:
        plain = "".join(text.decode("utf-8", "replace").split()).replace("\ufffd", "")
        return round(float(plain.replace(",", ".")) * 100) if plain else 0
