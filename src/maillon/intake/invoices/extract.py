"""One XML tree → one ``Invoice``, with the paths of its syntax."""

from __future__ import annotations

import datetime as dt

from maillon.intake.invoices.record import Adjustment, Attribute, Identifier, Invoice, Line, Seller
from maillon.intake.invoices.syntax import SYNTAXES, Syntax
from maillon.intake.invoices.unreadable import UnreadableInvoice
from maillon.intake.invoices.xml import Element, text_of

#: UNTDID 1001 code of a credit note; a UBL ``CreditNote`` without type code is one.
CREDIT_NOTE = "381"


def extract_invoice(root: Element) -> Invoice:
    """Return the invoice under ``root``; ``UnreadableInvoice`` if the tree is not one."""
    syntax = SYNTAXES.get(root.tag)
    if syntax is None:
        raise UnreadableInvoice("not-invoice")
    head = {
        name: text_of(root.find(path))
        for name, path in syntax.head.items()
        if name not in ("seller", "lines", "adjustments", "date")
    }
    credit = root.tag.endswith("}CreditNote")
    return Invoice(
        syntax=syntax.name,
        number=head["number"],
        date=read_date(root.find(syntax.head["date"])),
        type_code=head["type_code"] or (CREDIT_NOTE if credit else None),
        currency=head["currency"],
        seller=_seller(root.find(syntax.head["seller"]), syntax),
        lines_total=head["lines_total"],
        net_total=head["net_total"],
        adjustments=tuple(_adjustment(found, syntax) for found in root.iterfind(syntax.head["adjustments"])),
        lines=tuple(_line(found, syntax) for found in root.iterfind(syntax.head["lines"])),
    )


def read_date(element: Element | None) -> str | None:
    """Return a date as ``AAAA-MM-JJ``: UBL dates may carry a time zone, CII dates are ``AAAAMMJJ``."""
    text = text_of(element)
    if text is None:
        return None
    digits = text[:8] if text[:8].isdigit() else text[:10].replace("-", "")
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).isoformat()
    except ValueError:
        return None


def _identifier(element: Element | None) -> Identifier | None:
    value = text_of(element)
    return None if value is None or element is None else Identifier(element.get("schemeID") or "", value)


def _seller(party: Element | None, syntax: Syntax) -> Seller:
    if party is None:
        return Seller(None, None, (), None, None, None, None, None, None)
    paths = syntax.seller
    texts = {
        name: text_of(party.find(paths[name]))
        for name in ("name", "trading_name", "street", "city", "postcode", "subdivision", "country")
    }
    found = [_identifier(element) for element in party.iterfind(paths["identifiers"])]
    if "plain_identifiers" in paths:
        found += [_identifier(element) for element in party.iterfind(paths["plain_identifiers"])]
    return Seller(
        name=texts["name"] or texts["trading_name"],
        legal=_identifier(party.find(paths["legal"])),
        identifiers=tuple(identifier for identifier in found if identifier is not None),
        vat=_vat_number(party, syntax),
        street=texts["street"],
        city=texts["city"],
        postcode=texts["postcode"],
        subdivision=texts["subdivision"],
        country=texts["country"],
    )


def _vat_number(party: Element, syntax: Syntax) -> str | None:
    """Return BT-31: the registration whose scheme is VAT (UBL ``TaxScheme``, CII ``schemeID``)."""
    for registration in party.iterfind(syntax.seller["tax"]):
        number = registration.find(syntax.seller["tax_id"])
        if "tax_scheme" in syntax.seller:
            scheme = text_of(registration.find(syntax.seller["tax_scheme"]))
        else:
            scheme = number.get("schemeID") if number is not None else None
        if scheme in ("VAT", "VA"):
            return text_of(number)
    return None


def _adjustment(element: Element, syntax: Syntax) -> Adjustment:
    paths = syntax.adjustment
    charge = (text_of(element.find(paths["charge"])) or "").lower()
    return Adjustment(
        charge in ("true", "1"),
        text_of(element.find(paths["amount"])),
        text_of(element.find(paths["reason"])),
    )


def _line(element: Element, syntax: Syntax) -> Line:
    paths = syntax.line
    texts = {
        name: text_of(element.find(path))
        for name, path in paths.items()
        if name not in ("quantity", "base_quantity", "standard", "classes", "attributes")
    }
    quantity, base = element.find(paths["quantity"]), element.find(paths["base_quantity"])
    return Line(
        quantity=text_of(quantity),
        unit=quantity.get("unitCode") if quantity is not None else None,
        base_quantity=text_of(base),
        base_unit=base.get("unitCode") if base is not None else None,
        standard=_identifier(element.find(paths["standard"])),
        classes=tuple(_class(found) for found in element.iterfind(paths["classes"])),
        attributes=tuple(_attribute(found, syntax) for found in element.iterfind(paths["attributes"])),
        **texts,
    )


def _class(element: Element) -> Identifier:
    return Identifier(element.get("listID") or "", text_of(element) or "")


def _attribute(element: Element, syntax: Syntax) -> Attribute:
    paths = syntax.attribute
    measure = element.find(paths["measure"])
    value = text_of(element.find(paths["value"])) or text_of(measure) or ""
    unit = measure.get("unitCode") if measure is not None else None
    return Attribute(text_of(element.find(paths["name"])) or "", value, unit)
