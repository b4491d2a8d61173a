"""The sandboxed side of reading a FEC: only purchases, their suppliers' names and counts ever leave it.

Runs in the resource-limited child, so nothing here may import polars. Values are yielded as plain dicts;
no text of an erased line is part of any of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from maillon.core.errors import RefusedFile
from maillon.core.message import Message, message
from maillon.intake.fec.entries import Entry, LineTooLong, Row, RowTally, gather_entries
from maillon.intake.fec.layout import REDUCED_MARK, Layout, read_layout, simplify
from maillon.intake.fec.split import split_entry

Chunk = dict[str, object]

#: Columns of a chunk of purchases, in order: one list each.
COLUMNS = ("row", "date", "document", "account", "designation", "cents", "supplier", "entry")

_CHUNK_ROWS = 5_000
_DOUBTS_KEPT = 200
_UNNAMED = frozenset({"fournisseurs", "fournisseur", "fournisseursdivers", "suppliers"})


def parse_fec(source: BinaryIO | Path, arguments: Mapping[str, object]) -> Iterator[Chunk]:
    """Yield ``{"purchases": {column: values}}`` chunks, then one ``{"summary": …}``.

    Raises ``RefusedFile`` when the file is not a FEC; no text of the file is part of any error.
    """
    with _silent_errors():
        file, layout = _opened(source)
        decode = _Decoder(layout)
        tally, clues = RowTally(), Clues(decode)
        chunk: list[tuple[object, ...]] = []
        for entry in gather_entries(file, layout, tally):
            clues.note(entry, check=not layout.reduced)
            chunk += decode.purchases(entry)
            if len(chunk) >= _CHUNK_ROWS:
                yield _columns(chunk)
                chunk = []
        if chunk:
            yield _columns(chunk)
        yield {"summary": _summary(layout, tally, clues)}


def reduce_fec(source: BinaryIO | Path, arguments: Mapping[str, object]) -> Iterator[Chunk]:
    """Yield ``{"lines": [text, …]}`` chunks: the header and the purchase and supplier lines, nothing else."""
    with _silent_errors():
        file, layout = _opened(source)
        decode, separator = _Decoder(layout), layout.separator.decode()
        marked = layout.names if layout.reduced else (*layout.names, REDUCED_MARK)
        lines = [separator.join(decode.header(name) for name in marked)]
        for entry in gather_entries(file, layout, RowTally()):
            lines += (separator.join(decode.reduced(row, entry)) for row in _kept(entry))
            if len(lines) >= _CHUNK_ROWS:
                yield {"lines": lines}
                lines = []
        yield {"lines": lines}


def _opened(source: BinaryIO | Path) -> tuple[BinaryIO, Layout]:
    layout = None if isinstance(source, Path) else read_layout(source)
    if isinstance(source, Path) or layout is None:
        raise RefusedFile(
            message("The file does not begin with the column names of a FEC."),
            message("Its first line must name JournalCode, EcritureNum, EcritureDate, CompteNum, amounts."),
        )
    return source, layout


@contextmanager
def _silent_errors() -> Iterator[None]:
    """Keep the text of erased lines out of the words of any unforeseen error."""
    try:
        yield
    except LineTooLong as problem:
        raise RefusedFile(
            message("The file has a line of more than one million characters."), _again()
        ) from problem
    except (ValueError, KeyError, IndexError, TypeError, OverflowError) as problem:
        # `from None`: the original error may quote a cell.
        kind = type(problem).__name__
        raise RefusedFile(
            message("The accounting export is damaged ({reason}).", reason=kind), _again()
        ) from None


def _again() -> Message:
    return message("Export the accounting entries (FEC) again from the accounting software.")


def _kept(entry: Entry) -> list[Row]:
    rows = entry.purchases + entry.suppliers + entry.clues
    return sorted(rows, key=lambda row: row.number)


def _columns(rows: list[tuple[object, ...]]) -> Chunk:
    return {"purchases": dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True))}


class _Decoder:
    """Reads the cells of kept rows as text, in the encoding of the file."""

    def __init__(self, layout: Layout) -> None:
        self.encoding = "utf-8" if layout.encoding == "utf-8-sig" else layout.encoding
        self.layout = layout

    def header(self, name: str) -> str:
        return name.encode("latin-1").decode(self.encoding, "replace").replace("\ufeff", "")

    def raw(self, row: Row, column: str) -> bytes:
        place = self.layout.places.get(column)
        return row.cells[place].strip() if place is not None else b""

    def text(self, row: Row, column: str) -> str | None:
        return self.raw(row, column).decode(self.encoding, "replace") or None

    def purchases(self, entry: Entry) -> Iterator[tuple[object, ...]]:
        """Yield one tuple of ``COLUMNS`` for each share of a purchase line."""
        vendors = {id(row): self.vendor(row) for row in entry.suppliers}
        shares = split_entry(
            entry, lambda row: self.raw(row, "pieceref"), lambda row: (vendors[id(row)] or "").encode()
        )
        for share in shares:
            row = share.row
            document = self.text(row, "pieceref") or self.text(row, "ecriturenum")
            supplier = vendors[id(share.supplier)] if share.supplier is not None else None
            yield (
                row.number, self.date(row), document, self.text(row, "comptenum"), self.label(row, entry),
                share.cents, supplier, self.name_of(row),
            )  # fmt: skip

    def label(self, row: Row, entry: Entry) -> str | None:
        """Return the label of the line, else the account's name.

        A label of an entry that also touches wages or partners may name a person: it is erased.
        """
        written = None if entry.personal else self.text(row, "ecriturelib")
        return written or self.text(row, "comptelib")

    def vendor(self, row: Row) -> str | None:
        """Return the supplier's name, else its number in the firm's books, else the account's own name."""
        named = self.text(row, "compauxlib") or self.text(row, "compauxnum")
        if named:
            return named
        title = self.text(row, "comptelib")
        return None if title is None or simplify(title) in _UNNAMED else title

    def date(self, row: Row) -> str | None:
        """Return the date of the entry as ``AAAA-MM-JJ``, None where it is not a date of eight digits."""
        digits = self.raw(row, "ecrituredate")
        if len(digits) != 8 or not digits.isdigit():
            return None
        text = digits.decode()
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"

    def name_of(self, row: Row) -> str:
        """Return journal and number of the entry, to point at it in a doubt."""
        return f"{self.text(row, 'journalcode') or ''} {self.text(row, 'ecriturenum') or ''}".strip()

    def reduced(self, row: Row, entry: Entry) -> list[str]:
        """Return the cells of a kept line as they may be stored."""
        cells = [cell.decode(self.encoding, "replace").strip("\r") for cell in row.cells]
        if entry.personal:
            cells[self.layout.places["ecriturelib"]] = ""
        return cells if self.layout.reduced else [*cells, "1"]


