"""A first cost from seven inputs; everything else is a labelled hypothesis."""

from __future__ import annotations

from dataclasses import dataclass

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.core.place import TerritoryKind
from maillon.core.quotation import PriceBreak, Quotation
from maillon.method.cost.assumptions import CostAssumptions
from maillon.method.cost.compare import Comparison, compare_offers
from maillon.method.cost.need import Demand
from maillon.reference.places import is_country_code, zone_countries

ENTERED = "entered by the user"


@dataclass(frozen=True, slots=True)
class QuickInputs:
    """The seven figures that a buyer knows without asking anyone, and that move the result most.

    ``price`` and ``currency`` of the import as it is paid today; ``country`` of making (alpha-2), which
    brings duty, distance, lead time and risk; ``annual_quantity``, which spreads what is paid once; ``mass``
    in kg per unit, which freight follows; ``lead_time`` in days, which stock follows; ``local_price`` in EUR,
    None where no local maker has quoted. The import is taken as established.
    """

    price: float
    currency: str
    country: str
    annual_quantity: float
    mass: float | None = None
    lead_time: float | None = None
    local_price: float | None = None


def estimate_quick_cost(
    inputs: QuickInputs,
    assumptions: CostAssumptions | None = None,
    *,
    mode: str | None = None,
    incoterm: str | None = None,
    cn: str | None = None,
) -> Comparison:
    """Return the import of today against a local source, from seven inputs.

    Without a local price, the local source stands at the import price and the result is its break-even.
    ``mode``, ``incoterm`` and the customs code ``cn`` sharpen the result where they are known.
    Raises ``InvalidRequest`` for a country that is none, or France itself.
    """
    country = inputs.country.strip().upper()
    if not is_country_code(country):
        raise InvalidRequest(
            message("{country} is not the code of a country.", country=inputs.country),
            message("Give two letters such as CN, IN or DE."),
        )
    if country == "FR":
        raise InvalidRequest(message("A part made in France is no import."))
    assumptions = assumptions or CostAssumptions()
    imported = Quotation(
        supplier=f"import {country}",
        part="",
        breaks=(PriceBreak(0, inputs.price),),
        currency=inputs.currency,
        country=country,
        mode=mode or usual_mode(country),
        incoterm=incoterm,
        lead_time=inputs.lead_time,
        mass=inputs.mass,
        established=True,
        source=ENTERED,
        date=assumptions.today,
    )
    rate = _rate(inputs.currency, assumptions)
    price = inputs.price * rate if inputs.local_price is None else inputs.local_price
    local = Quotation(
        supplier="local FR",
        part="",
        breaks=(PriceBreak(0, price),),
        currency="EUR",
        country="FR",
        mode="road",
        mass=inputs.mass,
        source=ENTERED,
        date=assumptions.today,
    )
    return compare_offers(
        imported,
        local,
        Demand(inputs.annual_quantity, mass=inputs.mass, cn=cn),
        assumptions,
        local_price_known=inputs.local_price is not None,
    )


def usual_mode(country: str) -> str:
    """Return how goods from a country usually reach France: by road from the continent, else by sea.

    >>> usual_mode("DE"), usual_mode("CN"), usual_mode("TR"), usual_mode("CY")
    ('road', 'sea', 'road', 'sea')
    """
    if country in {"CY", "MT", "IE"}:
        return "sea"
    by_road = {"CH", "GB", "TR", "RS", "BA", "ME", "MK", "AL", "NO", "LI", "MC", "AD", "SM", "UA", "MD"}
    return "road" if country in by_road or country in zone_countries(TerritoryKind.EU) else "sea"


def _rate(currency: str, assumptions: CostAssumptions) -> float:
    found = assumptions.rates.get(currency)
    return found.mid if found else 1.0
