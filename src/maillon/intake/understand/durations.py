"""Lead times as people type them, in days."""

from __future__ import annotations

import math
import re

from maillon.intake.grid import Cell
from maillon.intake.understand.cells import fold
from maillon.intake.understand.numbers import Decimal, written_number

_UNITS = {
    "j": 1, "jr": 1, "jour": 1, "jours": 1, "day": 1, "days": 1, "d": 1,
    "tag": 1, "tage": 1, "dia": 1, "dias": 1,
    "giorni": 1, "giorno": 1, "gg": 1, "dagen": 1, "dag": 1, "dni": 1, "jo": 1, "jours ouvres": 1,
    "s": 7, "sem": 7, "semaine": 7, "semaines": 7, "week": 7, "weeks": 7, "wk": 7, "wks": 7, "w": 7,
    "woche": 7,
    "wochen": 7, "wo": 7, "semana": 7, "semanas": 7, "settimana": 7, "settimane": 7, "weken": 7, "tyg": 7,
    "mois": 30, "month": 30, "months": 30, "monat": 30, "monate": 30, "mes": 30, "meses": 30, "mese": 30,
    "mesi": 30, "maand": 30, "maanden": 30, "an": 365, "ans": 365, "year": 365, "years": 365, "h": 1 / 24,
    "heures": 1 / 24, "hours": 1 / 24,
}  # fmt: skip
_DURATION = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:(?:-|–|a|to|bis)\s*(\d+(?:[.,]\d+)?))?\s*([a-z]+)?")


def read_days(cell: Cell, unit: str | None = None) -> float | None:
    """Return a lead time in days; a bare number is taken in ``unit``, days by default; of a range the end.

    A month is 30 days, a year 365.

    >>> read_days("1 semaine"), read_days("2-3 weeks"), read_days("1 mois"), read_days(10)
    (7.0, 21.0, 30.0, 10.0)
    """
    factor = _UNITS.get(unit or "j", 1)
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return float(cell) * factor if math.isfinite(cell) else None
    found = _DURATION.search(fold(cell)) if type(cell) is str else None
    if not found:
        return None
    number = written_number(found[2] or found[1], Decimal.COMMA)
    known = _UNITS.get(found[3]) if found[3] else factor
    return None if number is None or known is None else number * known
