"""What was typed in the one box: a firm's number, a town, or something to be made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillon.web.search.queries.asked import Asked, place_named

if TYPE_CHECKING:
    from maillon.core.place import Place
    from maillon.method.search import Need
    from maillon.web.search.queries.engine import Engine

_DIGITS = re.compile(r"^[\d\s.\u00a0\u202f]+$")
SIREN, SIRET = 9, 14


@dataclass(frozen=True, slots=True)
class Number:
    """A SIREN or SIRET typed, and the establishment to open: None where the register has no such firm."""

    number: str
    siret: str | None


def number_typed(asked: Asked) -> str | None:
    """Return the 9 or 14 digits typed, whatever the spaces; None where it is no such number."""
    digits = re.sub(r"\D", "", asked.words) if _DIGITS.match(asked.words) else ""
    return digits if len(digits) in (SIREN, SIRET) else None


def firm_numbered(engine: Engine, number: str) -> Number:
    """Return the establishment of a number: for a SIREN its open head office, else its first open site."""
    rows = engine.register.find_establishments([number]).select("siret", "active", "head_office")
    ranked = sorted(rows.rows(), key=lambda row: (not row[1], not row[2], row[0]))
    return Number(number, str(ranked[0][0]) if ranked else None)


def town_typed(asked: Asked) -> Place | None:
    """Return the town that was typed alone: what also names a part or a process is taken for that."""
    if not asked.words or len(asked.words) > 60:
        return None
    from maillon.method.search import read_designation  # noqa: PLC0415 - the lexicon loads here

    read = read_designation(asked.words)
    if read.processes or read.noun is not None or read.material is not None:
        return None
    place = place_named(asked.words)
    return place if place is not None and place.commune else None


def need_typed(asked: Asked) -> Need:
    """Return the need that the words tell; ``InvalidRequest`` where there is none."""
    from maillon.method.search import read_need  # noqa: PLC0415 - the lexicon loads here

    return read_need(asked.words, lot=asked.lot)
