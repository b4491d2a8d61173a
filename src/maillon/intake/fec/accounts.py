"""Which accounts of the French chart (*plan comptable général*) matter to purchases."""

from __future__ import annotations

from enum import IntEnum


class Role(IntEnum):
    """What an account line tells about a purchase entry."""

    OTHER = 0  # erased: not even looked at
    PURCHASE = 1  # 601, 602, 604 to 608 purchases, 609 rebates (negative), 611 subcontracting
    SUPPLIER = 2  # 401, 403, 404, 408: whom it was bought from
    VAT = 3  # 445, of which 4452: VAT due on a purchase inside the EU
    PERSON = 4  # wages, social bodies, partners: their names may stand in labels
    CLOSING = 5  # 12: result of the year; purchase accounts are emptied against it


PURCHASE_ACCOUNTS = ("601", "602", "604", "605", "606", "607", "608", "609", "611")
SUPPLIER_ACCOUNTS = ("401", "403", "404", "408")

INTRA_EU_VAT = b"4452"

#: Role of an account by its first three digits, so that one look-up settles a line.
BY_PREFIX: dict[bytes, Role] = {
    **{account.encode(): Role.PURCHASE for account in PURCHASE_ACCOUNTS},
    **{account.encode(): Role.SUPPLIER for account in SUPPLIER_ACCOUNTS},
    **{f"{group}{digit}".encode(): Role.PERSON for group in (42, 43, 45, 64) for digit in range(10)},
    **{f"12{digit}".encode(): Role.CLOSING for digit in range(10)},
    **{b"%d" % group: Role.PERSON for group in (42, 43, 45, 64)},
    b"12": Role.CLOSING,
    b"108": Role.PERSON,  # the owner's private account
    b"445": Role.VAT,
}


def role_of(account: str) -> Role:
    """Return what an account number tells about a purchase.

    >>> role_of("60110000").name, role_of("401DUVAL").name, role_of("603").name, role_of("421").name
    ('PURCHASE', 'SUPPLIER', 'OTHER', 'PERSON')
    """
    return BY_PREFIX.get(account[:3].encode(), Role.OTHER)
