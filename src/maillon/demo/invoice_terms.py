"""One purchase document in the terms of the European standard (EN 16931): what UBL and CII alike carry."""

from __future__ import annotations

import datetime as dt
from typing import Any

from maillon.demo.documents import Document, Item
from maillon.demo.firm import INVENTED, VALTRENNE
from maillon.demo.identifiers import french_vat, invented_siret
from maillon.demo.suppliers import Supplier
from maillon.demo.tables import rows_of

_UNITS = {"P": "H87", "M": "MTR", "KG": "KGM"}  # UN/ECE recommendation 20
_TARIFF = {row["category"]: row["cn"] for row in rows_of("categories")}
_INVOICE, _CREDIT_NOTE = "380", "381"  # UNTDID 1001
_SIREN, _SIRET = "0002", "0009"  # ISO 6523


def invoice_terms(document: Document) -> dict[str, Any]:
    """Return the business terms (``BT-…``, ``BG-…``) of a document; a credit note has positive amounts."""
    sign = -1 if document.credit_note else 1
    net, vat = sign * document.net, sign * document.vat
    return {
        "BT-1": document.number,
        "BT-2": document.date,
        "BT-3": _CREDIT_NOTE if document.credit_note else _INVOICE,
        "BT-5": "EUR",
        "BT-72": document.date - dt.timedelta(days=2),
        "BT-9": document.date + dt.timedelta(days=45),
        "BG-1": [{"BT-22": INVENTED}],
        "BG-3": [{"BT-25": document.corrects}] if document.corrects else [],
        "BG-4": _seller(document.supplier),
        "BG-7": _buyer(),
        "BG-25": [_line(rank, item, document.supplier, sign) for rank, item in enumerate(document.items, 1)],
        "BG-23": [_vat_breakdown(document.supplier, net, vat)],
        "BT-106": f"{net:.2f}",
        "BT-109": f"{net:.2f}",
        "BT-110": f"{vat:.2f}",
        "BT-112": f"{net + vat:.2f}",
        "BT-115": f"{net + vat:.2f}",
    }


def _seller(supplier: Supplier) -> dict[str, Any]:
    party: dict[str, Any] = {
        "name": f"{supplier.name} {supplier.legal_form}",
        "vat_identifier": supplier.vat,
        "postcode": supplier.postcode,
        "city": supplier.city,
        "country_code": supplier.country,
    }
    if supplier.country == "FR":
        party |= {"legal_identifier": supplier.siren, "legal_identifier_schemeid": _SIREN}
        party |= {"identifiers": {_SIRET: invented_siret(supplier.siren)}}
    return party


def _buyer() -> dict[str, Any]:
    return {
        "name": VALTRENNE.name,
        "legal_identifier": VALTRENNE.siren,
        "legal_identifier_schemeid": _SIREN,
        "vat_identifier": french_vat(VALTRENNE.siren),
        "addr_l1": VALTRENNE.street,
        "postcode": VALTRENNE.postcode,
        "city": VALTRENNE.city,
        "country_code": "FR",
    }


def _line(rank: int, item: Item, supplier: Supplier, sign: int) -> dict[str, Any]:
    category, rate = _vat_category(supplier)
    line: dict[str, Any] = {
        "BT-126": str(rank),
        "BT-129": f"{sign * item.quantity:.3f}".rstrip("0").rstrip("."),
        "BT-130": _UNITS[item.article.part.unit] if item.article else "C62",
        "BT-131": f"{sign * item.amount:.2f}",
        "BT-146": f"{item.price:.4f}",
        "BT-151": category,
        "BT-152": rate,
        "BT-153": item.label,
    }
    if item.base != 1:
        line["BT-149"] = str(item.base)
    return line | _article_terms(item, supplier)


def _article_terms(item: Item, supplier: Supplier) -> dict[str, Any]:
    """Return the references of an article, its tariff code and its origin where the seller prints them."""
    if item.article is None:
        return {}
    terms: dict[str, Any] = {
        "BT-155": item.article.supplier_reference,
        "BT-156": item.article.reference,
    }
    tariff = _TARIFF[item.article.part.category]
    if supplier.prints_origin:
        terms["BT-159"] = item.article.true_country
        if tariff:
            terms["BT-158"] = {"HS": {None: tariff}}
    return terms


def _vat_breakdown(supplier: Supplier, net: float, vat: float) -> dict[str, Any]:
    category, rate = _vat_category(supplier)
    reason = {} if category == "S" else {"BT-120": "Autoliquidation", "BT-121": "VATEX-EU-IC"}
    return {
        "BT-116": f"{net:.2f}",
        "BT-117": f"{vat:.2f}",
        "BT-118": category,
        "BT-119": rate,
        **reason,
    }


def _vat_category(supplier: Supplier) -> tuple[str, str]:
    """Return category (UNTDID 5305) and rate: S standard, K from within the Union, the buyer pays."""
    return ("S", "20.00") if supplier.country == "FR" else ("K", "0.00")
