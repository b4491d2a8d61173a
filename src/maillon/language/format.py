"""Numbers, money and dates in the reader's locale (CLDR, through Babel)."""

from __future__ import annotations

import datetime as dt

from maillon.core.money import Money


def format_number(value: float, language: str, decimals: int = 0) -> str:
    r"""Return ``value`` rounded half to even to ``decimals`` digits.

    >>> format_number(1234.5, "en", 2), format_number(1234.5, "fr", 2)
    ('1,234.50', '1\u202f234,50')
    >>> format_number(-0.04, "en", 1)  # what rounds to nothing has no sign
    '0.0'
    """
    from babel.numbers import format_decimal  # noqa: PLC0415 - 50 ms, paid only by commands that print figures

    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    seen = 0 if abs(value) < 0.5 * 10**-decimals else value
    return format_decimal(seen, format=pattern, locale=language)


def format_percent(share: float, language: str, decimals: int = 0) -> str:
    r"""Return a share between 0 and 1 as a percentage.

    >>> format_percent(0.384, "en"), format_percent(0.384, "fr", 1)
    ('38%', '38,4\u202f%')
    """
    number = format_number(share * 100, language, decimals)
    return f"{number}\u202f%" if language == "fr" else f"{number}%"


def format_money(value: Money, language: str, decimals: int | None = None) -> str:
    r"""Return an amount with its currency, with the currency's own number of decimals unless told.

    >>> format_money(Money(1234.5, "EUR"), "en"), format_money(Money(1234.5, "EUR"), "fr", 0)
    ('€1,234.50', '1\u202f234\xa0€')
    """
    from babel.numbers import format_currency  # noqa: PLC0415 - 50 ms, paid only by commands that print figures

    if decimals is None:
        return format_currency(value.amount, value.currency, locale=language)
    number = "#,##0" + ("." + "0" * decimals if decimals else "")
    pattern = f"{number}\xa0¤" if language == "fr" else f"¤{number}"
    return format_currency(
        value.amount, value.currency, format=pattern, locale=language, currency_digits=False
    )


def format_date(value: dt.date, language: str) -> str:
    """Return a date in words.

    >>> format_date(dt.date(2026, 11, 14), "fr"), format_date(dt.date(2026, 11, 14), "en")
    ('14 novembre 2026', 'November 14, 2026')
    """
    from babel.dates import format_date as babel_date  # noqa: PLC0415 - 50 ms, paid only by commands that print figures

    return babel_date(value, format="long", locale=language)


def format_value(value: object, language: str) -> str:
    """Return any parameter of a message as text: numbers, money and dates formatted, the rest as it is."""
    match value:
        case bool() | str():
            return str(value)
        case int():
            return format_number(value, language)
        case float():
            return format_number(value, language, 0 if value == int(value) else 2)
        case Money():
            return format_money(value, language, 0 if value.amount == int(value.amount) else None)
        case dt.date():
            return format_date(value, language)
        case _:
            return str(value)
