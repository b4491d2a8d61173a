"""The outcomes of thousands of files added up: purchases kept, duplicates, refusals, doubts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from maillon.core.doubt import Doubt, Treatment
from maillon.core.message import message
from maillon.core.vendor import vendor_name, vendor_number
from maillon.intake.invoices.doubts import refused_file, same_invoice, value_doubts
from maillon.intake.invoices.purchases import COLUMNS, CREDIT_NOTES

Item = Mapping[str, Any]

_NUMBERS = ("quantity", "unit_price", "amount", "mass")
_HEAD = ("supplier", "supplier_id", "supplier_site", "supplier_country", "currency", "date")

#: The columns gathered: those of the lines, of the head, and where each line stands.
GATHERED: Mapping[str, type[pl.DataType]] = {
    **{name: pl.Float64 if name in _NUMBERS else pl.String for name in COLUMNS},
    **dict.fromkeys(_HEAD, pl.String),
    "document": pl.String,
    "file": pl.String,
    "row": pl.Int64,
}


@dataclass
class Collection:
    """What the files hold together; ``counts`` has files = kept + duplicates + refused."""

    columns: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in GATHERED})
    doubts: list[Doubt] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    syntaxes: Counter[str] = field(default_factory=Counter)
    _seen: dict[tuple[str | None, ...], Item] = field(default_factory=dict)

    def add(self, item: Item) -> None:
        """Account for one file."""
        self.counts["files"] += 1
        if "problem" in item:
            self.counts["refused"] += 1
            self.doubts.append(refused_file(item))
            return
        self.syntaxes[item["syntax"]] += 1
        rows = len(item["rows"][0])
        self.counts["lines"] += rows + item["repeated"]
        first = self._seen.setdefault(_identity(item), item)
        if first is not item:
            self.counts["duplicates"] += 1
            self.counts["duplicate_lines"] += rows + item["repeated"]
            alike = first["head"]["net_total"] == item["head"]["net_total"]
            self.doubts.append(same_invoice(item, first, alike=alike))
            return
        self.counts["kept"] += 1
        self.counts["credit_notes"] += item["head"]["type"] in CREDIT_NOTES
        self.counts["repeated_lines"] += item["repeated"]
        self.doubts += value_doubts(item)
        self.doubts += _head_doubts(item)
        self._keep(item, rows)

    def _keep(self, item: Item, rows: int) -> None:
        for name, values in zip(COLUMNS, item["rows"], strict=True):
            self.columns[name] += values
        for name in _HEAD:
            self.columns[name] += [item["head"][name]] * rows
        self.columns["document"] += [item["head"]["number"]] * rows
        self.columns["file"] += [item["file"]] * rows
        self.columns["row"] += range(1, rows + 1)


def _identity(item: Item) -> tuple[str | None, ...]:
    """Return what makes two files the same invoice: seller, number, date, and whether it is a credit note.

    An invoice without a number can be the same as none: its file name stands in.
    """
    head = item["head"]
    seller = vendor_number(head["supplier_id"]) or vendor_name(head["supplier"])
    credit = "credit" if head["type"] in CREDIT_NOTES else None
    return seller, head["number"] or f"#{item['place']}", head["date"], credit


def _head_doubts(item: Item) -> list[Doubt]:
    head, found = item["head"], []
    if head["number"] is None:
        found.append(("no-number", message("The invoice has no number.")))
    if head["date"] is None:
        found.append(("bad-date", message("The invoice has no readable date.")))
    if head["supplier_id"] is None and head["supplier"] is None:
        found.append(("no-seller", message("The invoice names no seller.")))
    number = head["supplier_id"] or ""
    if number.isdigit() and len(number) in (9, 14) and not _valid_french(number):
        found.append(
            (
                "bad-identifier",
                message("{text} fails the check digit of SIREN and SIRET numbers.", text=number),
            )
        )
    return [Doubt(code, what, Treatment.WARNED, sheet=item["file"]) for code, what in found]


def _valid_french(number: str) -> bool:
    from stdnum.fr import siren, siret  # noqa: PLC0415 - loads only where an invoice names a French firm

    return bool((siren if len(number) == 9 else siret).is_valid(number))
