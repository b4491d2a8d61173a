"""All sources of one firm joined: the bill of materials helped by ledgers, or the ledgers taken as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from maillon.core.bom import Bom
from maillon.core.doubt import Doubt
from maillon.core.ledger import Ledger, ledger_from
from maillon.core.reason import Reason
from maillon.core.vendor import VendorBook
from maillon.intake.join.fill import fill_goods, fill_lines
from maillon.intake.join.flat import ledger_to_bom
from maillon.intake.join.match import match_customs_codes, match_purchases
from maillon.intake.join.merge import MergedLedgers, merge_ledgers, years_covered
from maillon.intake.join.origins import raise_origins


@dataclass(frozen=True, slots=True)
class JoinedSources:
    """The joined bill of materials and how it came about.

    ``matched`` and ``unmatched`` count purchases, ``lines_matched`` the lines that have some, ``raised`` the
    lines whose evidence of origin rose. ``reasons`` say what was counted once or served as proof only.
    """

    bom: Bom
    matched: int = 0
    unmatched: int = 0
    lines_matched: int = 0
    raised: int = 0
    doubts: tuple[Doubt, ...] = ()
    reasons: tuple[Reason, ...] = ()


def join_sources(bom: Bom | None, ledgers: Sequence[Ledger]) -> JoinedSources:
    """Join one firm's bill of materials and ledgers; either may be missing.

    Without a bill of materials the ledgers become a flat one. With one, its lines stay and learn: origins
    rise to the strongest evidence (never fall), unknown prices, vendors, masses and customs codes are filled.
    """
    frames = [ledger.purchases for ledger in ledgers] + ([] if bom is None else [bom.lines])
    book = VendorBook(frames)
    merged = merge_ledgers(ledgers, book)
    if bom is None:
        return _flat(ledgers, merged, book)
    if merged.papers.is_empty():
        return JoinedSources(bom)
    return _helped(bom, merged, book)


def _flat(ledgers: Sequence[Ledger], merged: MergedLedgers, book: VendorBook) -> JoinedSources:
    name = ledgers[0].name if ledgers else ""
    flat = ledger_to_bom(ledger_from(merged.purchases, name=name))
    if merged.papers.height == merged.purchases.height:
        return JoinedSources(flat, matched=merged.purchases.height, lines_matched=len(flat))
    proven = _helped(flat, replace(merged, purchases=merged.papers), book)
    return replace(proven, reasons=merged.reasons)


def _helped(bom: Bom, merged: MergedLedgers, book: VendorBook) -> JoinedSources:
    papers = merged.papers
    pairs = match_purchases(bom, papers, book)
    raised = raise_origins(bom, papers, pairs)
    own = match_purchases(bom, merged.purchases, book)
    filled = fill_lines(raised.bom, merged.purchases, own, years_covered(merged.purchases))
    filled = fill_goods(filled, papers, pairs)
    by_code = match_customs_codes(filled, papers, book)
    last = raise_origins(filled, papers, by_code)
    matched = pl.concat([pairs, by_code])
    count = matched["purchase_row"].n_unique()
    return JoinedSources(
        last.bom,
        matched=count,
        unmatched=papers.height - count,
        lines_matched=matched["line_row"].n_unique(),
        raised=raised.raised + last.raised,
        doubts=raised.doubts + last.doubts,
        reasons=merged.reasons,
    )
