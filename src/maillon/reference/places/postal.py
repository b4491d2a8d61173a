"""Postcodes that tell their country: by a sign before them ("D-70173") or by their shape ("CV1 2WT")."""

from __future__ import annotations

import re

#: Distinguishing signs of vehicles put before a postcode ("D-70173"), with the country and its postcode.
_POSTAL = {
    "A": ("AT", r"\d{4}"),
    "B": ("BE", r"\d{4}"),
    "BE": ("BE", r"\d{4}"),
    "CH": ("CH", r"\d{4}"),
    "CN": ("CN", r"\d{6}"),
    "CZ": ("CZ", r"\d{3} ?\d{2}"),
    "D": ("DE", r"\d{5}"),
    "DE": ("DE", r"\d{5}"),
    "DK": ("DK", r"\d{4}"),
    "E": ("ES", r"\d{5}"),
    "ES": ("ES", r"\d{5}"),
    "F": ("FR", r"\d{2} ?\d{3}"),
    "FI": ("FI", r"\d{5}"),
    "FIN": ("FI", r"\d{5}"),
    "FR": ("FR", r"\d{2} ?\d{3}"),
    "GR": ("GR", r"\d{3} ?\d{2}"),
    "H": ("HU", r"\d{4}"),
    "HR": ("HR", r"\d{5}"),
    "I": ("IT", r"\d{5}"),
    "IT": ("IT", r"\d{5}"),
    "L": ("LU", r"\d{4}"),
    "LT": ("LT", r"\d{5}"),
    "LU": ("LU", r"\d{4}"),
    "LV": ("LV", r"\d{4}"),
    "N": ("NO", r"\d{4}"),
    "NL": ("NL", r"\d{4} ?[A-Z]{2}"),
    "P": ("PT", r"\d{4}(?:-\d{3})?"),
    "PL": ("PL", r"\d{2}-?\d{3}"),
    "PT": ("PT", r"\d{4}-\d{3}"),
    "RO": ("RO", r"\d{6}"),
    "S": ("SE", r"\d{3} ?\d{2}"),
    "SE": ("SE", r"\d{3} ?\d{2}"),
    "SI": ("SI", r"\d{4}"),
    "SK": ("SK", r"\d{3} ?\d{2}"),
    "TR": ("TR", r"\d{5}"),
}
_PREFIX = re.compile(
    r"(?:^|[\s,;(])(?:"
    + "|".join(rf"(?P<{sign}>{sign}(?:\s?[-–]\s?|\s)(?={code}\b))" for sign, (_, code) in _POSTAL.items())
    + ")"
)

#: Postcodes that only one country writes that way.
_SHAPES = (
    ("GB", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[ABD-HJLNP-UW-Z]{2}\b")),
    ("CA", re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d\b")),
)


def split_postal_sign(text: str) -> tuple[str, str] | None:
    """Return the country of a sign before a postcode, and the text without the sign.

    >>> split_postal_sign("D-70173 Stuttgart"), split_postal_sign("D 437")
    (('DE', '70173 Stuttgart'), None)
    """
    found = _PREFIX.search(text)
    if found is None or found.lastgroup is None:
        return None
    country, _ = _POSTAL[found.lastgroup]
    return country, f"{text[: found.start()]} {text[found.end() :]}".strip()


def split_shaped_postcode(text: str) -> tuple[str, str] | None:
    """Return the country of a postcode that only one country writes that way, and the text without it.

    >>> split_shaped_postcode("Coventry CV1 2WT")
    ('GB', 'Coventry')
    """
    for country, shape in _SHAPES:
        if shape.search(text):
            return country, shape.sub("", text).strip()
    return None
