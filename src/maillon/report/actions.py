"""Three next actions, each with the lines or suppliers it is about: no score without a next step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from maillon.core.message import Message, message, plural_message
from maillon.core.money import Money
from maillon.dossier import Dossier
from maillon.method.diagnose.results import Diagnosis, Verdict
from maillon.report.figures import brief, rounded
from maillon.report.local import sourced_needs
from maillon.report.relocation import first_move


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do, why, and the part of the report that helps doing it."""

    what: Message
    why: Message
    anchor: str


def propose_three(dossier: Dossier) -> list[Action]:
    """Return the first three actions that make sense, in the order of the method."""
    found = [action for build in _BUILDERS if (action := build(dossier)) is not None]
    return found[:3]


def _fill_prices(dossier: Dossier) -> Action | None:
    diagnosis = dossier.diagnosis
    unpriced = diagnosis.purchases["spend"].null_count()
    if diagnosis.bought_lines == 0 or unpriced < 0.2 * diagnosis.bought_lines:
        return None
    return Action(
        plural_message("Give the price of {n} line.", "Give the prices of {n} lines.", n=unpriced),
        message("Without a price a line weighs nothing in the shares by value."),
        "doubts",
    )


def _ask(dossier: Dossier) -> Action | None:
    asked = dossier.diagnosis.questions
    if dossier.diagnosis.spend <= 0:
        return _ask_first(dossier)
    if asked.decided or not asked.reachable or not asked.questions:
        return None
    return Action(
        plural_message(
            "Ask {n} supplier where its parts are made, first {first}.",
            "Ask {n} suppliers where their parts are made, first {first}.",
            n=len(asked.questions),
            first=brief(asked.questions[0].supplier),
        ),
        message("Their answers can settle whether half of the purchases is made in France."),
        "ask",
    )


def _ask_first(dossier: Dossier) -> Action | None:
    """Start with the supplier of most lines of unknown origin, where no amount says who weighs."""
    unknown = dossier.diagnosis.purchases.filter(pl.col("country").is_null()).drop_nulls("supplier")
    if unknown.is_empty():
        return None
    counts = unknown.group_by("supplier").len().sort("len", "supplier", descending=[True, False])
    name, lines = counts.row(0)
    return Action(
        plural_message(
            "Ask {first} where the part of {n} line is made.",
            "Ask {first} where the parts of {n} lines are made.",
            n=lines,
            first=brief(name),
        ),
        message("No supplier holds more lines of unknown origin."),
        "ask",
    )


def _name_suppliers(dossier: Dossier) -> Action | None:
    spread, diagnosis = dossier.diagnosis.concentration, dossier.diagnosis
    if diagnosis.spend <= 0:
        return _name_by_lines(diagnosis)
    if spread.unknown_supplier_spend < 0.05 * diagnosis.spend:
        return None
    return Action(
        message(
            "Name the suppliers of {amount} of purchases.",
            amount=Money(rounded(spread.unknown_supplier_spend), diagnosis.currency),
        ),
        message("Nobody can be asked about a line without a supplier: the accounts or the invoices tell."),
        "suppliers",
    )


def _name_by_lines(diagnosis: Diagnosis) -> Action | None:
    unnamed = diagnosis.purchases["supplier"].null_count()
    if unnamed < 0.05 * diagnosis.bought_lines or unnamed == 0:
        return None
    return Action(
        plural_message("Name the supplier of {n} line.", "Name the suppliers of {n} lines.", n=unnamed),
        message("Nobody can be asked about a line without a supplier: the accounts or the invoices tell."),
        "suppliers",
    )


def _consult_makers(dossier: Dossier) -> Action | None:
    """Consult who shows that it can make the dearest part made abroad, else of unknown origin."""
    needs = [need for need in sourced_needs(dossier) if need.shown]
    first = next((need for need in needs if need.countries), needs[0] if needs else None)
    if first is None or first.shown is None:
        return None
    return Action(
        message(
            "Consult {firm} for {part}.",
            firm=brief(first.shown.name or first.shown.siret),
            part=brief(first.designation),
        ),
        plural_message(
            "Near the site, {n} part not established as French has a firm that shows that it can.",
            "Near the site, {n} parts not established as French have a firm that shows that it can.",
            n=len(needs),
        ),
        "makers",
    )


