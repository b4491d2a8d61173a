"""When two writings are the same part number: case, spaces, hyphens, dots and accents do not count."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import polars as pl

#: Shorter codes ("1", "A2") are line numbers or mere letters: they identify nothing.
SHORTEST_CODE = 3


def plain_code(code: str) -> str | None:
    r"""Return letters and digits only, in capitals; None where too little is left. Leading zeros stay.

    >>> plain_code(" ac-305 611\u200b"), plain_code("00123"), plain_code("A2")
    ('AC305611', '00123', None)
    """
    kept = _letters_and_digits(code)
    return kept if len(kept) >= SHORTEST_CODE else None


def plain_number(number: str) -> str | None:
    """Return a document number without punctuation and leading zeros, however short: its vendor goes with it.

    >>> plain_number("F-2025/0007"), plain_number("0012"), plain_number("0")
    ('F20250007', '12', '0')
    """
    kept = _letters_and_digits(number)
    return kept.lstrip("0") or kept[:1] or None


def _letters_and_digits(code: str) -> str:
    decomposed = unicodedata.normalize("NFKD", code).upper()
    return "".join(char for char in decomposed if char.isascii() and char.isalnum())


def zeroless(code: str) -> str | None:
    """Return a plain code without the leading zeros that spreadsheets lose.

    >>> zeroless("00123"), zeroless("AB0012")
    ('123', 'AB0012')
    """
    plain = plain_code(code)
    return (plain.lstrip("0") or None) if plain else None


def mapped(column: pl.Series, change: Callable[[str], str | None]) -> pl.Series:
    """Return a text column with ``change`` applied once to each distinct value."""
    values = column.drop_nulls().unique().to_list()
    changed = [change(value) for value in values]
    return column.replace_strict(values, changed, default=None, return_dtype=pl.String)
