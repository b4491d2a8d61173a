"""Reasons of a resolution as sentences."""

from __future__ import annotations

from dataclasses import replace

from maillon.core.message import Message, message
from maillon.core.reason import Reason
from maillon.reference.places import country_name

_TERMS = {
    "none": message("Starting point of every candidate."),
    "letters": message("Letters in common."),
    "order": message("Words in common, whatever their order."),
    "exact": message("The same name."),
    "rare": message("Words in common that few firms bear."),
    "begins": message("One name begins the other."),
    "nearby": message("Found by its letters alone, among the names of the place stated."),
    "nearby-letters": message("A name alike, spelt otherwise, in the place stated."),
    "town": message("In the town stated."),
    "other-town": message("In another town than stated."),
    "postcode": message("The postcode stated."),
    "departement": message("In the same département, at another postcode."),
    "other-departement": message("In another département than stated."),
    "unnamed": message("No name is given."),
    "nobody": message("No firm of the register bears a name like it."),
}


_FACTS = {
    "siret": message("SIRET {number}, in the register."),
    "siren": message("SIREN {number}, in the register."),
    "successor": message("SIRET {number}, taken over by this establishment."),
    "number-unknown": message("SIREN {siren} is not in the register."),
    "country": message("Stated to be in: {country}."),
    "vat-country": message("VAT number of: {country}."),
    "form": message("Legal form “{form}”, which no French firm bears."),
}


def explain_vendor_reason(reason: Reason, language: str) -> Message:
    """Return a reason (``vendor-…``) as a sentence; countries are named in ``language``."""
    term, facts = reason.code.removeprefix("vendor-"), dict(reason.params)
    if term == "decided":
        if facts["siret"] is None:
            return message("Decided earlier: not in the register.")
        return message("Decided earlier: SIRET {siret}.", siret=facts["siret"])
    if "country" in facts:
        facts["country"] = country_name(str(facts["country"]), language)
    return replace(_FACTS[term], params=facts) if term in _FACTS else _TERMS[term]
