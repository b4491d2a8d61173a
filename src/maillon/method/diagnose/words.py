"""The sentence of each reason, so that reports and commands say it in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from maillon.core.message import Message, message, plural_message
from maillon.core.reason import Reason

Params = Mapping[str, object]


def reason_message(reason: Reason) -> Message:
    """Return the sentence of a reason of this step; ``KeyError`` for a code that the step does not give.

    >>> str(reason_message(Reason("zero_price", params={"n": 3})))
    '3 lines have a price of zero: they weigh nothing.'
    """
    return SENTENCES[reason.code](reason.params)


def _n(params: Params) -> int:
    n = params["n"]
    if not isinstance(n, int):
        raise TypeError(f"a count is a whole number, not {n!r}")
    return n


def _percent(share: object) -> float:
    return round(100 * float(str(share)), 1)


_PRICES: Mapping[str, Callable[[Params], Message]] = {
    "currency_assumed": lambda p: plural_message(
        "{n} price has no currency: {currency} is assumed.",
        "{n} prices have no currency: {currency} is assumed.",
        n=_n(p),
        currency=p["currency"],
    ),
    "currency_converted": lambda p: plural_message(
        "{n} price in a foreign currency was converted at the rate given.",
        "{n} prices in a foreign currency were converted at the rates given.",
        n=_n(p),
    ),
    "currency_unconverted": lambda p: plural_message(
        "{n} price in a foreign currency has no rate: its line is left out of the values.",
        "{n} prices in a foreign currency have no rate: their lines are left out of the values.",
        n=_n(p),
    ),
    "vat_removed": lambda p: plural_message(
        "{n} price was known only with VAT: a rate of {rate}% was taken out.",
        "{n} prices were known only with VAT: a rate of {rate}% was taken out.",
        n=_n(p),
        rate=_percent(p["rate"]),
    ),
    "negative_set_aside": lambda p: plural_message(
        "{n} line has a negative figure: that figure is set aside.",
        "{n} lines have a negative figure: these figures are set aside.",
        n=_n(p),
    ),
    "absurd_set_aside": lambda p: plural_message(
        "{n} line has a figure too large to be meant: that figure is set aside.",
        "{n} lines have a figure too large to be meant: these figures are set aside.",
        n=_n(p),
    ),
    "absurd_quantities": lambda p: plural_message(
        "{n} quantity multiplies into more parts than a product can hold: it counts as unknown.",
        "{n} quantities multiply into more parts than a product can hold: they count as unknown.",
        n=_n(p),
    ),
    "quantity_missing": lambda p: plural_message(
        "{n} line has no quantity: its value and mass are unknown.",
        "{n} lines have no quantity: their value and mass are unknown.",
        n=_n(p),
    ),
    "zero_price": lambda p: plural_message(
        "{n} line has a price of zero: it weighs nothing.",
        "{n} lines have a price of zero: they weigh nothing.",
        n=_n(p),
    ),
    "price_range": lambda p: plural_message(
        "{n} price is a range: the bounds hold over all of it.",
        "{n} prices are ranges: the bounds hold over all of them.",
        n=_n(p),
    ),
    "annual_quantities": lambda _: message("Amounts are per year: the file gives yearly quantities."),
    "annual_quantities_unused": lambda p: plural_message(
        "{n} line has a yearly quantity, the others of the top level have none: amounts are for one product.",
        "{n} lines have a yearly quantity, others of the top level have none: amounts are for one product.",
        n=_n(p),
    ),
    "several_prices": lambda p: plural_message(
        "{n} item has several prices: they are taken as a range.",
        "{n} items have several prices: they are taken as ranges.",
        n=_n(p),
    ),
    "price_below_parts": lambda p: plural_message(
        "{n} assembly costs less than its parts: its price is set aside, its parts count.",
        "{n} assemblies cost less than their parts: their prices are set aside, their parts count.",
        n=_n(p),
    ),
    "own_value_missing": lambda p: plural_message(
        "{n} assembly says nothing of the work done on it: it is worth its parts.",
        "{n} assemblies say nothing of the work done on them: they are worth their parts.",
        n=_n(p),
    ),
    "partly_priced": lambda p: plural_message(
        "{n} assembly bought whole has no price: it is worth those of its parts that have one.",
        "{n} assemblies bought whole have no price: they are worth those of their parts that have one.",
        n=_n(p),
    ),
}

_ORIGINS: Mapping[str, Callable[[Params], Message]] = {
    "bounds_evidence": lambda p: _EVIDENCE[str(p["level"])],
    "expected_like_known": lambda p: message(
        "The central estimate takes a line of unknown origin to be like the known lines of its family, "
        "from {lines} known lines up, else like all known lines.",
        lines=p["lines"],
    ),
    "expected_hidden_below": lambda p: message(
        "The central estimate is hidden where less than {coverage}% of the total is established.",
        coverage=_percent(p["coverage"]),
    ),
    "count_by_line": lambda _: message(
        "The count takes each bought line once, whatever its quantity; an assembly bought whole is one line."
    ),
    "radius_as_the_crow_flies": lambda _: message("Distances are as the crow flies."),
    "weak_evidence": lambda p: plural_message(
        "{n} origin is too weakly known for the bounds: it only guides the central estimate.",
        "{n} origins are too weakly known for the bounds: they only guide the central estimate.",
        n=_n(p),
    ),
    "contradictory_origin": lambda p: plural_message(
        "{n} item has two equally documented origins: it counts as unknown.",
        "{n} items have two equally documented origins: they count as unknown.",
        n=_n(p),
    ),
    "cyclic_lines": lambda p: plural_message(
        "{n} line belongs to an assembly that contains itself: it is left out.",
        "{n} lines belong to an assembly that contains itself: they are left out.",
        n=_n(p),
    ),
    "variants_added": lambda p: plural_message(
        "The file holds {n} variant.", "The file holds {n} variants: they are added up.", n=_n(p)
    ),
}

_EVIDENCE: Mapping[str, Message] = {
    "documented": message("The bounds rest on documented origins only."),
    "declared": message("The bounds rest on documented or declared origins; inferred ones count as unknown."),
    "inferred": message("The bounds rest on documented, declared or inferred origins."),
    "unknown": message("The bounds take every origin at its word."),
}

_QUESTIONS: Mapping[str, Callable[[Params], Message]] = {
    "threshold_reached": lambda _: message("The threshold is reached whatever the unknown origins are."),
    "threshold_out_of_reach": lambda _: message(
        "The threshold is out of reach whatever the unknown origins are."
    ),
    "unaskable_lines": lambda p: plural_message(
        "{n} line of unknown origin has no known supplier to ask ({share}% of the spend).",
        "{n} lines of unknown origin have no known supplier to ask ({share}% of the spend).",
        n=_n(p),
        share=_percent(p["share"]),
    ),
    "only_reached_provable": lambda _: message(
        "Answers can only prove that the threshold is reached, not that it is out of reach."
    ),
    "only_not_reached_provable": lambda _: message(
        "Answers can only prove that the threshold is out of reach, not that it is reached."
    ),
    "identify_suppliers_first": lambda _: message(
        "Asking every known supplier cannot settle it: find out first who sells the other lines."
    ),
}

_CHECK: Mapping[str, Callable[[Params], Message]] = {
    "no_value": lambda _: message("No line has a value: the unit cost price cannot be computed."),
    "own_cost_missing": lambda _: message(
        "The file holds no cost of the firm itself (labour, energy, research, packaging): "
        "the share covers the parts alone."
    ),
    "too_few_prices": lambda p: message(
        "Only {priced}% of the bought lines have a price; {least}% are needed to conclude.",
        priced=_percent(p["priced"]),
        least=_percent(p["least"]),
    ),
    "cost_share_met": lambda p: message(
        "At least {min}% of the unit cost price is acquired in France; {required}% are required.",
        **_ends(p),
    ),
    "cost_share_open": lambda p: message(
        "Between {min}% and {max}% of the unit cost price is acquired in France; {required}% are required.",
        **_ends(p),
    ),
    "cost_share_not_met": lambda p: message(
        "At most {max}% of the unit cost price is acquired in France; {required}% are required.", **_ends(p)
    ),
    "own_cost_needed": lambda p: message(
        "The parts alone reach at most {max}%: {amount} of labour, energy, research and packaging in France "
        "would be needed to reach {required}%.",
        amount=p["amount"],
        **_ends(p),
    ),
    "excluded_from_cost": lambda p: plural_message(
        "{n} line of logistics, marketing or communication does not count.",
        "{n} lines of logistics, marketing or communication do not count.",
        n=_n(p),
    ),
    "not_a_legal_origin": lambda _: message(
        "This is a preparation, not an origin: only a certifier grants the label, and only the customs say "
        "what “made in France” means for the product."
    ),
    "essential_characteristics": lambda _: message(
        "A person must state, with evidence, where the product takes on its essential characteristics: "
        "which operations, at which site, with which equipment."
    ),
    "imf_product": lambda _: message("Describe the product and give its customs code (CN, 8 digits)."),
    "imf_steps": lambda _: message("List the operations in order, with the site of each."),
    "imf_ex_works_price": lambda _: message("Give the ex-works price and its breakdown."),
    "imf_codes_missing": lambda p: plural_message(
        "Give the customs code of {n} bought line out of {of}.",
        "Give the customs code of {n} bought lines out of {of}.",
        n=_n(p),
        of=p["of"],
    ),
    "imf_origins_missing": lambda p: plural_message(
        "Find the origin of {n} bought line out of {of}.",
        "Find the origin of {n} bought lines out of {of}.",
        n=_n(p),
        of=p["of"],
    ),
    "imf_origins_to_document": lambda p: plural_message(
        "Document the origin of {n} bought line out of {of}: a supplier's declaration, an invoice.",
        "Document the origin of {n} bought lines out of {of}: suppliers' declarations, invoices.",
        n=_n(p),
        of=p["of"],
    ),
    "imf_values_missing": lambda p: plural_message(
        "Give the price of {n} bought line out of {of}.",
        "Give the price of {n} bought lines out of {of}.",
        n=_n(p),
        of=p["of"],
    ),
}

_COMPARISON: Mapping[str, Callable[[Params], Message]] = {
    "changes_independent": lambda _: message(
        "The bounds of a change take the unknown origins of either side as independent."
    ),
    "currencies_differ": lambda _: message("The two sides are in different currencies."),
    "periods_differ": lambda _: message("One side is per year, the other for one product."),
}


def _ends(params: Params) -> dict[str, float]:
    return {name: _percent(params[name]) for name in ("min", "max", "required")}


#: Every reason that this step can give.
SENTENCES: Mapping[str, Callable[[Params], Message]] = {
    **_PRICES,
    **_ORIGINS,
    **_QUESTIONS,
    **_CHECK,
    **_COMPARISON,
}
