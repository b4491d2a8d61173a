"""The formats of the workbook, all quoted: a text stays a text, whatever it begins with."""

from __future__ import annotations

from typing import Any

import xlsxwriter

from maillon.report.workbook.cells import Style

_TOP = {"valign": "top"}
_INK, _MUTED = "#0e4a5c", "#5a564d"

_LOOKS: dict[Style, dict[str, Any]] = {
    Style.TITLE: {"bold": True, "font_size": 16, "font_color": _INK},
    Style.HEADING: {"bold": True, "font_size": 12, "font_color": _INK, "bottom": 1, "bottom_color": _INK},
    Style.HEADER: {"bold": True, "text_wrap": True, "bg_color": _INK, "font_color": "#ffffff", **_TOP},
    Style.NOTE: {"italic": True, "font_color": _MUTED},
    Style.TEXT: {},
    Style.WRAP: {"text_wrap": True, **_TOP},
    Style.STRONG: {"bold": True, "text_wrap": True, **_TOP},
    Style.NUMBER: {},
    Style.COUNT: {"num_format": "#,##0"},
    Style.AMOUNT: {"num_format": "#,##0.00"},
    Style.SHARE: {"num_format": "0.0%"},
    Style.INDEX: {"num_format": "0.0000"},
    Style.MASS: {"num_format": '#,##0.000" kg"'},
}
_SIGNS = {"EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "CNY": "¥"}


def make_formats(book: xlsxwriter.Workbook, currency: str) -> dict[Style, Any]:
    """Return one format for each style; money carries the sign or the code of ``currency``."""
    looks = {**_LOOKS, Style.MONEY: {"num_format": money_format(currency)}}
    return {style: book.add_format({"quote_prefix": True, **look}) for style, look in looks.items()}


def money_format(currency: str) -> str:
    """Return the number format of an amount in ``currency`` (ISO 4217), bare when it is no such code.

    >>> money_format("EUR"), money_format("CHF"), money_format('"x')
    ('#,##0.00" €"', '#,##0.00" CHF"', '#,##0.00')
    """
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        return "#,##0.00"
    return f'#,##0.00" {_SIGNS.get(currency, currency)}"'
