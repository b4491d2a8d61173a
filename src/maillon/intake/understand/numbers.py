"""Numbers typed as text: ``1 234,50``, ``1.234,50``, ``1,234.50``; one convention a column, by evidence."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from maillon.intake.grid import Cell

#: A number in running text, its thousands separated by a space, an apostrophe, a point or a comma.
NUMBER = r"\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)*|[.,]\d+"
_NUMBER = re.compile(NUMBER)
_WHOLE = re.compile(rf"[-+−]?\s*(?:{NUMBER})(?:[eE][-+]?\d+)?\s*-?")


class Decimal(StrEnum):
    """The sign between units and decimals."""

    COMMA = ","
    POINT = "."


@dataclass(frozen=True, slots=True)
class Convention:
    """The decimal sign of a column and whether anything in the file proves it."""

    decimal: Decimal = Decimal.COMMA
    proven: bool = False
    ambiguous: tuple[str, ...] = ()  # texts of the column that both conventions can read, differently


def written_number(text: str, decimal: Decimal = Decimal.COMMA) -> float | None:
    """Return the number that ``text`` is, or None if it is anything more or less than a number.

    A separator that stands once, before exactly three digits, is read by ``decimal``; every other form
    can be read in one way only.

    >>> written_number("1 234,50"), written_number("1.234,50"), written_number("1,234.50")
    (1234.5, 1234.5, 1234.5)
    >>> written_number("1,234", Decimal.POINT), written_number("1,234", Decimal.COMMA), written_number("12a")
    (1234.0, 1.234, None)
    """
    text = text.strip()
    if not _WHOLE.fullmatch(text):
        return None
    negative = text[0] in "-−" or text.endswith("-")
    body = text.strip("+-− ").replace(" ", "").replace("'", "").replace("’", "")
    mantissa, _, exponent = body.replace("E", "e").partition("e")
    value = float(_plain(mantissa, decimal) + (f"e{exponent}" if exponent else ""))
    return -value if negative else value


def _plain(body: str, decimal: Decimal) -> str:
    """Return the digits with a point as the decimal sign."""
    if "," in body and "." in body:
        sign = max(",.", key=body.rfind)
        return body.replace("." if sign == "," else ",", "").replace(sign, ".")
    for sign in ",.":
        if sign in body:
            if body.count(sign) > 1 or (_is_ambiguous(body) and sign != decimal.value):
                return body.replace(sign, "")
            return body.replace(sign, ".")
    return body


def _is_ambiguous(body: str) -> bool:
    whole, sign, rest = body.partition("," if "," in body else ".")
    return (
        bool(sign)
        and len(rest) == 3
        and rest.isdigit()
        and 1 <= len(whole) <= 3
        and whole.isdigit()
        and whole[0] != "0"
    )


def find_convention(cells: Iterable[Cell]) -> Convention:
    """Return the decimal convention that the texts of a column prove, with those that stay ambiguous.

    >>> find_convention(["1,50", "1,234"]).decimal.value, find_convention(["2.50", "1,234"]).decimal.value
    (',', '.')
    >>> find_convention(["1,234"]).proven
    False
    """
    votes = {Decimal.COMMA: 0, Decimal.POINT: 0}
    unclear: list[str] = []
    for text in {c for c in cells if type(c) is str and ("," in c or "." in c)}:
        for found in _NUMBER.findall(text):
            body = re.sub(r"[ '’]", "", found)
            if body != found and ("," in body or "." in body):
                votes[Decimal.COMMA if "," in body else Decimal.POINT] += 1
            elif _is_ambiguous(body):
                unclear.append(text)
            elif sign := _decimal_sign(body):
                votes[sign] += 1
    decimal = max(votes, key=lambda d: votes[d])
    return Convention(decimal, proven=any(votes.values()), ambiguous=tuple(sorted(set(unclear))))


def _decimal_sign(body: str) -> Decimal | None:
    """Return the decimal sign of a number that can be read in one way only; None if it shows none."""
    if "," in body and "." in body:
        return Decimal(max(",.", key=body.rfind))
    for sign in Decimal:
        if body.count(sign) == 1:
            return sign
        if body.count(sign) > 1:  # thousands: the other sign separates decimals
            return Decimal.POINT if sign is Decimal.COMMA else Decimal.COMMA
    return None


def number_of(cell: Cell, decimal: Decimal = Decimal.COMMA) -> float | None:
    """Return a cell as a number: a number cell as it is, a text only if it is nothing but a number."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return float(cell) if math.isfinite(cell) else None
    return written_number(cell, decimal) if type(cell) is str else None
