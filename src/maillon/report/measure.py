"""What sizes stand for: amounts where prices are known, else the number of bought lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from maillon.core.message import Message, message, plural_message
from maillon.core.money import Money
from maillon.language import format_money, format_percent, render
from maillon.method.diagnose.results import Diagnosis
from maillon.report.figures import percent, period


@dataclass(frozen=True, slots=True)
class Measure:
    """One way to weigh lines: ``column`` of the tables of a diagnosis, its total, and what it is for."""

    column: Literal["spend", "lines"]
    total: float
    currency: str
    span: Message

    @property
    def priced(self) -> bool:
        """Tell whether sizes are amounts."""
        return self.column == "spend"

    def words(self, size: float, language: str) -> str:
        """Return a size as the reader writes it: an amount, or so many lines."""
        if self.priced:
            return format_money(Money(size, self.currency), language, 0 if size >= 10 else None)
        return render(plural_message("{n} line", "{n} lines", n=round(size)), language)

    def share_words(self, size: float, language: str) -> str:
        """Return the share of the total that a size makes, never zero for what is there."""
        share = size / self.total if self.total else 0.0
        return render(percent(share), language) if 0 < share < 0.005 else format_percent(share, language)

    def kind(self, language: str) -> str:
        """Return what the sizes of a chart are, whatever its sites."""
        if self.priced:
            return render(message("amounts {period}", period=self.span), language)
        return render(message("number of bought lines"), language)

    def unit(self, language: str) -> str:
        """Return what the sizes of a chart over making sites are."""
        if self.priced:
            return render(message("making site, amounts {period}", period=self.span), language)
        return render(message("making site, number of bought lines"), language)


def measure_of(diagnosis: Diagnosis) -> Measure:
    """Return amounts where any line has one, else lines counted."""
    currency, span = diagnosis.currency or "EUR", period(diagnosis)
    if diagnosis.spend > 0:
        return Measure("spend", diagnosis.spend, currency, span)
    return Measure("lines", float(diagnosis.bought_lines), currency, span)


def whole_percents(shares: Sequence[float]) -> list[int]:
    """Return shares as whole percentages that add up to the rounded whole: the largest remainders go up.

    >>> whole_percents([0.335, 0.335, 0.33])
    [34, 33, 33]
    """
    floors = [int(100 * share + 1e-9) for share in shares]
    short = round(100 * sum(shares)) - sum(floors)
    order = sorted(range(len(shares)), key=lambda place: floors[place] - 100 * shares[place])
    for place in order[: max(short, 0)]:
        floors[place] += 1
    return floors
