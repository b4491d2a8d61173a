"""What a file tells of firms, and the report of its reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from maillon.core.doubt import Doubt, Treatment
from maillon.core.message import Message, message, plural_message


@dataclass(frozen=True, slots=True)
class EnrichmentReport:
    """How a file was read; ``rows_read == rows_kept + rows_rejected`` always holds.

    ``aside`` (columns ``row``, ``reason``, ``value``, ``kept``) lists every row left out, and with ``kept``
    what was left out of a row that still tells something. ``missing`` are our columns that the file lacks,
    ``unknown`` its headers that we do not read. ``sha256`` identifies the file; null for rows of a workbook.
    """

    title: str
    licence: str
    file: str
    form: str
    encoding: str | None
    separator: str | None
    day: date
    sha256: str | None
    rows_read: int
    rows_kept: int
    rows_rejected: int
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    aside: pl.DataFrame

    def count_reasons(self, *, kept: bool = False) -> Mapping[str, int]:
        """Return how often each reason left out a row, or with ``kept`` a part of a row, by reason."""
        counts = self.aside.filter(pl.col("kept") == kept).group_by("reason").len().sort("reason")
        return dict(counts.iter_rows())

    def doubts(self) -> tuple[Doubt, ...]:
        """Return what to tell the reader: a doubt for each reason, one for the columns that lack."""
        told = []
        for kept, treatment in ((False, Treatment.QUARANTINED), (True, Treatment.WARNED)):
            for reason, count in self.count_reasons(kept=kept).items():
                first = self.aside.filter((pl.col("kept") == kept) & (pl.col("reason") == reason))[
                    "row"
                ].min()
                told.append(
                    Doubt(
                        reason, say_reason(reason, count), treatment, sheet=self.file, cell=f"{first}:{first}"
                    )
                )
        if self.missing:
            columns = ", ".join(self.missing)
            what = message("Columns that this file lacks: {columns}.", columns=columns)
            told.append(Doubt("missing-columns", what, Treatment.WARNED, sheet=self.file))
        return tuple(told)


@dataclass(frozen=True, slots=True)
class Enrichment:
    """What a file tells: ``capabilities`` in the columns of a snapshot plus ``siren``.

    ``siret`` is null where the source knows the firm but not the establishment; ``siren`` never is.
    ``by_name`` has the rows without a number: the same columns with ``name``, ``postcode`` and
    ``commune_name``, to be resolved against the register.
    """

    source: str
    capabilities: pl.DataFrame
    by_name: pl.DataFrame
    report: EnrichmentReport


def say_reason(reason: str, n: int) -> Message:  # noqa: PLR0911 - one sentence a reason, to be translated
    """Return a reason as a sentence that counts."""
    match reason:
        case "false-number":
            return plural_message(
                "{n} SIRET or SIREN whose key is false.", "{n} SIRET or SIREN whose keys are false.", n=n
            )
        case "no-number":
            return plural_message("{n} row without SIRET or SIREN.", "{n} rows without SIRET or SIREN.", n=n)
        case "no-text":
            return plural_message("{n} row without a text.", "{n} rows without a text.", n=n)
        case "absurd-amount":
            return plural_message(
                "{n} contract of an absurd amount.", "{n} contracts of an absurd amount.", n=n
            )
        case "expired":
            return plural_message("{n} certificate out of date.", "{n} certificates out of date.", n=n)
        case "not-certified":
            return plural_message("{n} row without certificate.", "{n} rows without certificate.", n=n)
        case "no-role":
            return plural_message("{n} row without a known role.", "{n} rows without a known role.", n=n)
        case "no-capability":
            return plural_message("{n} row that tells nothing.", "{n} rows that tell nothing.", n=n)
        case "repeated":
            return plural_message("{n} repeated row.", "{n} repeated rows.", n=n)
        case "unread-figure":
            return plural_message(
                "{n} figure that could not be read.", "{n} figures that could not be read.", n=n
            )
        case "unread-date":
            return plural_message("{n} date that could not be.", "{n} dates that could not be.", n=n)
        case "unknown-word":
            return plural_message(
                "{n} word without a code, kept as text.", "{n} words without a code, kept as text.", n=n
            )
        case "unclosed-quote":
            return plural_message(
                "{n} line with an unclosed quote.", "{n} lines with an unclosed quote.", n=n
            )
        case "cell-too-long":
            return plural_message("{n} line with a cell too long.", "{n} lines with a cell too long.", n=n)
        case _:
            return plural_message(
                "{n} row set aside ({reason}).", "{n} rows set aside ({reason}).", n=n, reason=reason
            )
