"""A dossier or a diagnosis as a few tables for the terminal."""

from collections.abc import Mapping
from typing import Any

from maillon.cli.terminal import table
from maillon.core.message import message, plural_message
from maillon.core.money import Money
from maillon.core.place import FRANCE
from maillon.dossier import Dossier
from maillon.language import format_money, format_percent, render
from maillon.method.diagnose.results import Basis, Diagnosis, Share, Site

_BASES = {
    Basis.VALUE_ADDED: message("value added"),
    Basis.ORIGIN_VALUE: message("purchase value"),
    Basis.COUNT: message("bought lines"),
    Basis.MASS: message("mass"),
}
#: Imports that a terminal shows; the report holds more.
_DEAREST = 5
_SITES = {Site.SUPPLIER: message("supplier's site"), Site.MAKING: message("making site")}


def summarise(dossier: Dossier, language: str) -> list[Any]:
    """Return what a terminal shows of a dossier."""
    parts = sum(account.parts for _, _, account in dossier.accounts)
    read = sum(account.read for _, _, account in dossier.accounts)
    counted = render(
        message(
            "{read} rows read, {parts} kept as lines, {doubts} doubts.",
            read=read,
            parts=parts,
            doubts=len(dossier.doubts),
        ),
        language,
    )
    return [counted, *summarise_diagnosis(dossier.diagnosis, language), *_relocation(dossier, language)]


def _relocation(dossier: Dossier, language: str) -> list[Any]:
    """Return the dearest imports with their total cost and the plan, as the page has them."""
    from maillon.report.relocation import list_costs

    listing = list_costs(dossier, language)
    if listing is None:
        return []
    shown = (0, 3, 4, 6)
    rows = [[row[at] for at in shown] for row in listing.rows[:_DEAREST]]
    return [table(listing.caption, [listing.headers[at] for at in shown], rows), *listing.notes]


def summarise_diagnosis(diagnosis: Diagnosis, language: str) -> list[Any]:
    """Return what a terminal shows of a diagnosis: local content, indices, concentration, whom to ask."""
    return [
        _shares(
            render(message("Local content, by making site"), language),
            _BASES,
            diagnosis.local_content,
            language,
        ),
        _shares(render(message("Local purchase index"), language), _SITES, diagnosis.indices, language),
        *_concentration(diagnosis, language),
        *_questions(diagnosis, language),
    ]


def _shares(
    title: str, names: Mapping[Any, Any], shares: Mapping[Any, Mapping[str, Share]], language: str
) -> Any:
    from maillon.reference.places import resolve_territory, territory_name

    headers = ["", *(render(names[basis], language) for basis in shares)]
    rows = [
        [
            territory_name(resolve_territory(key), language),
            *(_interval(by_key[key], language) for by_key in shares.values()),
        ]
        for key in next(iter(shares.values()))
    ]
    return table(title, headers, rows, frozenset(range(1, len(headers))))


def _interval(share: Share, language: str) -> str:
    """Return ``38 to 49%`` and, where it may be shown, the central estimate."""
    if share.min is None or share.max is None:
        return "–"
    low, high = round(100 * share.min), round(100 * share.max)
    if low == high:
        return format_percent(share.min, language)
    text = render(message("{low} to {high}%", low=low, high=high), language)
    return text if share.expected is None else f"{text} ({format_percent(share.expected, language)})"


def _concentration(diagnosis: Diagnosis, language: str) -> list[str]:
    spread = diagnosis.concentration
    abroad = diagnosis.foreign
    return [
        render(
            plural_message(
                "{n} supplier holds {spend} of purchases; it weighs as {effective} equal ones.",
                "{n} suppliers hold {spend} of purchases; they weigh as {effective} equal ones.",
                n=spread.suppliers,
                spend=Money(round(spread.spend), spread.currency or "EUR"),
                effective=max(1, round(spread.effective_suppliers)),
            ),
            language,
        ),
        render(
            plural_message(
                "{n} line holds 80% of what is known to be made abroad ({spend}).",
                "{n} lines hold 80% of what is known to be made abroad ({spend}).",
                n=abroad.vital,
                spend=Money(round(abroad.spend), abroad.currency or "EUR"),
            ),
            language,
        ),
    ]


def _questions(diagnosis: Diagnosis, language: str) -> list[Any]:
    asked = diagnosis.questions
    threshold = format_percent(asked.threshold, language)
    if asked.decided:
        return [render(message("Whether {share} is French is already decided.", share=threshold), language)]
    if not asked.reachable:
        return [render(message("Asking every supplier would not decide {share}.", share=threshold), language)]
    title = message("Suppliers to ask, to decide whether {share} is French", share=threshold)
    headers = [
        render(message("Supplier"), language),
        render(message("Lines"), language),
        render(message("Spend"), language),
        render(message("Width closed"), language),
    ]
    rows = [
        [
            question.supplier,
            str(question.lines),
            format_money(Money(question.spend, diagnosis.currency), language, 0),
            format_percent(question.width, language, 1),
        ]
        for question in asked.questions
    ]
    return [table(render(title, language), headers, rows, frozenset({1, 2, 3}))]


def summarise_comparison(before: Diagnosis, after: Diagnosis, language: str) -> list[Any]:
    """Return two versions side by side: shares in France before and after, and what surely moved."""
    from maillon.method.diagnose import compare_diagnoses

    found = compare_diagnoses(before, after)
    moved = {
        1: message("rises, whatever the unknown"),
        -1: message("falls, whatever the unknown"),
        0: message("the unknown could explain it"),
    }
    rows = [
        [
            render(_BASES[basis], language),
            _interval(change.before, language),
            _interval(change.after, language),
            render(moved[change.direction], language),
        ]
        for basis, by_key in found.local_content.items()
        if (change := by_key.get(FRANCE.key)) is not None
    ]
    spend = [
        format_money(Money(amount, currency or "EUR"), language, 0)
        for amount, currency in zip(found.spend, found.currencies, strict=True)
    ]
    rows.append([render(message("purchases"), language), *spend, ""])
    title = render(message("Made in France: two versions side by side"), language)
    return [table(title, ["", found.names[0] or "A", found.names[1] or "B", ""], rows, frozenset({1, 2}))]
