"""Reasons, what is missing and gaps as sentences."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from maillon.core.message import Message, message, plural_message
from maillon.core.reason import Reason
from maillon.reference.classifications.certificates import all_certificates, certificate_label
from maillon.reference.classifications.lexicon.materials import all_materials
from maillon.reference.classifications.naf import label
from maillon.reference.classifications.processes import process_label

Facts = Mapping[str, Any]
#: Material classes that go by the name of one of their materials.
_NAMED_AFTER = {"stainless": "stainless-steel", "nickel": "nickel-alloy"}


def explain_reason(reason: Reason, language: str) -> Message:  # noqa: PLR0911 - one sentence a term
    """Return a reason of a candidate (``supplier-…``) as a sentence; labels are in ``language``."""
    facts: Facts = reason.params
    match reason.code.removeprefix("supplier-"):
        case "bias":
            return message("Starting point of every firm.")
        case "process":
            return _explain_process(facts, language)
        case "text":
            if reason.weight > 0:
                return message("The words of the need stand in what is known of the firm.")
            return message("The words of the need do not tell it from other firms.")
        case "activity":
            return _explain_activity(reason, language)
        case "distance":
            return message("At {km} km as the crow flies.", km=_kilometres(facts["km"]))
        case "headcount":
            return _explain_headcount(facts)
        case "material":
            return _explain_material(reason, language)
        case "certificate":
            return message("Holds {names}.", names=_certificates(facts["certificates"], language))
        case "maker":
            return message("Known as a maker.") if facts["is_maker"] else message("Trades, does not make.")
    return _explain_limit(reason.code.removeprefix("supplier-"), facts)


def explain_raise(reason: Reason, language: str) -> Message:
    """Return what a firm could tell to gain points (``supplier-…-missing``) as a sentence."""
    facts: Facts = reason.params
    match reason.code.removeprefix("supplier-").removesuffix("-missing"):
        case "process":
            process = process_label(str(facts["process"]), language)
            return message("Proof that it does: {process}.", process=process)
        case "material":
            return message("The materials that it works.")
        case "size":
            return message("The largest part that it makes.")
        case "tolerance":
            return message("The finest tolerance that it holds.")
        case "lot":
            return message("The lots that it takes.")
    names = _certificates(facts["certificates"], language)
    return message("Its certificates, of which: {names}.", names=names)


def explain_missing(reason: Reason, language: str) -> Message:  # noqa: PLR0911 - one sentence a condition
    """Return the one condition that a near match fails (``missing-…``) as a sentence."""
    facts: Facts = reason.params
    match reason.code.removeprefix("missing-"):
        case "territory":
            km = facts["km"]
            if math.isnan(km):  # its distance is unknown
                return message("Outside the territory.")
            return message("Outside the territory, at {km} km.", km=_kilometres(km))
        case "naf":
            return message(
                "Another activity: {naf} {title}.", naf=facts["naf"], title=_title(facts, language)
            )
        case "headcount":
            return message("Fewer than {n} persons, or their number is unknown.", n=facts["wanted"])
        case "certificate":
            name = _certificates([facts["certificate"]], language)
            return message("Certificate not known: {name}.", name=name)
        case "years":
            return message("Created less than {n} years ago, or at an unknown date.", n=facts["wanted"])
    return _explain_limit(reason.code.removeprefix("missing-"), facts)


def explain_gap_reason(reason: Reason, language: str) -> Message:
    """Return a reason of an empty result (``gap-…``) as a sentence."""
    facts: Facts = reason.params
    match reason.code:
        case "gap-not-understood":
            return message("Nothing in “{text}” tells how it is made.", text=facts["text"])
        case "gap-nobody" if facts["process"]:
            process = process_label(facts["process"], language)
            return message("No firm of the register shows or suggests: {process}.", process=process)
        case "gap-nobody":
            return message("No firm of the register has these words.")
        case "gap-near":
            return plural_message(
                "{n} firm lacks one condition only.",
                "{n} firms lack one condition only.",
                n=facts["firms"],
            )
    what = explain_condition(str(facts["condition"]), language)
    return plural_message(
        "{n} firm left out by: {condition}.",
        "{n} firms left out by: {condition}.",
        n=facts["firms"],
        condition=what,
    )


def explain_condition(condition: str, language: str) -> Message | str:
    """Return the name of a condition of the search."""
    kind, _, code = condition.partition(":")
    named = {
        "territory": message("territory"),
        "naf": message("activity"),
        "headcount": message("workforce"),
        "years": message("age"),
        "excluded": message("list of firms left out"),
        "only": message("list of firms looked among"),
        "trader": message("traders"),
        "size": message("largest part stated"),
        "tolerance": message("finest tolerance stated"),
        "lot": message("lots stated"),
    }
    return named[kind] if kind in named else _certificates([code], language)


def _explain_process(facts: Facts, language: str) -> Message:
    process = process_label(str(facts["process"]), language)
    match facts["kind"]:
        case "process":
            return message("Says that it does: {process}.", process=process)
        case "machine":
            return message("Has a machine for: {process}.", process=process)
        case "contract":
            return message("Won a contract that speaks of: {process}.", process=process)
        case "product":
            return message("Makes products by: {process}.", process=process)
        case "name":
            return message("Its name speaks of: {process}.", process=process)
    return message("Its description speaks of: {process}.", process=process)


def _explain_activity(reason: Reason, language: str) -> Message:
    naf, title = reason.params["naf"], _title(reason.params, language)
    if not naf:
        return message("Its activity is not known.")
    if reason.weight > 0:
        return message("Activity of makers: {naf} {title}.", naf=naf, title=title)
    return message("Activity without link to the need: {naf} {title}.", naf=naf, title=title)


def _title(facts: Facts, language: str) -> str:
    try:
        return label(str(facts["naf"]), language)
    except KeyError:
        return ""


def _explain_headcount(facts: Facts) -> Message:
    low, high = facts["low"], facts["high"]
    if high is None:
        return message("{low} persons or more.", low=low)
    if high == 0:
        return message("No employee.")
    return message("{low} to {high} persons.", low=low, high=high)


def _explain_material(reason: Reason, language: str) -> Message:
    material = material_class_label(str(reason.params["material"]), language)
    if reason.weight < 0:
        return message("Lists its materials without: {material}.", material=material)
    return message("Works: {material}.", material=material)


def material_class_label(name: str, language: str) -> Message | str:
    """Return the label of a material class: that of the material that bears its name, else the code."""
    if name == "composite":
        return message("composite material")
    if name == "textile":
        return message("textile material")
    by_code = {material.code: material for material in all_materials()}
    found = by_code.get(_NAMED_AFTER.get(name, name))
    return found.label(language) if found else name


def _certificates(codes: Any, language: str) -> str:
    known = {certificate.code for certificate in all_certificates()}
    return ", ".join(certificate_label(code, language) if code in known else str(code) for code in codes)


def _explain_limit(term: str, facts: Facts) -> Message:
    """Say what a firm states of sizes, tolerances or lots, beside what is needed."""
    wanted = facts["wanted"]
    if term == "size":
        return message("Makes parts up to {high} mm; {wanted} mm needed.", high=facts["high"], wanted=wanted)
    if term == "tolerance":
        high, needed = round(1000 * facts["high"]), round(1000 * wanted)
        return message("Holds {high} µm; {wanted} µm needed.", high=high, wanted=needed)
    low, high = facts["low"], facts["high"]
    if low is None and high is None:
        return message("Prefers lots of {ideal}; {wanted} needed.", ideal=facts["ideal"], wanted=wanted)
    if high is None:
        return message("Takes lots from {low}; {wanted} needed.", low=low, wanted=wanted)
    if low is None:
        return message("Takes lots up to {high}; {wanted} needed.", high=high, wanted=wanted)
    return message("Takes lots from {low} to {high}; {wanted} needed.", low=low, high=high, wanted=wanted)


def _kilometres(km: float) -> float | int:
    return round(km)
