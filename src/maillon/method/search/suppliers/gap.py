"""Why nobody was found."""

from __future__ import annotations

from collections.abc import Sequence

from maillon.core.reason import Reason
from maillon.method.search.suppliers.need import Need
from maillon.method.search.suppliers.result import Gap, NearMatch, Removed


def explain_gap(need: Need, linked: int, removed: Sequence[Removed], near: Sequence[NearMatch]) -> Gap:
    """Return the reasons of an empty result: the need was not understood, nobody is linked, conditions.

    Conditions come by the number of firms that they remove.
    """
    reasons = []
    if not need.processes and not need.activities:
        reasons.append(Reason("gap-not-understood", 0.0, {"text": need.text}))
    if not linked:
        process = need.processes[0].code if need.processes else None
        reasons.append(Reason("gap-nobody", 0.0, {"process": process}))
    ordered = sorted((one for one in removed if one.firms), key=lambda one: -one.firms)
    reasons += [
        Reason("gap-removed", 0.0, {"condition": one.condition, "firms": one.firms}) for one in ordered
    ]
    if near:
        reasons.append(Reason("gap-near", 0.0, {"firms": len(near)}))
    return Gap(tuple(reasons))
