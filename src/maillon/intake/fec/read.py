"""A FEC on disk → a ledger of purchases, with the account of every line and the doubts that remain."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from maillon.core.ledger import Ledger, ledger_from
from maillon.intake.fec.doubts import fec_doubts
from maillon.intake.fec.layout import simplify
from maillon.intake.reading import ColumnGuess, Reading, RowAccount, TableReading
from maillon.intake.sandbox import describe_source, run_in_sandbox, safe_name
from maillon.intake.sandbox.limits import DEFAULT_LIMITS, Limits

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
    for item in _stream("parse_fec", path, progress):
        if "purchases" in item:
            chunks.append(pl.DataFrame(item["purchases"], schema=_TYPES))
        else:
            summary = item["summary"]
    purchases = pl.concat(chunks) if chunks else pl.DataFrame(schema=_TYPES)
    return _reading(path, _ledger(purchases, safe_name(path.name)), purchases, summary)


def purchases_only(path: Path, out: Path) -> None:
    """Write the reduced original of a FEC to ``out``: the only form of it that may be stored.

    It holds the header and, of the entries with purchases, the purchase, supplier and intra-EU VAT lines, in
    UTF-8, with one more column that says so. Raises ``RefusedFile`` when ``path`` is not a FEC.
    """
    with out.open("w", encoding="utf-8", newline="\n") as target:
        for item in _stream("reduce_fec", path, None):
            target.writelines(line + "\n" for line in item["lines"])


def _stream(task: str, path: Path, progress: Progress | None) -> Iterator[dict[str, Any]]:
    return run_in_sandbox(
        f"maillon.intake.fec.parse:{task}", path, progress=progress, limits=_limits(path.stat().st_size)
    )


def _limits(size: int) -> Limits:
    """Allow one more second for each four mebibytes: an accounting export is long but simple."""
    extra = size // (4 << 20)
    return replace(
        DEFAULT_LIMITS,
        cpu_seconds=DEFAULT_LIMITS.cpu_seconds + extra,
        wall_seconds=DEFAULT_LIMITS.wall_seconds + 2 * extra,
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
        source=describe_source(
            path,
            "fec",
            encoding=summary["encoding"],
            separator=summary["separator"],
            limit=DEFAULT_LIMITS.file_bytes,
        ),
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
