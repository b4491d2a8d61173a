"""Several ledgers of one firm as one: an invoice booked in three sources is one purchase.

A purchase is known by its vendor and document number. The source that names parts best comes first; what it
holds is left out of the others. Customs papers describe goods that invoices bill: beside any other ledger
they prove origins and add no spend.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from maillon.core.ledger import LEDGER_SCHEMA, Ledger
from maillon.core.reason import Reason
from maillon.core.vendor import VendorBook
from maillon.intake.customs.papers import PAPER_PREFIXES
from maillon.intake.join.codes import mapped, plain_number


@dataclass(frozen=True, slots=True, eq=False)
class MergedLedgers:
    """Every purchase once (``purchases``), every row that may prove something (``papers``), and why."""

    purchases: pl.DataFrame
    papers: pl.DataFrame
    reasons: tuple[Reason, ...]


def merge_ledgers(ledgers: Sequence[Ledger], book: VendorBook) -> MergedLedgers:
    """Return the purchases of several ledgers without those that an earlier, more detailed one holds."""
    papers = (
        pl.concat([ledger.purchases for ledger in ledgers]) if ledgers else pl.DataFrame(schema=LEDGER_SCHEMA)
    )
    goods = [ledger for ledger in ledgers if not is_customs(ledger)] or list(ledgers)
    ordered = sorted(goods, key=lambda ledger: -_detail(ledger.purchases))
    kept: list[pl.DataFrame] = []
    reasons: list[Reason] = []
    seen = pl.DataFrame(schema={"vendor": pl.String, "document": pl.String})
    for ledger in ordered:
        frame = ledger.purchases.with_columns(
            vendor=book.keys(ledger.purchases), key=_documents(ledger.purchases)
        )
        new = frame.join(seen, left_on=["vendor", "key"], right_on=["vendor", "document"], how="anti")
        if new.height < frame.height:
            params = {"ledger": ledger.name, "purchases": frame.height - new.height}
            reasons.append(Reason("counted_in_other_ledger", params=params))
        kept.append(new.drop("vendor", "key"))
        named = frame.select("vendor", document="key").drop_nulls().unique()
        seen = pl.concat([seen, named]).unique()
    reasons += [
        Reason("customs_prove_only", params={"ledger": one.name}) for one in ledgers if one not in goods
    ]
    merged = pl.concat(kept) if kept else papers
    return MergedLedgers(merged, papers, tuple(reasons))


def is_customs(ledger: Ledger) -> bool:
    """Whether a ledger was read from customs papers."""
    sources = ledger.purchases["evidence_source"].drop_nulls()
    return len(sources) > 0 and bool(sources.str.contains(f"^({'|'.join(PAPER_PREFIXES)})").all())


def years_covered(purchases: pl.DataFrame) -> float:
    """Return the years between the first and the last purchase, at least one: less is not extrapolated.

    >>> import datetime as dt
    >>> years_covered(pl.DataFrame({"date": [dt.date(2023, 1, 1), dt.date(2024, 12, 31)]}))
    2.0
    """
    span = pl.col("date").max() - pl.col("date").min()
    days = purchases.select(span.dt.total_days()).item()
    return 1.0 if days is None else max(1.0, round((days + 1) / 365.25, 2))


def _detail(purchases: pl.DataFrame) -> float:
    """Return the share of purchases that name a part."""
    named = pl.any_horizontal(pl.col("reference", "supplier_reference", "gtin").is_not_null())
    return float(purchases.select(named.mean()).item() or 0.0)


def _documents(purchases: pl.DataFrame) -> pl.Series:
    return mapped(purchases["document"], plain_number)
