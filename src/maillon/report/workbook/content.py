"""The sheet of local content: every basis and index over every territory, as an interval."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from maillon.core.message import Message, message
from maillon.core.place import Territory
from maillon.dossier import Dossier
from maillon.language import render
from maillon.method.diagnose.results import Share
from maillon.reference.places import territory_name
from maillon.report.view import BASES, SITES
from maillon.report.workbook.cells import UNITS, Cell, Column, Formula, Style
from maillon.report.workbook.sheet import Sheet

_BOUNDS = message(
    "Exact bounds: the left one if every unknown origin is outside, "
    "the right one if every unknown origin is inside."
)
_LABEL = (message("Unit cost (Origine France Garantie)"), message("by making site"))


def write_content(dossier: Dossier, sheet: Sheet) -> None:
    """Write one row for each share; the width of the interval is computed by the workbook itself."""
    sheet.line((message("Local content, an interval each"), Style.TITLE))
    sheet.line((_BOUNDS, Style.NOTE))
    sheet.skip()
    first = sheet.next_row + 2
    rows = list(_rows(dossier, sheet.language, first))
    sheet.table([Column(*head, [row[at] for row in rows]) for at, head in enumerate(_HEADS)], main=True)


_HEADS: tuple[tuple[Message, Style, float], ...] = (
    (message("Measure"), Style.TEXT, 34),
    (message("What it counts"), Style.TEXT, 44),
    (message("Territory"), Style.TEXT, 26),
    (message("At least"), Style.SHARE, 10),
    (message("Central estimate"), Style.SHARE, 10),
    (message("At most"), Style.SHARE, 10),
    (message("Width"), Style.SHARE, 10),
    (message("Half is made there"), Style.TEXT, 16),
    (message("Origin established for"), Style.SHARE, 12),
    (message("Total"), Style.AMOUNT, 16),
    (message("Unit"), Style.TEXT, 10),
    (message("Lines left out"), Style.COUNT, 10),
)


def _rows(dossier: Dossier, language: str, first: int) -> Iterator[list[Cell]]:
    """Yield the rows; ``first`` is the 1-based row of the first, which the formulas name."""
    places = {territory.key: territory for territory in dossier.diagnosis.territories}
    for row, (label, note, key, share) in enumerate(_shares(dossier), first):
        place = places.get(key)
        yield [label, note, _place(place, key, language), *_figures(share, row, language)]


def _place(place: Territory | None, key: str, language: str) -> str:
    return territory_name(place, language) if place is not None else key


def _shares(dossier: Dossier) -> Iterator[tuple[Message, Message, str, Share]]:
    diagnosis = dossier.diagnosis
    content = (
        (*BASES[basis], key, share)
        for basis, shares in diagnosis.local_content.items()
        for key, share in shares.items()
    )
    indices = (
        (*SITES[site], key, share)
        for site, shares in diagnosis.indices.items()
        for key, share in shares.items()
    )
    yield from chain(content, indices, ((*_LABEL, "country:FR", diagnosis.origin_check.unit_cost_share),))


def _figures(share: Share, row: int, language: str) -> list[Cell]:
    known = share.min is not None and share.max is not None
    return [
        share.min,
        share.expected,
        share.max,
        Formula(f"=F{row}-D{row}", (share.max or 0.0) - (share.min or 0.0)) if known else None,
        _half(share, row, language) if known else None,
        share.coverage,
        share.total,
        UNITS.get(share.unit, share.unit),
        share.left_out,
    ]


def _half(share: Share, row: int, language: str) -> Formula:
    """Return the check of the half as a live formula: it follows a bound that a reader corrects."""
    yes, no, open_ = (_word(word, language) for word in (message("yes"), message("no"), message("open")))
    said = yes if (share.min or 0.0) >= 0.5 else no if (share.max or 0.0) < 0.5 else open_
    return Formula(f'=IF(D{row}>=0.5,"{yes}",IF(F{row}<0.5,"{no}","{open_}"))', said)


def _word(word: Message, language: str) -> str:
    return render(word, language).replace('"', '""')