def _ask_quotation(dossier: Dossier) -> Action | None:
    """Ask the maker whom the plan chose for a price, and say up to which it pays."""
    move = first_move(dossier)
    if move is None:
        return None
    line, firm = move
    return Action(
        message("Ask {firm} for a quotation for {part}.", firm=brief(firm), part=brief(line.designation)),
        message(
            "It pays up to {price} a piece: the import costs {total} in all, by today's hypotheses.",
            price=Money(rounded(line.comparison.break_even.mid), "EUR"),
            total=Money(rounded(line.comparison.imported.per_unit.mid), "EUR"),
        ),
        "costs",
    )


def _search_local(dossier: Dossier) -> Action | None:
    if asked := _ask_quotation(dossier):
        return asked
    if consulted := _consult_makers(dossier):
        return consulted
    foreign = dossier.diagnosis.foreign
    if foreign.vital == 0:
        return None
    first = foreign.lines.row(0, named=True)
    return Action(
        plural_message(
            "Look for a local source of {n} line, first {part}.",
            "Look for local sources of {n} lines, first {part}.",
            n=foreign.vital,
            part=brief(first["designation"] or first["reference"] or f"#{first['line']}"),
        ),
        plural_message(
            "It holds 80% of what is known to be made abroad.",
            "They hold 80% of what is known to be made abroad.",
            n=foreign.vital,
        ),
        "abroad",
    )


def _document(dossier: Dossier) -> Action | None:
    check = dossier.diagnosis.origin_check
    if check.verdict is Verdict.NOT_MET or not check.evidence_gaps or dossier.diagnosis.spend <= 0:
        return None
    return Action(
        plural_message(
            "Obtain a signed statement of origin for {n} line.",
            "Obtain signed statements of origin, the dearest of {n} lines first.",
            n=len(check.evidence_gaps),
        ),
        message("Only documented origins stand up to an audit of the label."),
        "label",
    )


def _second_source(dossier: Dossier) -> Action | None:
    critical = dossier.diagnosis.concentration.critical_lines
    if not critical:
        return None
    return Action(
        plural_message(
            "Qualify a second source for {n} critical line.",
            "Qualify a second source for the first of {n} critical lines.",
            n=len(critical),
        ),
        message("Each weighs, has one known supplier, and is not established as made in France."),
        "suppliers",
    )


def _bring_papers(dossier: Dossier) -> Action | None:
    if len(dossier.readings) > 1:
        return None
    return Action(
        message("Add a year of electronic invoices and customs declarations."),
        message("They carry the country of origin line by line: evidence that no spreadsheet holds."),
        "sources",
    )


def _state_characteristics(dossier: Dossier) -> Action | None:
    if dossier.diagnosis.bought_lines == 0 or dossier.diagnosis.origin_check.verdict is Verdict.NOT_MET:
        return None
    return Action(
        message("State where the product takes its essential characteristics."),
        message("Which operations, where, with which equipment: the label asks a person, with proofs."),
        "label",
    )


def _settle_doubts(dossier: Dossier) -> Action | None:
    if not dossier.doubts:
        return None
    return Action(
        plural_message(
            "Settle {n} doubt of reading.", "Settle {n} doubts of reading.", n=len(dossier.doubts)
        ),
        message("Each names its cell and proposes a repair."),
        "doubts",
    )


def _tell_site(dossier: Dossier) -> Action | None:
    if dossier.site is not None:
        return None
    return Action(
        message("Tell where the firm makes."),
        message("Shares over its region and within 100 km of it can then be computed."),
        "local",
    )


_BUILDERS: tuple[Callable[[Dossier], Action | None], ...] = (
    _fill_prices,
    _ask,
    _name_suppliers,
    _search_local,
    _document,
    _second_source,
    _bring_papers,
    _state_characteristics,
    _tell_site,
    _settle_doubts,
)
