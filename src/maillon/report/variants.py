"""Variants side by side: an interval each, and whether what is known tells them apart."""

from __future__ import annotations

from collections.abc import Sequence

from maillon.core.message import Message, message
from maillon.core.place import FRANCE
from maillon.method.diagnose.results import Basis, Diagnosis, Share
from maillon.report.figures import brief


def compared_basis(variants: Sequence[Diagnosis]) -> Basis:
    """Return purchase value where every variant has one, else the number of lines."""
    priced = all(
        (share := one.local_content[Basis.ORIGIN_VALUE].get(FRANCE.key)) is not None and share.min is not None
        for one in variants
    )
    return Basis.ORIGIN_VALUE if priced else Basis.COUNT


def say_most_french(variants: Sequence[Diagnosis]) -> Message:
    """Return which variant is made most in France, where its least exceeds what any other can reach.

    Intervals that do not overlap tell the variants apart whatever the unknown origins turn out to be.
    """
    basis = compared_basis(variants)
    found = [(one.name, share) for one in variants if (share := _bounds(one, basis)) is not None]
    for name, (least, _) in found:
        if len(found) > 1 and all(least > most for other, (_, most) in found if other != name):
            return message(
                "{name} is the variant made most in France, whatever the unknown origins", name=brief(name)
            )
    if all(low == high for _, (low, high) in found):
        return message("Variants side by side: several are made in France to the same share")
    return message("Variants side by side: the unknown origins decide which is made most in France")


def _bounds(diagnosis: Diagnosis, basis: Basis) -> tuple[float, float] | None:
    share: Share | None = diagnosis.local_content[basis].get(FRANCE.key)
    if share is None or share.min is None or share.max is None:
        return None
    return share.min, share.max
