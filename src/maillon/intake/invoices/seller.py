"""Who the seller is: one identifier out of those that an invoice gives."""

from __future__ import annotations

import re

from maillon.intake.invoices.record import Identifier, Seller

#: ISO 6523 scheme codes (ICD) that the standard uses for French firms.
SIREN_SCHEME, SIRET_SCHEME = "0002", "0009"


def seller_id(seller: Seller) -> str | None:
    """Return SIREN or SIRET as digits, else the VAT number, else the first legal identifier as written.

    >>> legal = Identifier("0002", "732 829 320")
    >>> seller_id(Seller("Essai", legal, (), "FR44732829320", None, None, None, None, "FR"))
    '732829320'
    """
    french = [
        digits
        for identifier in (seller.legal, *seller.identifiers)
        if identifier is not None and (digits := _french_digits(identifier))
    ]
    if french:
        return french[0]
    if seller.vat:
        return re.sub(r"[^0-9A-Z]", "", seller.vat.upper())
    other = (seller.legal, *seller.identifiers)
    return next((identifier.value for identifier in other if identifier is not None), None)


def _french_digits(identifier: Identifier) -> str | None:
    lengths = {SIREN_SCHEME: 9, SIRET_SCHEME: 14, "SIREN": 9, "SIRET": 14}
    digits = re.sub(r"\s", "", identifier.value)
    wanted = lengths.get(identifier.scheme.upper())
    # SIREN_SCHEME is also used, against the list, with the 14 digits of a SIRET.
    return digits if digits.isdigit() and wanted and len(digits) in (wanted, 14) else None
