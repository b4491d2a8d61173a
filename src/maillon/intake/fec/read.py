"""A FEC on disk → a ledger of purchases, with the account of every line and the doubts that remain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import polars as pl

from maillon.core.errors import RefusedFile
from maillon.core.ledger import Ledger, ledger_from
from maillon.core.message import message
from maillon.intake.fec.doubts import fec_doubts
from maillon.intake.fec.layout import simplify
from maillon.intake.fec.parse import parse_fec, reduce_fec
from maillon.intake.fec.source import describe_source
from maillon.intake.reading import ColumnGuess, Reading, RowAccount, TableReading

Progress = Callable[[float], None]

_TYPES: Mapping[str, type[pl.DataType]] = {
    "row": pl.Int64, "date": pl.String, "document": pl.String, "account": pl.String,
    "designation": pl.String, "cents": pl.Int64, "supplier": pl.String, "entry": pl.String,
}  # fmt: skip


def read_fec(path: Path, *, progress: Progress | None = None) -> Reading:
    """Return the purchases of the accounting export ``path`` as a ``Reading`` with a ``ledger``.

    ``amount`` is without VAT in euros, debit positive: rebates (609) and credit notes are negative. One line
    bought from several suppliers gives several purchases that sum to it. ``notes["rows"]`` counts every line:
    read = purchases + counterpart + erased + header + blank + quarantined. Raises ``RefusedFile`` when the
    file is not a FEC.
    """
    chunks, summary = [], {}
    for item in _stream(parse_fec, path, progress):
        if "purchases" in item:
            chunks.append(pl.DataFrame(cast("dict[str, Any]", item["purchases"]), schema=_TYPES))
        elif "summary" in item:
            summary = cast("dict[str, Any]", item["summary"])
        else:
            raise _refusal(str(item["refused"]), path)
    purchases = pl.concat(chunks) if chunks else pl.DataFrame(schema=_TYPES)
    ledger = _ledger(purchases, path.name)
    return _reading(path, ledger, purchases, summary)


def purchases_only(path: Path, out: Path) -> None:
    """Write the reduced original of a FEC to ``out``: the only form of it that may be stored.

    It holds the header and, of the entries with purchases, the purchase, supplier and intra-EU VAT lines, in
    UTF-8, with one more column that says so. Raises ``RefusedFile`` when ``path`` is not a FEC.
    """
    with out.open("w", encoding="utf-8", newline="\n") as target:
        for item in _stream(reduce_fec, path, None):
            if "refused" in item:
                raise _refusal(str(item["refused"]), path)
            target.writelines(line + "\n" for line in cast("list[str]", item["lines"]))


def _refusal(code: str, path: Path) -> RefusedFile:
    if code == "long-line":
        return RefusedFile(
            message("{name} has a line of more than one million characters.", name=path.name),
            message("Export the accounting entries (FEC) again from the accounting software."),
        )
    return RefusedFile(
        message("{name} does not begin with the column names of a FEC.", name=path.name),
        message("Its first line must name JournalCode, EcritureNum, EcritureDate, CompteNum, amounts."),
    )


def _ledger(purchases: pl.DataFrame, name: str) -> Ledger:
    frame = purchases.sort("row", maintain_order=True).select(
        pl.col("date").str.to_date("%Y-%m-%d", strict=False),
        "document", "account", "designation", "supplier",
        amount=pl.col("cents") / 100,
        currency=pl.lit("EUR"),
        file=pl.lit(name),
        sheet=pl.lit(""),
        row=pl.col("row"),
    )  # fmt: skip
    return ledger_from(frame, name=name)


def _reading(path: Path, ledger: Ledger, purchases: pl.DataFrame, summary: Mapping[str, Any]) -> Reading:
    counts = summary["rows"]
    # An erased line is set apart like a quarantined one: it is counted, and none of it feeds the result.
    account = RowAccount(
        read=counts["read"],
        parts=counts["purchases"],
        headers=counts["header"],
        blank=counts["blank"],
        quarantined=counts["quarantined"] + counts["counterpart"] + counts["erased"],
    )
    table = TableReading("", 1, _columns(summary, purchases), account, _lines(ledger), kind="ledger")
    undated = ledger.purchases["date"].null_count()
    notes = {
        name: value
        for name, value in summary.items()
        if name not in ("columns", "unreadable", "unbalanced", "encoding", "separator")
    }
    return Reading(
        source=describe_source(path, "fec", summary["encoding"], summary["separator"]),
        tables=(table,),
        doubts=tuple(fec_doubts(summary, undated)),
        ledger=ledger,
        notes=notes,
    )


_SOURCES: Mapping[str, tuple[str, ...]] = {
    "date": ("EcritureDate",),
    "document": ("PieceRef", "EcritureNum"),
    "account": ("CompteNum",),
    "designation": ("EcritureLib",),
    "amount": ("Debit", "Montant"),
    "supplier": ("CompAuxLib", "CompAuxNum"),
}


def _columns(summary: Mapping[str, Any], purchases: pl.DataFrame) -> dict[str, ColumnGuess]:
    """Return which column plays which role: the law names them, so the confidence is one."""
    headers: list[str] = summary["columns"]
    places = {simplify(name): place for place, name in reversed(list(enumerate(headers)))}
    found = {}
    for role, names in _SOURCES.items():
        place = next((places[simplify(name)] for name in names if simplify(name) in places), None)
        if place is not None:
            found[role] = ColumnGuess(headers[place], place, 1.0, _samples(purchases, role))
    return found


def _samples(purchases: pl.DataFrame, role: str) -> tuple[str, ...]:
    if role == "amount":
        return tuple(f"{cents / 100:.2f}" for cents in purchases["cents"].head(3))
    return tuple(purchases[role].head(50).drop_nulls().unique(maintain_order=True).head(3))


_LINE_ROLES = ("line", "date", "document", "account", "designation", "amount", "currency", "supplier", "row")


def _lines(ledger: Ledger) -> tuple[Mapping[str, object], ...]:
    return tuple(ledger.purchases.select(_LINE_ROLES).to_dicts())


def _stream(
    parse: Callable[..., Iterator[dict[str, object]]], path: Path, progress: Progress | None
) -> Iterator[dict[str, object]]:
    with path.open("rb") as file:
        yield from parse(file)
