"""Identifiers of invented firms: their keys are right, so that checks accept them, but nobody bears them.

SIREN numbers start with 000, a range in which we know of no registered firm, so that they look wrong to a
reader at first sight while every key holds.
"""

from __future__ import annotations


def luhn_digit(digits: str) -> int:
    """Return the digit that completes ``digits`` to a multiple of ten by Luhn's sum (ISO/IEC 7812-1).

    >>> luhn_digit("7992739871")
    3
    """
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return -total % 10


def invented_siren(rank: int) -> str:
    """Return the ``rank``-th invented SIREN: nine digits, the last one Luhn's.

    >>> invented_siren(1)
    '000410019'
    """
    body = f"000{41000 + rank:05d}"
    return f"{body}{luhn_digit(body)}"


def invented_siret(siren: str) -> str:
    """Return the SIRET of the first site of ``siren``: its NIC 0001 and Luhn's digit over all fourteen.

    >>> invented_siret(invented_siren(1))
    '00041001900012'
    """
    body = f"{siren}0001"
    return f"{body}{luhn_digit(body)}"


def french_vat(siren: str) -> str:
    """Return the VAT number of a SIREN: key (12 + 3 × (SIREN mod 97)) mod 97, article 286 ter A of the CGI.

    >>> french_vat("732829320")
    'FR44732829320'
    """
    return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02d}{siren}"
