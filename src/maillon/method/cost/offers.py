"""Several offers for one part, by total cost; the best local one against the import of today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.core.quotation import Quotation
from maillon.method.cost.assumptions import CostAssumptions
from maillon.method.cost.compare import Comparison, compare_offers
from maillon.method.cost.estimate import estimate_cost
from maillon.method.cost.need import Demand
from maillon.method.cost.quick import usual_mode
from maillon.method.cost.results import TotalCost


@dataclass(frozen=True, slots=True)
class RankedOffers:
    """The offers for one part from the cheapest total cost to the dearest, at the middle of their ranges.

    ``comparison`` sets the best French offer against the import bought today, else against the cheapest
    import; None where either is missing.
    """

    part: str
    annual_quantity: float
    offers: tuple[tuple[Quotation, TotalCost], ...]
    comparison: Comparison | None

    def __repr__(self) -> str:
        """Name the part, the number of offers and the cheapest."""
        return f"RankedOffers({self.part!r}, {len(self.offers)} offers, first {self.offers[0][0].supplier!r})"


def group_by_part(quotations: Iterable[Quotation]) -> Mapping[str, Sequence[Quotation]]:
    """Return the quotations of each part, in the order met."""
    groups: dict[str, list[Quotation]] = {}
    for quotation in quotations:
        groups.setdefault(quotation.part, []).append(quotation)
    return groups


def rank_offers(
    quotations: Sequence[Quotation],
    annual_quantity: float | None = None,
    assumptions: CostAssumptions | None = None,
) -> RankedOffers:
    """Return the offers for one part by total cost.

    The yearly quantity is the one given, else the largest that the quotations state: ``InvalidRequest`` where
    there is none. An offer without mode of transport takes the usual one of its country. The margin lost for
    a missing part is the same for all: that of the offer bought today, else of the first.
    """
    assumptions = assumptions or CostAssumptions()
    stated = [quotation.annual_quantity for quotation in quotations if quotation.annual_quantity]
    yearly = annual_quantity or max(stated, default=None)
    if not quotations or yearly is None:
        raise InvalidRequest(
            message(
                "The yearly quantity of “{part}” is not known.",
                part=quotations[0].part or "?" if quotations else "?",
            ),
            message("Add a column “quantité annuelle” to the table, or give --quantity."),
        )
    offers = [_with_mode(quotation) for quotation in quotations]
    today = next((quotation for quotation in offers if quotation.established), offers[0])
    demand = Demand(yearly)
    demand = replace(demand, unit_margin=estimate_cost(today, demand, assumptions).factors["unit_margin"])
    costed = [(quotation, estimate_cost(quotation, demand, assumptions)) for quotation in offers]
    costed.sort(key=lambda pair: pair[1].per_unit.mid)
    imports = [quotation for quotation, _ in costed if quotation.country not in {"FR", None}]
    imports.sort(key=lambda quotation: not quotation.established)
    local = [quotation for quotation, _ in costed if quotation.country == "FR"]
    both = compare_offers(imports[0], local[0], demand, assumptions) if imports and local else None
    return RankedOffers(quotations[0].part, yearly, tuple(costed), both)


def _with_mode(quotation: Quotation) -> Quotation:
    if quotation.mode is not None or quotation.country is None:
        return quotation
    return replace(quotation, mode=usual_mode(quotation.country))