class Clues:
    """What the entries tell besides the purchases: balance, EU VAT, foreign currencies, missing suppliers."""

    def __init__(self, decode: _Decoder) -> None:
        self.decode = decode
        self.unbalanced: list[tuple[int, str, int]] = []
        self.unbalanced_count = 0
        self.entries = 0
        self.without_supplier = 0
        self.split = 0
        self.intra_eu: set[str] = set()
        self.currencies: dict[str, set[str]] = {}

    def note(self, entry: Entry, *, check: bool) -> None:
        """Remember what ``entry`` shows."""
        self.entries += 1
        self.without_supplier += not entry.suppliers
        vendors = {vendor for row in entry.suppliers if (vendor := self.decode.vendor(row))}
        self.split += len(vendors) > 1
        if entry.clues:
            self.intra_eu |= vendors
        if check and not entry.balanced:
            self.unbalanced_count += 1
            if len(self.unbalanced) < _DOUBTS_KEPT:
                first = entry.purchases[0]
                self.unbalanced.append((first.number, self.decode.name_of(first), entry.cents))
        for row in entry.suppliers:
            currency = (self.decode.text(row, "idevise") or "").upper()
            vendor = self.decode.vendor(row)
            if vendor and currency not in ("", "EUR", "€"):
                self.currencies.setdefault(currency, set()).add(vendor)


def _summary(layout: Layout, tally: RowTally, clues: Clues) -> Chunk:
    return {
        "encoding": layout.encoding,
        "separator": layout.separator.decode(),
        "columns": list(layout.names),
        "reduced": layout.reduced,
        "rows": {
            name: getattr(tally, name)
            for name in ("read", "header", "purchases", "counterpart", "erased", "blank", "quarantined")
        },
        "unreadable": tally.unreadable[:_DOUBTS_KEPT],
        "unbalanced": clues.unbalanced,
        "unbalanced_count": clues.unbalanced_count,
        "unbalanced_erased": 0 if layout.reduced else tally.unbalanced_erased,
        "entries": clues.entries,
        "without_supplier": clues.without_supplier,
        "split_entries": clues.split,
        "intra_eu_suppliers": sorted(clues.intra_eu),
        "foreign_currencies": {code: sorted(names) for code, names in sorted(clues.currencies.items())},
    }
