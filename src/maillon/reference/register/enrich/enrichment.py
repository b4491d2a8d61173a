"""What a file tells of firms, and the report of its reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from maillon.core.doubt import Doubt, Treatment
from maillon.core.message import message
from maillon.reference.register.enrich.reasons import say_reason


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
        """Return what to tell the reader: a doubt for each reason, and one for the columns that lack."""
        told = [
            Doubt(reason, say_reason(reason, count), treatment, sheet=self.file)
            for kept, treatment in ((False, Treatment.QUARANTINED), (True, Treatment.WARNED))
            for reason, count in self.count_reasons(kept=kept).items()
        ]
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
