"""Currencies by symbol, code and name, in a header, a cell or a number format."""

from __future__ import annotations

import re

_SYMBOLS = {"€": "EUR", "£": "GBP", "zł": "PLN", "¥": "CNY", "₹": "INR", "₩": "KRW", "₺": "TRY", "₽": "RUB"}
_CODES = ("EUR", "USD", "GBP", "CHF", "PLN", "CNY", "JPY", "CZK", "HUF", "RON", "SEK", "NOK", "DKK", "CAD",
          "AUD", "INR", "KRW", "TRY", "TND", "MAD", "HKD", "TWD", "SGD", "BGN", "XPF", "MXN", "BRL", "NZD",
          "ZAR", "THB", "VND", "ILS", "UAH", "RUB")  # fmt: skip
_NAMES = {"euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "us$": "USD", "rmb": "CNY",
          "yuan": "CNY", "yen": "JPY", "sfr": "CHF", "livre sterling": "GBP", "ca$": "CAD", "a$": "AUD",
          "hk$": "HKD", "nt$": "TWD", "cad$": "CAD", "kr": "SEK"}  # fmt: skip
#: Currencies that are written "$" at home.
DOLLARS = frozenset(("USD", "CAD", "AUD", "NZD", "HKD", "TWD", "SGD", "MXN"))
_PATTERN = re.compile(
    r"(?<![a-z])(?:" + "|".join(sorted((re.escape(n) for n in _NAMES), key=len, reverse=True)) + r")(?![a-z])"
    r"|(?<![a-z])(?:" + "|".join(c.lower() for c in _CODES) + r")(?![a-z])|€|£|zł|¥|₹|₩|₺|₽|\$"
)


def find_currency(text: str) -> str | None:
    """Return the ISO 4217 code of the first currency written in ``text``, or None.

    A lone ``$`` is read as US dollars: the reader is told where that matters.

    >>> find_currency("P.U. (€)"), find_currency("12 EUR"), find_currency("US$ 3"), find_currency("Euroquip")
    ('EUR', 'EUR', 'USD', None)
    """
    found = _PATTERN.search(text.lower())
    if not found:
        return None
    token = found.group()
    if token == "$":  # noqa: S105 - a currency sign
        return "USD"
    return _SYMBOLS.get(token) or _NAMES.get(token) or token.upper()


def currency_of_format(number_format: str) -> str | None:
    """Return the currency that a spreadsheet number format shows, or None.

    >>> currency_of_format('#,##0.00 [$€-40C]'), currency_of_format("0.00")
    ('EUR', None)
    """
    return find_currency(re.sub(r"\[\$([^\]-]*)[^\]]*\]", r"\1", number_format))
