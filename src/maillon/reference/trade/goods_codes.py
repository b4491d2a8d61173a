"""Codes of goods and the rule of the longest prefix."""

from __future__ import annotations

import datetime as dt

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.reference.text_rows import TextRow


def read_goods_code(text: str) -> str:
    """Return the 2 to 10 digits of a code of goods, without spaces and dots; ``InvalidRequest`` for others.

    >>> read_goods_code("7318 15.88")
    '73181588'
    """
    digits = text.replace(" ", "").replace(".", "").replace("\u00a0", "").replace("\u202f", "")
    if not (digits.isascii() and digits.isdigit() and 2 <= len(digits) <= 10):
        raise InvalidRequest(
            message("{text} is not a code of goods: 2 to 10 digits are expected.", text=text)
        )
    return digits


def read_date(row: TextRow, column: str) -> dt.date | None:
    """Return the ISO date of a cell, None where it is empty; the error names the line."""
    written = row.cells[column]
    try:
        return dt.date.fromisoformat(written) if written else None
    except ValueError as error:
        raise row.refusal(message("{text} is not a date such as 2026-01-31.", text=written)) from error


def read_row_code(row: TextRow) -> str:
    """Return the code of goods in the column ``code``; the error names the line."""
    try:
        return read_goods_code(row.cells["code"])
    except InvalidRequest as error:
        raise row.refusal(error.what) from error
