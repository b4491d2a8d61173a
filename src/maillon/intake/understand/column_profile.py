"""What the values of a column look like, whatever its header says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from maillon.intake.grid import Cell, CellError
from maillon.intake.understand.cells import as_text, fold
from maillon.intake.understand.currencies import find_currency
from maillon.intake.understand.designators import are_designators, are_electronic
from maillon.intake.understand.numbers import number_of
from maillon.intake.understand.prices import is_placeholder, read_price
from maillon.intake.understand.quantities import read_quantity
from maillon.intake.understand.tally import Tally

_SAMPLE = 400
#: From here on a float has no decimals left.
_EXACT = 1e15
_LONGEST_PRICE = 40
_URL = re.compile(r"(?i)^(?:https?://|www\.)\S+|^(?:[a-z0-9-]+\.)+[a-z]{2,}/\S*$")
_CODE = re.compile(r"(?=\S*\d)[A-Za-z0-9][\w./#+()-]*(?: [\w./#+()-]+)?")
_DOTTED = re.compile(r"\d+(?:\.\d+)+")
_TICK = re.compile(r"[xX✓✔☑√oO]|(?i:oui|non|yes|no|y|n|ja|nein|si|ok|true|false)")


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """Shares (0 to 1) of the filled cells of a column that look like this or that."""

    filled: float = 0.0  # share of the rows
    count: int = 0
    numeric: float = 0.0  # numbers, typed as such or as text
    whole: float = 0.0  # numbers without decimals
    small_whole: float = 0.0  # whole numbers from 0 to 9,999
    quantity: float = 0.0  # readable as a quantity
    price: float = 0.0  # readable as a price
    money: float = 0.0  # shows a currency
    url: float = 0.0
    code: float = 0.0
    designator: float = 0.0
    electronic: float = 0.0  # designators with the letters of electronics
    dotted: float = 0.0
    date: float = 0.0
    tick: float = 0.0
    words: float = 0.0  # mean number of words of the texts
    length: float = 0.0  # mean length of the texts
    text: float = 0.0  # texts that are no number
    distinct: float = 0.0
    sequence: float = 0.0  # share of rises by one from a cell to the next
    placeholder: float = 0.0
    counted: bool = False  # starts from 0, 1 or 10, as numbers of lines do


def profile_column(cells: Sequence[Cell]) -> ColumnProfile:
    """Return the profile of a column's data cells, from at most 400 of them spread over its height."""
    present = [c for c in cells if c is not None]
    sample = [c for c in present[:: max(1, len(present) // _SAMPLE)] if not isinstance(c, CellError)]
    if not sample:
        return ColumnProfile()
    cellwise = [c for c in sample if not (isinstance(c, str) and is_placeholder(c))]
    held, texts = Tally(cellwise), Tally(c for c in cellwise if isinstance(c, str))
    numbers = Tally(n for c in cellwise if (n := number_of(c)) is not None)
    coded = Tally(t for c in cellwise if (t := as_text(c)) is not None)
    size, written = max(held.size, 1), max(texts.size, 1)
    return ColumnProfile(
        filled=len(present) / max(len(cells), 1),
        count=len(present),
        numeric=numbers.size / size,
        whole=numbers.count(_is_whole) / size,
        small_whole=numbers.count(lambda n: _is_whole(n) and 0 <= n < 10_000) / size,
        quantity=held.count(lambda c: read_quantity(c).value is not None) / size,
        price=held.count(lambda c: read_price(c).low is not None) / size,
        money=texts.count(_shows_money) / size,
        url=texts.count(_URL.match) / size,
        code=coded.count(_CODE.fullmatch) / size,
        designator=texts.count(are_designators) / size,
        electronic=texts.count(are_electronic) / size,
        dotted=coded.count(_DOTTED.fullmatch) / size,
        date=held.count(lambda c: isinstance(c, dt.date)) / size,
        tick=texts.count(_TICK.fullmatch) / size,
        words=texts.total(lambda t: len(t.replace("_", " ").split())) / written,
        length=texts.total(len) / written,
        text=texts.count(lambda t: number_of(t) is None) / size,
        distinct=len({fold(t) for t in coded.values}) / max(coded.size, 1),
        sequence=_sequence(present[:_SAMPLE]),
        placeholder=1 - held.size / len(sample),
        counted=bool(numbers.size) and numbers.values[0] in (0, 1, 10),
    )


def _is_whole(number: float) -> bool:
    return abs(number) < _EXACT and number == int(number)


def _shows_money(text: str) -> bool:
    return len(text) < _LONGEST_PRICE and any(map(str.isdigit, text)) and find_currency(text) is not None


def _sequence(cells: Sequence[Cell]) -> float:
    numbers = [number_of(c) for c in cells]
    pairs = list(pairwise(numbers))
    return (
        sum(a is not None and b is not None and b - a == 1 for a, b in pairs) / len(pairs) if pairs else 0.0
    )
