"""Which part of the way the quoted price leaves to the buyer, from the Incoterm."""

from __future__ import annotations

from collections.abc import Mapping

from maillon.reference.freight.incoterms import Party, Step, who_pays

#: Steps of each stretch of the way, with the part of that stretch's cost. Hypothesis of the project: carriage
#: weighs most at either end, terminals less, loading, unloading and papers least.
STRETCHES: Mapping[str, Mapping[Step, float]] = {
    "buyer_origin": {
        Step.LOADING: 0.1, Step.PRE_CARRIAGE: 0.5, Step.EXPORT_CLEARANCE: 0.2, Step.ORIGIN_TERMINAL: 0.2,
    },
    "buyer_main": {Step.MAIN_CARRIAGE: 1.0},
    "buyer_insurance": {Step.INSURANCE: 1.0},
    "buyer_arrival": {Step.DESTINATION_TERMINAL: 0.3, Step.ON_CARRIAGE: 0.6, Step.UNLOADING: 0.1},
    "buyer_import": {Step.IMPORT_CLEARANCE_AND_DUTY: 1.0},
}  # fmt: skip


def buyer_shares(incoterm: str) -> dict[str, float]:
    """Return the share of each stretch's cost that the buyer pays on top of the price.

    Raises ``InvalidRequest`` for a word that is no rule of Incoterms 2020.

    >>> [buyer_shares(rule)["buyer_main"] for rule in ("FOB", "CIF")], buyer_shares("CIF")["buyer_import"]
    ([1.0, 0.0], 1.0)
    """
    payer = who_pays(incoterm)
    return {
        stretch: float(sum(part for step, part in steps.items() if payer[step] is Party.BUYER))
        for stretch, steps in STRETCHES.items()
    }
