"""Terms of a quotation as people type them: payment, Incoterm and its place, transport, yes or no."""

from __future__ import annotations

import re

from maillon.intake.understand.cells import fold
from maillon.reference.freight.incoterms import INCOTERMS

_RULE = re.compile(rf"\b({'|'.join(INCOTERMS)})\b", re.IGNORECASE)
_DAYS = re.compile(r"(\d+)\s*(?:j\b|jrs?\b|jours?|d\b|days?|fdm|net|$)|net\s*(\d+)")
_MONTH_END = re.compile(r"fin de? mois|fdm|eom|end of (?:the )?month")
_SHARE = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")
_BEFORE = re.compile(
    r"commande|avance|acompte|advance|prepa|deposit|pro ?-?forma|with order|down ?payment|t/t before|before"
)
_AT_ONCE = re.compile(r"comptant|cash|reception|receipt|delivery|livraison|sight|cad\b")
_MODES = {
    "sea": ("mer", "maritime", "sea", "ocean", "bateau", "fcl", "lcl", "ship"),
    "air": ("air", "avion", "aerien", "aerienne", "plane"),
    "rail": ("rail", "train", "fer", "ferroviaire"),
    "road": ("route", "routier", "road", "camion", "truck"),
}
_YES = frozenset(("oui", "o", "yes", "y", "x", "vrai", "true", "1", "actuel", "current", "✓", "✔"))
#: Days from a date to the end of its month, on average.
_TO_MONTH_END = 15.0


def read_credit(text: str, lead_time: float | None) -> float | None:
    """Return the days from reception to payment: negative where it is paid before; None if not understood.

    A part paid with the order counts a whole lead time early; without lead time that cannot be told.

    >>> read_credit("45 jours fin de mois", None), read_credit("Net 30", None), read_credit("comptant", None)
    (60.0, 30.0, 0.0)
    >>> read_credit("30 % à la commande, solde à 30 jours", 60), read_credit("100% T/T in advance", 40)
    (3.0, -40.0)
    """
    plain = fold(text)
    before = _share_before(plain)
    if before is None:
        return None
    if before > 0 and lead_time is None:
        return None
    rest = _days_after(plain) if before < 1 else 0.0
    return None if rest is None else (1.0 - before) * rest - before * (lead_time or 0.0)


def _share_before(plain: str) -> float | None:
    """Return the share of the price paid with the order."""
    if not _BEFORE.search(plain):
        return 0.0
    found = _SHARE.search(plain)
    if found is None:
        return None if _days(plain) is not None else 1.0
    share = float(found[1].replace(",", ".")) / 100
    return share if 0 <= share <= 1 else None


def _days_after(plain: str) -> float | None:
    days = _days(plain)
    if days is None:
        return 0.0 if _AT_ONCE.search(plain) or _SHARE.search(plain) else None
    return days + (_TO_MONTH_END if _MONTH_END.search(plain) else 0.0)


def _days(plain: str) -> float | None:
    found = _DAYS.search(_SHARE.sub(" ", plain))
    return float(found[1] or found[2]) if found else None


def read_incoterm(text: str) -> tuple[str, str | None] | None:
    """Return the rule and the place that follows it, None where no rule of 2020 is named.

    >>> read_incoterm("FOB Shanghai"), read_incoterm("Incoterms 2020: dap Belfort"), read_incoterm("franco")
    (('FOB', 'Shanghai'), ('DAP', 'Belfort'), None)
    """
    found = _RULE.search(text)
    if not found:
        return None
    place = re.sub(r"(?i)incoterms?|\b20[012]0\b|[()]", " ", text[found.end() :]).strip(" ,;:-")
    return found[1].upper(), place or None


def read_mode(text: str) -> str | None:
    """Return the mode of transport that a text names.

    >>> read_mode("Maritime (LCL)"), read_mode("par avion"), read_mode("coursier")
    ('sea', 'air', None)
    """
    words = set(re.findall(r"[a-z]+", fold(text)))
    return next((mode for mode, names in _MODES.items() if words & set(names)), None)


def read_code(text: str) -> str | None:
    """Return a customs code as its 2 to 10 digits.

    >>> read_code("8482 10 10"), read_code("7318.15.88.95"), read_code("à voir")
    ('84821010', '7318158895', None)
    """
    digits = re.sub(r"[ .\u00a0\u202f]", "", text)
    return digits if re.fullmatch(r"\d{2,10}", digits) else None


def read_yes(text: str) -> bool:
    """Say whether a cell ticks something.

    >>> read_yes("Oui"), read_yes("x"), read_yes("non")
    (True, True, False)
    """
    return fold(text).strip() in _YES
