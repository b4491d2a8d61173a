"""Which column of a quotation table says what, and which are prices of a quantity."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from maillon.intake.understand.cells import fold
from maillon.intake.understand.currencies import find_currency
from maillon.intake.understand.vocabulary import words_of

_NUMBER = r"(\d{1,3}(?:[ .,'’]\d{3})+|\d+)"
_WORD = (
    r"(?P<word>(?:p\.? ?u\.?|prix(?: unitaire)?|price|unit price|tarif|cout|qte|quantite|qty|lot)(?= |\d|$))?"
)
_FROM = r"(?P<from>(?:(?:a partir de|from|des|par|pour|for|per|at|a|de)(?= )|@|≥|>=|>))?"
_SPAN = rf"(?P<span> ?(?:-|–|—|a|to|\.\.) ?{_NUMBER})?"
_TAIL = (
    r"(?P<tail> ?(?:\+|et plus|et \+|and (?:more|up|over)|or more|ou plus"
    r"|pcs?\.?|pieces?|units?|unites?|u\.?|ex\.?))*"
)
_PRICED = re.compile(rf"^{_WORD}[ .:]*{_FROM} ?{_NUMBER}{_SPAN}{_TAIL}$")
_MONEY = re.compile(r"(?i)[€$£¥]|\b(?:eur|euros?|usd|gbp|chf|cny|rmb|ht|htva|excl\.? ?vat)\b|[()\[\]/]")


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of a table: role → place, place → quantity of each price across, currency of the headers."""

    places: Mapping[str, int]
    breaks: Mapping[int, float]
    currency: str | None
    grams: bool


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    text = files("maillon.intake.quotation").joinpath("headers.toml").read_text(encoding="utf-8")
    return {
        tuple(words_of(name)): role for role, table in tomllib.loads(text).items() for name in table["names"]
    }


def role_of_header(text: str) -> str | None:
    """Return the role that a header names: by the whole of it, else by the longest phrase inside it.

    >>> role_of_header("Délai 1ère commande (jours)"), role_of_header("MOQ"), role_of_header("Couleur")
    ('first_lead_time', 'minimum_order', None)
    """
    words, known = tuple(words_of(_MONEY.sub(" ", text))), _phrases()
    for size in range(len(words), 0, -1):
        for start in range(len(words) - size + 1):
            role = known.get(words[start : start + size])
            if role is not None and (size > 1 or len(words) <= 2):
                return role
    return None


def quantity_of_header(text: str) -> tuple[float, bool] | None:
    """Return the quantity from which a price column holds, and whether its header is more than a number.

    >>> quantity_of_header("1-99"), quantity_of_header("PU 100 (€)"), quantity_of_header("≥ 1 000")
    ((1.0, True), (100.0, True), (1000.0, True))
    >>> quantity_of_header("500"), quantity_of_header("Prix"), quantity_of_header("2026-01")
    ((500.0, False), None, None)
    """
    plain = " ".join(_MONEY.sub(" ", fold(text)).split())
    found = _PRICED.match(plain)
    if not found or re.fullmatch(r"(?:19|20)\d\d-\d\d?", plain):
        return None
    first = re.search(_NUMBER, plain)
    quantity = float(re.sub(r"\D", "", first[0])) if first else 0.0
    explicit = any(found[name] for name in ("word", "from", "span", "tail"))
    return quantity, explicit


def read_columns(cells: Sequence[str]) -> Columns | None:
    """Return what a row says as the header of quotations, None where it is no such header.

    Needed: prices, and beside them at least a second role. Bare numbers are prices of quantities only where
    two of them rise from left to right.
    """
    places: dict[str, int] = {}
    explicit: dict[int, float] = {}
    bare: dict[int, float] = {}
    for index, cell in enumerate(cells):
        priced = quantity_of_header(cell) if cell else None
        if priced is not None:
            (explicit if priced[1] else bare)[index] = priced[0]
        elif cell and (role := role_of_header(cell)):
            places.setdefault(role, index)
    rising = list(bare.values()) == sorted(set(bare.values())) and len(bare) >= 2
    breaks = explicit | (bare if rising and not explicit else {})
    if len(breaks) == 1 and "price" in places:  # "Qté 100" beside a price is a label, not a break
        breaks = {}
    if not (breaks or "price" in places) or len(places) + bool(breaks) < 2:
        return None
    if not {"supplier", "part", "country", "quantity"} & set(places):
        return None
    priced_cells = [cells[place] for place in (*breaks, *_all(places, "price", "currency"))]
    currency = next((found for cell in priced_cells if (found := find_currency(cell))), None)
    mass = cells[places["mass"]] if "mass" in places else ""
    grams = bool(re.search(r"(?:\(|\[|\ben )\s*g\b|grammes?|\bgrams?\b", fold(mass)))
    return Columns(places, breaks, currency, grams)


def _all(places: Mapping[str, int], *roles: str) -> list[int]:
    return [places[role] for role in roles if role in places]
