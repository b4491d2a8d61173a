"""Items, layers and reasons of a cost in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from maillon.core.message import Message, message, plural_message
from maillon.core.money import Money
from maillon.core.reason import Reason
from maillon.method.cost.layers import Layer

ITEM_LABELS: Mapping[str, Message] = {
    "price": message("Quoted price"),
    "packaging": message("Packaging"),
    "freight": message("Freight to pay on top"),
    "air_freight_routine": message("Part sent by air"),
    "insurance": message("Transport insurance"),
    "duty": message("Customs duty"),
    "anti_dumping": message("Anti-dumping duty"),
    "cbam": message("Carbon at the border (CBAM)"),
    "fees": message("Orders, agents and customs papers"),
    "handling": message("Reception and handling"),
    "tooling": message("Tooling"),
    "prototype": message("First articles"),
    "travel_startup": message("Visits before start"),
    "travel_audit": message("Visits and audits"),
    "payment_terms": message("Payment terms"),
    "pipeline": message("Stock on order and on the way"),
    "cycle": message("Stock of the lots"),
    "safety": message("Safety stock"),
    "obsolescence": message("Stock written off"),
    "quality": message("Defects"),
    "disruption": message("Stops of supply"),
    "stockout": message("Sales lost for want of parts"),
    "emergency_air": message("Rescue by air"),
    "liability": message("Product liability"),
    "ip_risk": message("Copying"),
    "supplier_stability": message("Failure of the supplier"),
    "political_instability": message("Political events"),
    "currency": message("Exchange rate"),
    "drift": message("Rise of wages and currency"),
    "innovation_distance": message("Development slowed by distance"),
    "customer_response": message("Slow answer to customers"),
    "brand": message("Worth of a local origin"),
}

LAYER_LABELS: Mapping[Layer, Message] = {
    Layer.CASH: message("Paid"),
    Layer.STOCK: message("Tied up in stock"),
    Layer.RISK: message("Expected losses"),
    Layer.STRATEGIC: message("Strategy"),
}


def item_label(code: str) -> Message:
    """Return the name of an item.

    >>> str(item_label("cbam"))
    'Carbon at the border (CBAM)'
    """
    return ITEM_LABELS[code]


def reason_message(reason: Reason) -> Message:
    """Return the sentence of a reason or next action of a cost; ``KeyError`` for a code that is none."""
    return _SENTENCES[reason.code](reason)


def _percent(share: object) -> int:
    return math.ceil(100 * float(str(share)))


def _item_gap(reason: Reason) -> Message:
    slots: dict[str, object] = {"item": item_label(str(reason.params["item"]))}
    slots |= {name: _money(reason.params[name]) for name in ("imported", "local")}
    if reason.weight > 0:
        return message("{item}: {imported} a piece imported, {local} local, in favour of local.", **slots)
    return message("{item}: {imported} a piece imported, {local} local, in favour of the import.", **slots)


def _money(value: object) -> Money:
    return Money(round(float(str(value)), 2), "EUR")


_SENTENCES: Mapping[str, Callable[[Reason], Message]] = {
    "quotation_expired": lambda r: message(
        "The quotation was valid until {until}: have it confirmed.", until=r.params["until"]
    ),
    "incoterm_assumed": lambda r: message(
        "No Incoterm is given: the price is taken as FCA, the buyer paying the whole transport."
    ),
    "lot_beyond_year": lambda r: message(
        "The smallest lot covers {years} years of need.", years=round(float(str(r.params["years"])), 1)
    ),
    "lot_raised": lambda r: message(
        "The wanted lot of {wanted} is raised to {lot}, the smallest that can be ordered.",
        wanted=r.params["wanted"],
        lot=r.params["lot"],
    ),
    "hypotheses": lambda r: plural_message(
        "{n} factor is a hypothesis: replace it where you know better.",
        "{n} factors are hypotheses: replace those where you know better.",
        n=int(str(r.params["n"])),
    ),
    "local_price_unknown": lambda r: message(
        "No local price is known: only the price at which both cost the same is computed."
    ),
    "local_cheaper_surely": lambda r: message(
        "Local costs less whatever the hypotheses: {gap} a piece.", gap=_money(r.weight)
    ),
    "local_cheaper": lambda r: message(
        "Local costs less at the middle of the ranges: {gap} a piece; the ranges overlap.",
        gap=_money(r.weight),
    ),
    "import_cheaper": lambda r: message(
        "The import costs less at the middle of the ranges: {gap} a piece.", gap=_money(-r.weight)
    ),
    "item_gap": _item_gap,
    "ask_local_quotation": lambda r: message(
        "Ask local makers for a quotation; below {price} a piece they cost no more than the import.",
        price=_money(r.params["price"]),
    ),
    "negotiate_local": lambda r: message(
        "Negotiate {cut} % off the local price, down to {price}, or volumes, tooling and lots.",
        cut=_percent(r.params["cut"]),
        price=_money(r.params["price"]),
    ),
    "check_hypothesis": lambda r: message(
        "Check first “{item}” of {supplier}: it is a hypothesis, and it weighs most in the doubt.",
        item=item_label(str(r.params["item"])),
        supplier=r.params["supplier"],
    ),
    "order_first_article": lambda r: message("Order a first article from the local maker."),
}
