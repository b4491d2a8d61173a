"""Prices as people type them: currencies, ranges, prices of a pack, ``12,-`` and ``3€50``."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from maillon.intake.grid import Cell
from maillon.intake.understand.currencies import find_currency
from maillon.intake.understand.numbers import NUMBER, Decimal, written_number

_MONEY = r"(?:€|£|\$|¥|zł|eur(?:os?)?|usd|us\$|gbp|chf|pln|cny|rmb|ht|h\.t\.|ttc|net|netto)"
_ABOUT = re.compile(r"^(?:~|≈|ca\.?|env\.?(?:iron)?|approx\.?|about|circa|±|c\.)\s*", re.I)
_DASH_CENTS = re.compile(r"(\d)[.,]\s?[-–—=]+")
_SIGN_BETWEEN = re.compile(r"(\d+)\s?[€£$]\s?(\d{2})(?!\d)")
_RANGE = re.compile(
    rf"({NUMBER})\s*{_MONEY}?\s*(?:-|–|—|à|to|bis|a|\.\.\.?|…)\s*{_MONEY}?\s*({NUMBER})", re.I
)
_FIRST = re.compile(rf"[-−]?\s*(?:{NUMBER})")
_PACK = re.compile(
    r"(?:/|per|par|pro|les|für|for|por|the)\s*(?:(?:pack|set|lot|boite|boîte|box|bag|sachet)\s*(?:of|de|von)?\s*)?"
    r"(\d+)\s*(?:pcs?|pces?|pieces?|pièces?|stk|stück|u|units?|unités?|ea|x)?\b(?!\s*(?:m|mm|cm|kg|g|l|ml)\b)",
    re.I,
)
_PACK_OF = re.compile(r"(?:set|lot|pack|boite|boîte|box|bag|sachet|kit)\s*(?:of|de|von|à)\s*(\d+)", re.I)
#: Texts that stand where a price would and say that there is none yet.
NO_VALUE = frozenset(
    [
        "-",
        "--",
        "---",
        "–",
        "—",
        "/",
        ".",
        "?",
        "??",
        "x",
        "tbc",
        "tbd",
        "tba",
        "n/a",
        "na",
        "n.a.",
        "n.c.",
        "nc",
        "none",
        "any",
        "?",
        "néant",
        "neant",
        "aucun",
        "nd",
        "n.d.",
        "inconnu",
        "unknown",
        "#n/a",
        "null",
        "nil",
        "(blank)",
        "idem",
        "same",
    ]
) | {
    "à définir", "a definir", "sur devis", "on request", "auf anfrage", "por definir", "to be defined",
    "da definire", "a definire", "à demander", "a demander", "à confirmer", "a confirmer", "to be confirmed",
    "à renseigner", "non renseigné", "non renseigne", "non communiqué", "non connu", "en attente", "inconnue",
    "unbekannt", "desconocido", "sconosciuto", "onbekend", "nieznany", "??", "???", "not known", "to ask",
}  # fmt: skip


_LONGEST = 20


class Price(NamedTuple):
    """What a price cell says. ``low`` is None where nothing can be read; ``pack`` is the number it buys."""

    low: float | None
    high: float | None = None
    currency: str | None = None
    pack: int = 1
    vat_included: bool | None = None


def is_placeholder(text: str) -> bool:
    """Whether a text says that there is no value.

    >>> is_placeholder("N/A"), is_placeholder("M8")
    (True, False)
    """
    return len(text) <= _LONGEST and text.strip().lower() in NO_VALUE


def read_price(cell: Cell, decimal: Decimal = Decimal.COMMA) -> Price:
    """Return the price that a cell holds.

    >>> read_price("1 234,50 €"), read_price("12,-").low, read_price("3€50").low
    (Price(low=1234.5, high=None, currency='EUR', pack=1, vat_included=None), 12.0, 3.5)
    >>> read_price("10-12 €"), read_price("$2-4/50pcs").pack
    (Price(low=10.0, high=12.0, currency='EUR', pack=1, vat_included=None), 50)
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Price(float(cell) if math.isfinite(cell) else None)
    if type(cell) is not str or is_placeholder(cell):
        return Price(None)
    text = _ABOUT.sub("", cell.strip())
    currency, vat = find_currency(text), _vat(text)
    body = _DASH_CENTS.sub(r"\1", _SIGN_BETWEEN.sub(r"\1,\2", text))
    low, high, end = _figures(body, decimal)
    if low is None:
        return Price(None, currency=currency)
    if len(re.findall(r"[a-zà-ÿ]{4,}", body[:end].lower())) > 2:  # a sentence, not a price
        return Price(None, currency=currency)
    pack = _PACK.search(body, end) or _PACK_OF.search(body)
    return Price(low, high, currency, int(pack[1]) if pack and int(pack[1]) > 0 else 1, vat)


def _figures(body: str, decimal: Decimal) -> tuple[float | None, float | None, int]:
    """Return the first figure or range of figures in ``body`` and where it ends."""
    first = _FIRST.search(body)
    if not first:
        return None, None, 0
    span = _RANGE.search(body)
    if span and span.start() <= first.end() and not body[: span.start()].strip().endswith("-"):
        low, high = written_number(span[1], decimal), written_number(span[2], decimal)
        if low is not None and high is not None and high > low:
            return low, high, span.end()
    return written_number(first.group(), decimal), None, first.end()


def _vat(text: str) -> bool | None:
    lower = text.lower()
    if re.search(r"\b(?:ttc|tvac|brutto|incl\.? ?vat|iva incl)", lower):
        return True
    return False if re.search(r"\b(?:ht|h\.t\.|excl\.? ?vat|netto)\b", lower) else None
