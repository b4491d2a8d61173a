"""Whom to ask where parts are made: the smallest set that settles the half, else who holds most lines."""

from __future__ import annotations

import polars as pl

from maillon.core.message import message, plural_message
from maillon.core.money import Money
from maillon.language import format_money, format_number, format_percent, render
from maillon.method.diagnose import reason_message
from maillon.method.diagnose.results import Diagnosis
from maillon.reference.places import country_name
from maillon.report.figures import brief
from maillon.report.listing import Listing, say_all

_MOST = 10


def list_questions(diagnosis: Diagnosis, language: str) -> Listing:
    """Return whom to ask; where no line has a price, the suppliers with most lines of unknown origin."""
    if diagnosis.spend <= 0:
        return _ask_by_lines(diagnosis, language)
    asked = diagnosis.questions
    if not asked.questions:
        return _nobody(diagnosis, language)
    currency = diagnosis.currency or "EUR"
    caption = plural_message(
        "Asking {n} supplier can settle whether half is made in France",
        "Asking {n} suppliers can settle whether half is made in France",
        n=len(asked.questions),
    )
    rows = tuple(
        (
            brief(question.supplier, 48),
            format_number(question.lines, language),
            format_money(Money(question.spend, currency), language, 0),
            format_percent(question.width, language, 1),
        )
        for question in asked.questions[:_MOST]
    )
    note = message("If all of them make in France the half is reached; if none does it cannot be.")
    headers = (message("Supplier"), message("Lines"), message("Spend"), message("Interval closed"))
    more = max(len(asked.questions) - _MOST, 0)
    return Listing(
        render(caption, language), say_all(headers, language), rows, 3, say_all((note,), language), more
    )


def _nobody(diagnosis: Diagnosis, language: str) -> Listing:
    """Say why nobody is asked, and list the first lines made abroad: the next thing to look at."""
    asked = diagnosis.questions
    if asked.decided:
        caption = message("Nobody needs to be asked: whether half is made in France is settled.")
    else:
        caption = message("Asking every known supplier would not settle whether half is made in France.")
    notes = tuple(render(reason_message(reason), language) for reason in asked.reasons)
    return Listing(render(caption, language), notes=notes)


def _ask_by_lines(diagnosis: Diagnosis, language: str) -> Listing:
    unknown = diagnosis.purchases.filter(pl.col("country").is_null())
    if diagnosis.bought_lines == 0:
        return Listing(render(message("Nobody to ask: no bought line was found"), language))
    if unknown.is_empty():
        return Listing(render(message("Every line has a known country of making."), language))
    named = (
        unknown.drop_nulls("supplier")
        .group_by("supplier")
        .len()
        .sort("len", "supplier", descending=[True, False])
    )
    if named.is_empty():
        caption = message("Nobody can be asked: the lines of unknown origin name no supplier.")
        note = message("Add a column with the supplier of each part, or the purchase ledger.")
        return Listing(render(caption, language), notes=say_all((note,), language))
    rows = tuple(
        (brief(name, 48), format_number(lines, language), format_percent(lines / unknown.height, language))
        for name, lines in named.head(_MOST).iter_rows()
    )
    caption = plural_message(
        "{n} supplier can tell the origin of {lines}",
        "{n} suppliers can tell the origin of {lines}",
        n=named.height,
        lines=plural_message("{n} line", "{n} lines", n=int(named["len"].sum())),
    )
    headers = (message("Supplier"), message("Lines"), message("Share of the unknown lines"))
    note = message("Without prices, the order is that of the number of lines.")
    more = max(named.height - _MOST, 0)
    return Listing(
        render(caption, language), say_all(headers, language), rows, 2, say_all((note,), language), more
    )


def list_abroad(diagnosis: Diagnosis, language: str, most: int) -> Listing | None:
    """Return the first lines known to be made abroad; None where there is none."""
    foreign = diagnosis.foreign
    if foreign.lines.is_empty():
        return None
    priced = foreign.spend > 0
    rows = tuple(
        (
            brief(row["designation"] or row["reference"] or f"#{row['line']}", 34),
            country_name(row["making_country"], language),
            *((_money(row["spend"], foreign.currency, language),) if priced else ()),
        )
        for row in foreign.lines.head(most).iter_rows(named=True)
    )
    caption = (
        plural_message(
            "{n} line is known to be made abroad",
            "{n} lines are known to be made abroad",
            n=foreign.lines.height,
        )
        if not priced
        else message("The first lines to look for nearer")
    )
    headers = (message("Part"), message("Made in"), message("Spend"))[: 3 if priced else 2]
    return Listing(render(caption, language), say_all(headers, language), rows, 1 if priced else 0)


def _money(spend: float | None, currency: str, language: str) -> str:
    return "" if spend is None else format_money(Money(spend, currency), language, 0)
