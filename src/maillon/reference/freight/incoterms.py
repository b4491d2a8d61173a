"""Incoterms 2020 of the ICC: who pays which step, and where the risk passes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from maillon.core.errors import InvalidRequest
from maillon.core.message import message


class Step(StrEnum):
    """A cost step on the way from the seller to the buyer, in order (insurance has no place of its own)."""

    PACKING = "packing"
    LOADING = "loading"
    PRE_CARRIAGE = "pre_carriage"
    EXPORT_CLEARANCE = "export_clearance"
    ORIGIN_TERMINAL = "origin_terminal"
    MAIN_CARRIAGE = "main_carriage"
    INSURANCE = "insurance"
    DESTINATION_TERMINAL = "destination_terminal"
    IMPORT_CLEARANCE_AND_DUTY = "import_clearance_and_duty"
    ON_CARRIAGE = "on_carriage"
    UNLOADING = "unloading"


class Party(StrEnum):
    """Who pays."""

    SELLER = "seller"
    BUYER = "buyer"


#: What the seller pays, one letter a step in the order of ``Step``: s = seller, b = buyer. FCA is read as
#: delivery at the seller's premises on the buyer's truck; insurance under CIF and CIP is an
#: obligation of the seller, under the other rules it belongs to whoever bears the risk of the main carriage.
#: CPT and CIP are read to the buyer's town; terminal charges at arrival under CFR and CIF are the buyer's.
_PAYS = {
    "EXW": "sbbbbbbbbbb",
    "FCA": "ssbsbbbbbbb",
    "FAS": "ssssbbbbbbb",
    "FOB": "sssssbbbbbb",
    "CFR": "ssssssbbbbb",
    "CIF": "sssssssbbbb",
    "CPT": "ssssssbsbsb",
    "CIP": "ssssssssbsb",
    "DAP": "ssssssssbsb",
    "DPU": "ssssssssbss",
    "DDP": "ssssssssssb",
}

#: The step after which the buyer bears the risk.
_RISK_AFTER = {
    "EXW": Step.PACKING,
    "FCA": Step.LOADING,
    "FAS": Step.EXPORT_CLEARANCE,
    "FOB": Step.ORIGIN_TERMINAL,
    "CFR": Step.ORIGIN_TERMINAL,
    "CIF": Step.ORIGIN_TERMINAL,
    "CPT": Step.LOADING,
    "CIP": Step.LOADING,
    "DAP": Step.ON_CARRIAGE,
    "DPU": Step.UNLOADING,
    "DDP": Step.ON_CARRIAGE,
}

INCOTERMS = tuple(_PAYS)


def who_pays(incoterm: str) -> Mapping[Step, Party]:
    """Return who pays each step under a rule of Incoterms 2020 (ICC publication 723).

    Raises ``InvalidRequest`` for any other word, such as the withdrawn DAT.

    >>> who_pays("FOB")[Step.MAIN_CARRIAGE].value, who_pays("DDP")[Step.IMPORT_CLEARANCE_AND_DUTY].value
    ('buyer', 'seller')
    """
    parties = {"s": Party.SELLER, "b": Party.BUYER}
    return MappingProxyType(
        {step: parties[letter] for step, letter in zip(Step, _PAYS[_rule(incoterm)], strict=True)}
    )


def risk_passes_after(incoterm: str) -> Step:
    """Return the last step at the seller's risk.

    >>> risk_passes_after("CIF").value, risk_passes_after("EXW").value
    ('origin_terminal', 'packing')
    """
    return _RISK_AFTER[_rule(incoterm)]


def _rule(incoterm: str) -> str:
    rule = incoterm.strip().upper()
    if rule not in _PAYS:
        raise InvalidRequest(
            message("{incoterm} is not a rule of Incoterms 2020.", incoterm=incoterm),
            message("The rules are {rules}.", rules=", ".join(INCOTERMS)),
        )
    return rule
