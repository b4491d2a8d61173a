"""How people and old software write figures in a French spreadsheet: mostly numbers, now and then text."""

from __future__ import annotations

from random import Random

_UNIT_WORDS = {"M": "m", "KG": "kg", "P": "pcs"}


def french(value: float, decimals: int = 2, thousands: str = "\u202f") -> str:
    r"""Return ``value`` with a decimal comma and thousands apart.

    >>> french(1234.5), french(0.1234, 4, "")
    ('1\u202f234,50', '0,1234')
    """
    return f"{value:,.{decimals}f}".replace(",", thousands).replace(".", ",")


def price_cell(price: float, chance: Random) -> float | str | None:
    """Return a unit price as a cell: a number, a text such as ``1 234,50 €``, or nothing when nobody knew it.

    Only small prices are ever missing: a buyer knows what the dear parts cost.
    """
    roll = chance.random()
    if roll < 0.03 and price < 60:
        return None
    if roll < (0.9 if price >= 1000 else 0.15):
        decimals = 2 if round(price, 2) == price else 4
        return f"{french(price, decimals, chance.choice((' ', chr(0xA0), chr(0x202F))))} €"
    return price


def quantity_cell(quantity: float, unit: str, chance: Random) -> float | str:
    """Return a quantity as a cell: a number, or a text that carries its unit (``0,6 m``, ``8 pcs``)."""
    often = 0.6 if unit != "P" else 0.015
    if chance.random() < often:
        decimals = 0 if quantity == int(quantity) else 3
        text = french(quantity, decimals, "")
        return f"{text.rstrip('0').rstrip(',') if decimals else text} {_UNIT_WORDS[unit]}"
    return quantity
