"""The sentences of the reasons that joining gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from maillon.core.message import Message, message, plural_message
from maillon.core.reason import Reason

_SENTENCES: Mapping[str, Callable[[Mapping[str, object]], Message]] = {
    "counted_in_other_ledger": lambda p: plural_message(
        "{n} purchase of {ledger} also stands in another file: it counts once.",
        "{n} purchases of {ledger} also stand in another file: they count once.",
        n=int(str(p["purchases"])),
        ledger=p["ledger"],
    ),
    "customs_prove_only": lambda p: message(
        "{ledger} proves origins; its amounts are not added to those of the invoices.", ledger=p["ledger"]
    ),
}


def join_message(reason: Reason) -> Message:
    """Return the sentence of a reason given by ``join_sources``; ``KeyError`` for another code.

    >>> str(join_message(Reason("customs_prove_only", params={"ledger": "emebi.csv"})))
    'emebi.csv proves origins; its amounts are not added to those of the invoices.'
    """
    return _SENTENCES[reason.code](reason.params)
