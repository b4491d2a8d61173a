"""The sentence under the title: how much was bought, from how many, how much of it is known."""

from __future__ import annotations

from maillon.core.message import Message, message, plural_message
from maillon.core.money import Money
from maillon.dossier import Dossier
from maillon.method.diagnose.results import Diagnosis
from maillon.report.figures import percent, period, rounded


def lead(dossier: Dossier) -> Message:
    """Return the size of the purchases and how much of their origin is established."""
    diagnosis = dossier.diagnosis
    if diagnosis.bought_lines == 0:
        return message("No bought line was found in the files.")
    known = percent(1 - evidence_shares(diagnosis)["unknown"])
    lines = plural_message("{n} bought line", "{n} bought lines", n=diagnosis.bought_lines)
    if diagnosis.spend <= 0:
        return message(
            "{lines} without a price, {suppliers}. Origin established for {known} of the lines.",
            lines=lines,
            suppliers=_suppliers(diagnosis),
            known=known,
        )
    return message(
        "{spend} of purchases {period}, {lines}, {suppliers}. Origin established for {known} of the amount.",
        spend=Money(rounded(diagnosis.spend), diagnosis.currency or "EUR"),
        period=period(diagnosis),
        lines=lines,
        suppliers=_suppliers(diagnosis),
        known=known,
    )


def size_of(diagnosis: Diagnosis) -> Message:
    """Return how large one variant is: its lines and, where known, its amount."""
    lines = plural_message("{n} bought line", "{n} bought lines", n=diagnosis.bought_lines)
    if diagnosis.spend <= 0:
        return lines
    spend = Money(rounded(diagnosis.spend), diagnosis.currency or "EUR")
    return message("{lines}, {spend}", lines=lines, spend=spend)


def evidence_shares(diagnosis: Diagnosis) -> dict[str, float]:
    """Return the share of each level of evidence, by amount; by number of lines where nothing has a price."""
    if diagnosis.spend > 0:
        return {level: diagnosis.evidence_spend.get(level, 0.0) for level in _LEVELS}
    counts = dict(diagnosis.purchases.group_by("evidence").len().iter_rows())
    total = sum(counts.values())
    return {level: counts.get(level, 0) / total if total else 0.0 for level in _LEVELS}


_LEVELS = ("documented", "declared", "inferred", "unknown")


def _suppliers(diagnosis: Diagnosis) -> Message:
    named = diagnosis.concentration.suppliers
    if named == 0:
        return message("no supplier named")
    return plural_message("{n} supplier", "{n} suppliers", n=named)
