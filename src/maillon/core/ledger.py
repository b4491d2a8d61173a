"""The purchase ledger: what was bought, from whom, on what paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

#: Columns of ``Ledger.purchases``. Null means unknown.
LEDGER_SCHEMA: Mapping[str, type[pl.DataType]] = {
    "line": pl.Int64,  # number of the purchase, from 1
    "date": pl.Date,
    "document": pl.String,  # invoice, declaration or entry number
    "account": pl.String,  # account of the French chart (601, 602, 604-608, 611)
    "reference": pl.String,  # the buyer's own part number
    "supplier_reference": pl.String,
    "gtin": pl.String,
    "designation": pl.String,
    "cn": pl.String,  # digits only
    "quantity": pl.Float64,
    "unit": pl.String,
    "unit_price": pl.Float64,
    "amount": pl.Float64,  # without VAT, signed: credit notes are negative
    "currency": pl.String,
    "mass": pl.Float64,  # kg, of the whole purchase
    "supplier": pl.String,
    "supplier_id": pl.String,
    "supplier_site": pl.String,
    "supplier_country": pl.String,
    "making_country": pl.String,
    "evidence": pl.String,
    "evidence_source": pl.String,
    "file": pl.String,
    "sheet": pl.String,
    "row": pl.Int64,
}


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """Purchases of one firm over a period; build it with ``ledger_from``."""

    purchases: pl.DataFrame
    name: str = ""

    def __len__(self) -> int:
        """Count the purchases."""
        return self.purchases.height

    def __repr__(self) -> str:
        """Name the ledger and its size."""
        return f"Ledger({self.name!r}, {self.purchases.height} purchases)"


def ledger_from(columns: Mapping[str, object] | pl.DataFrame, name: str = "") -> Ledger:
    """Return a ``Ledger`` from any subset of its columns; ``ValueError`` on an unknown one.

    >>> ledger_from({"supplier": ["Fournisseur"], "amount": [12.5]}, name="achats")
    Ledger('achats', 1 purchases)
    """
    frame = columns if isinstance(columns, pl.DataFrame) else pl.DataFrame(columns)
    unknown = set(frame.columns) - set(LEDGER_SCHEMA)
    if unknown:
        raise ValueError(f"not columns of a purchase ledger: {sorted(unknown)}")
    if "line" not in frame.columns:
        frame = frame.with_columns(line=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    absent = [pl.lit(None).cast(t).alias(c) for c, t in LEDGER_SCHEMA.items() if c not in frame.columns]
    typed = frame.with_columns(absent).select(pl.col(c).cast(t) for c, t in LEDGER_SCHEMA.items())
    return Ledger(typed, name)
