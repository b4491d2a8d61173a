"""Vendors that are foreign by what they say of themselves."""

from __future__ import annotations

import re

from maillon.core.reason import Reason
from maillon.core.vendor import vendor_number
from maillon.reference.places import resolve_country
from maillon.reference.places.fold import fold

#: Legal forms that no French firm bears: wherever they stand, and those that are words of French names too,
#: which count at the end of a name only.
_FORMS = frozenset(
    (
        "gmbh", "mbh", "ltd", "limited", "llc", "llp", "inc", "corp", "plc", "pty", "pte", "pvt", "bvba",
        "sprl", "oyj", "sro", "kft", "zrt", "ood", "eood", "uab", "ooo", "bhd",
    )
)  # fmt: skip
_LAST_FORMS = frozenset(
    ("ag", "ohg", "ug", "ev", "bv", "nv", "spa", "srl", "oy", "ab", "aps", "doo", "kk", "lda", "ltda")
)
_POLISH = re.compile(r"\bsp(?:olka)? z ?o ?o\b")
#: Prefixes of VAT numbers: those of the Union, and the neighbours that write theirs alike.
_VAT = frozenset(
    (
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "GB", "HR", "HU", "IE", "IT", "LT",
        "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "XI", "CHE",
    )
)  # fmt: skip


def tell_foreign(name: str, country: str | None, vat: str | None) -> Reason | None:
    """Return why a vendor is foreign, None where nothing says so.

    A stated country decides; then the VAT number; then the legal form, unless the country stated is France.

    >>> tell_foreign("Müller Antriebe GmbH", None, None).params["form"]
    'gmbh'
    >>> tell_foreign("MULLER SAS", None, "DE811569869").params["country"]
    'DE'
    >>> tell_foreign("Outillage Limited", "France", None) is None
    True
    """
    stated = resolve_country(country) if country else None
    if stated is not None:
        return None if stated == "FR" else Reason("vendor-country", 0.0, {"country": stated})
    number = vendor_number(vat) or ""
    prefix = next((code for code in (number[:3], number[:2]) if code in _VAT), None)
    if prefix:
        code = {"EL": "GR", "XI": "GB", "CHE": "CH"}.get(prefix, prefix)
        return Reason("vendor-vat-country", 0.0, {"country": code})
    if number.isdigit() and len(number) == 9:
        return None
    return _of_form(name)


def _of_form(name: str) -> Reason | None:
    # "S.p.A." is one word; folding would leave three.
    joined = re.sub(r"\b(\w)\.\s?(?=\w\b)", r"\1", name.casefold())
    words = re.findall(r"[a-z0-9]+", fold(joined))
    if _POLISH.search(" ".join(words)):
        return Reason("vendor-form", 0.0, {"form": "sp. z o.o."})
    form = next((word for word in words[1:] if word in _FORMS), None)
    if form is None and len(words) > 1 and words[-1] in _LAST_FORMS:
        form = words[-1]
    return Reason("vendor-form", 0.0, {"form": form}) if form else None
