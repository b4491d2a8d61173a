"""The rows of a customs paper as purchases: what is a purchase, what is not, and what cannot be read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from maillon.core.doubt import Doubt, Treatment
from maillon.core.evidence import Evidence
from maillon.core.message import Message, message
from maillon.intake.customs.papers import PAPER_NAMES
from maillon.intake.grid import Cell, Sheet
from maillon.intake.understand.cells import as_text, fold
from maillon.intake.understand.numbers import find_convention, number_of
from maillon.reference.places import resolve_country

_NUMBERS = (
    "invoice_value", "value", "customs_value", "statistical_value", "mass", "supplementary", "quantity",
)  # fmt: skip
#: What was paid comes first; the customs value adds freight to the border, the statistical value more.
_VALUES = ("invoice_value", "value", "customs_value", "statistical_value")
#: Codes of the Union's geonomenclature that are not those of ISO 3166.
_GEONOMENCLATURE = {"XU": "GB", "XI": "GB", "XS": "RS", "EL": "GR"}
_DISPATCHES = frozenset(("expedition", "dispatch", "dispatches", "depart", "e", "d", "export", "livraison"))

#: Statistical procedures of EMEBI that declare expeditions; 11 and 19 declare arrivals.
_DISPATCH_REGIMES = frozenset(("21", "25", "26", "29", "31"))


@dataclass
class PaperRows:
    """The purchases of one sheet as columns of the ledger, the count of its rows, and the doubts."""

    purchases: list[dict[str, object]] = field(default_factory=list)
    blank: int = 0
    totals: int = 0
    quarantined: int = 0
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Paper:
    """One sheet known to be a customs paper: its kind, the row of its header and its columns by role."""

    sheet: Sheet
    kind: str
    header_row: int
    places: Mapping[str, int]

    def cells(self, role: str) -> list[Cell]:
        """Return the cells below the header in the column of ``role``."""
        return [self._cell(row, role) for row in self.sheet.rows[self.header_row + 1 :]]

    def _cell(self, row: Sequence[Cell], role: str) -> Cell:
        place = self.places.get(role)
        return row[place] if place is not None and place < len(row) else None


def read_rows(paper: Paper) -> PaperRows:
    """Return the purchases of a paper. Expeditions, returns, re-imports are set apart: nothing was bought."""
    decimals = {role: find_convention(paper.cells(role)).decimal for role in _NUMBERS}
    found = PaperRows()
    for index, row in enumerate(paper.sheet.rows[paper.header_row + 1 :], start=paper.header_row + 2):
        if not any(as_text(cell) for cell in row):
            found.blank += 1
            continue
        texts = {role: as_text(paper._cell(row, role)) for role in paper.places}
        code = customs_code(texts.get("cn"))
        if code is None and _is_total(row):
            found.totals += 1
            continue
        why = _no_purchase(texts, code)
        if why is not None:
            found.quarantined += 1
            found.doubts.append(_set_apart(paper, index, why))
            continue
        numbers = {role: number_of(paper._cell(row, role), decimals[role]) for role in _NUMBERS}
        purchase = _purchase(paper, row, texts, numbers) | {"cn": code, "row": index}
        found.doubts += _doubts(paper, index, texts, purchase)
        found.purchases.append(purchase)
    return found


def customs_code(text: str | None) -> str | None:
    """Return a CN8 or TARIC10 code as digits, with the first zero that a spreadsheet may have dropped.

    >>> customs_code("8471 50 00"), customs_code("1012100"), customs_code("8471.50.00.00"), customs_code("84")
    ('84715000', '01012100', '8471500000', None)
    """
    digits = re.sub(r"[\s.]", "", text or "")
    if not digits.isdigit() or not 6 <= len(digits) <= 10:
        return None
    return digits.zfill(len(digits) + len(digits) % 2)


def _is_total(row: Sequence[Cell]) -> bool:
    return any((text := as_text(cell)) and fold(text).startswith(("total", "sous total")) for cell in row)


def _no_purchase(texts: Mapping[str, str | None], code: str | None) -> Message | None:
    """Return why a row is no purchase, None where it is one."""
    if code is None:
        return message("it has no customs code of 6 to 10 digits")
    flow, regime, nature = (fold(texts.get(role) or "") for role in ("flow", "regime", "nature"))
    if (
        flow in _DISPATCHES
        or flow.startswith(("exped", "dispatch"))
        or regime in ("21", "25", "26", "29", "31")
    ):
        return message("it is an expedition, not an arrival")
    if nature.startswith("2"):
        return message("it is a return of goods (nature of transaction {nature})", nature=nature)
    if len(regime) >= 4 and regime.startswith(("61", "63", "68")):
        return message("it is a re-import of goods sent out before (procedure {regime})", regime=regime)
    return None


def _set_apart(paper: Paper, index: int, why: Message) -> Doubt:
    what = message("Row {row} is no purchase: {why}.", row=index, why=why)
    return Doubt("no-purchase", what, Treatment.QUARANTINED, sheet=paper.sheet.name, cell=f"{index}:{index}")


def _purchase(
    paper: Paper, row: Sequence[Cell], texts: Mapping[str, str | None], numbers: Mapping[str, float | None]
) -> dict[str, object]:
    date = read_day(paper._cell(row, "date")) or read_period(texts.get("period"))
    country = read_country(texts.get("origin")) or read_country(texts.get("preferential_origin"))
    amount = next((value for role in _VALUES if (value := numbers[role]) is not None), None)
    pieces, mass = numbers["quantity"], numbers["mass"]
    return {
        "date": date,
        "document": texts.get("invoice") or texts.get("declaration") or _period_name(texts, date),
        "reference": texts.get("reference"),
        "supplier_reference": texts.get("supplier_reference"),
        "designation": texts.get("designation"),
        "quantity": pieces,
        "unit": None if pieces is None else "piece",
        "amount": amount,
        "currency": texts.get("currency") or "EUR",
        "mass": mass,
        "supplier": texts.get("consignor"),
        "supplier_id": texts.get("vat"),
        "making_country": country,
        "evidence": Evidence.DOCUMENTED.code if country else None,
        "evidence_source": _source(paper.kind, texts, date),
    }


def _source(kind: str, texts: Mapping[str, str | None], date: dt.date | None) -> str:
    """Return how the paper is named as evidence: kind, number and date."""
    number = texts.get("declaration")
    when = f"{date:%Y-%m}" if kind == "emebi" and date else (date.isoformat() if date else "")
    named = f"{PAPER_NAMES[kind]} {number}" if number else PAPER_NAMES[kind]
    return f"{named}, {when}" if number and when else f"{named} {when}".strip()


def _period_name(texts: Mapping[str, str | None], date: dt.date | None) -> str | None:
    return f"{date:%Y-%m}" if texts.get("period") and date else None


def read_day(cell: Cell) -> dt.date | None:
    """Return a day from a date cell, ``21/01/2025``, ``2025-01-21`` or ``20250121``.

    >>> read_day("21/01/2025"), read_day(20250121), read_day("20259999")
    (datetime.date(2025, 1, 21), datetime.date(2025, 1, 21), None)
    """
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = as_text(cell) or ""
    for pattern in ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%Y%m%d", "%d/%m/%y"):
        try:
            return dt.datetime.strptime(text[:10], pattern).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def read_period(text: str | None) -> dt.date | None:
    """Return the first day of a month written ``202501``, ``2025-01``, ``01/2025`` or ``012025``.

    >>> read_period("202501"), read_period("01/2025"), read_period("13/2025")
    (datetime.date(2025, 1, 1), datetime.date(2025, 1, 1), None)
    """
    found = re.fullmatch(r"(20\d\d)[-/. ]?(\d{1,2})|(\d{1,2})[-/. ]?(20\d\d)", (text or "").strip())
    if found is None:
        return None
    year, month = int(found[1] or found[4]), int(found[2] or found[3])
    return dt.date(year, month, 1) if 1 <= month <= 12 else None


def read_country(text: str | None) -> str | None:
    """Return the country that a code or a name means, codes of the Union's own list included.

    >>> read_country("XU"), read_country("CN - Chine"), read_country("Corée du Sud"), read_country("QV")
    ('GB', 'CN', 'KR', None)
    """
    if not text:
        return None
    code = re.match(r"([A-Z]{2})\b", text)
    if code:
        return _GEONOMENCLATURE.get(code[1]) or resolve_country(code[1])
    return resolve_country(text)


def _doubts(
    paper: Paper, index: int, texts: Mapping[str, str | None], purchase: Mapping[str, object]
) -> list[Doubt]:
    found = []
    if purchase["making_country"] is None:
        what = message("“{text}” is not a country; the origin stays unknown.", text=texts.get("origin") or "")
        found.append(("unknown-country", "origin", what))
    if purchase["amount"] is None:
        found.append(("no-value", "value", message("The row has no readable value.")))
    return [
        Doubt(code, what, Treatment.WARNED, sheet=paper.sheet.name, cell=_cell_name(paper, role, index))
        for code, role, what in found
    ]


def _cell_name(paper: Paper, role: str, row: int) -> str:
    place = paper.places.get(role)
    return f"{row}:{row}" if place is None else f"{column_letters(place)}{row}"


def column_letters(column: int) -> str:
    """Return the letters of a zero-based column.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
