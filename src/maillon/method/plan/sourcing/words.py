"""The reasons of a sourcing plan in words, English msgids; figures are rounded as they are read."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from maillon.core.message import Message, message
from maillon.core.money import Money
from maillon.core.reason import Reason
from maillon.solve import Status

Params = Mapping[str, object]


def say_reason(reason: Reason) -> Message:
    """Return the sentence of a reason.

    >>> str(say_reason(Reason("cheaper", 1200.0, {"amount": 1200.0})))
    "It costs Money(amount=1200.0, currency='EUR') less a year."
    """
    return _SENTENCES[reason.code](reason.params)


def say_status(status: Status, gap: float) -> Message:
    """Return the verdict in words; a gap is named only where one was proved."""
    if status is Status.FEASIBLE and math.isfinite(gap):
        return message("A plan, at most {gap} % above the cheapest.", gap=round(100 * gap, 2))
    return _STATUS[status]


_STATUS: Mapping[Status, Message] = {
    Status.OPTIMAL: message("Proven optimal."),
    Status.FEASIBLE: message("A plan; how far from the cheapest is not known."),
    Status.INFEASIBLE: message("Proven infeasible."),
    Status.NOTHING: message("No solution was found within the limit."),
    Status.CANCELLED: message("Interrupted: the best plan so far."),
    Status.MEMORY: message("The search ran out of memory."),
    Status.FAILED: message("The search failed."),
}


def _euros(figure: object) -> Money:
    amount = float(str(figure))
    return Money(round(amount, 2 if abs(amount) < 10 else 0), "EUR")


_SENTENCES: dict[str, Callable[[Params], Message]] = {
    "cheaper": lambda p: message("It costs {amount} less a year.", amount=_euros(p["amount"])),
    "dearer": lambda p: message(
        "It costs {amount} more a year; a rule or another part needs it.", amount=_euros(p["amount"])
    ),
    "less_risk": lambda p: message("The weighed risk falls by {amount} a year.", amount=_euros(p["amount"])),
    "more_risk": lambda p: message("The weighed risk rises by {amount} a year.", amount=_euros(p["amount"])),
    "less_co2": lambda p: message("It emits {kg} kg of CO2 less a year.", kg=p["kg"]),
    "more_co2": lambda p: message("It emits {kg} kg of CO2 more a year.", kg=p["kg"]),
    "more_local": lambda p: message("Its local share rises by {points} points.", points=p["points"]),
    "less_local": lambda p: message("Its local share falls by {points} points.", points=p["points"]),
    "second_source": lambda p: message(
        "The part is critical: {sources} suppliers share it.", sources=p["sources"]
    ),
    "one_off": lambda p: message("Qualifying costs {amount} once.", amount=_euros(p["amount"])),
    "new_part": lambda p: message("What it costs today is not known: nothing to compare."),
    "forced_cost": lambda p: message(
        "Taking it would cost {amount} more a year.", amount=_euros(p["amount"])
    ),
    "forced_cost_at_most": lambda p: message(
        "Taking it would cost between {low} and {amount} more a year.",
        low=_euros(p["low"]),
        amount=_euros(p["amount"]),
    ),
    "forced_cost_below": lambda p: message(
        "Taking it would cost {amount} more a year at most.", amount=_euros(p["amount"])
    ),
    "forced_saves": lambda p: message(
        "Taking it would save {amount} a year: the plan at hand was not the cheapest.",
        amount=_euros(p["amount"]),
    ),
    "forced_impossible": lambda p: message("No plan that takes it meets the rules: proven."),
    "forced_unknown": lambda p: message(
        "No plan that takes it was found near this one; that proves nothing."
    ),
    "in_plan": lambda p: message("The plan takes it already."),
    "price_cut": lambda p: message("It enters if its price falls by {percent} %.", percent=p["percent"]),
    "price_cut_at_most": lambda p: message(
        "It enters if its price falls by {percent} %, perhaps by less.", percent=p["percent"]
    ),
    "binding_budget": lambda p: message("The budget would then be used up."),
    "binding_co2": lambda p: message("The CO2 cap would then be reached."),
    "binding_local": lambda p: message("The local target would then be met only just."),
    "binding_risk": lambda p: message("The limit of risk would then be reached."),
    "binding_capacity": lambda p: message("Supplier {supplier} would then be full.", supplier=p["supplier"]),
    "budget_buys": lambda p: message(
        "With {extra} more to pay once, the plan would cost {saving} less a year.",
        extra=_euros(p["extra"]),
        saving=_euros(p["saving"]),
    ),
    "budget_buys_about": lambda p: message(
        "With {extra} more to pay once, a plan found costs {saving} less a year; not proven.",
        extra=_euros(p["extra"]),
        saving=_euros(p["saving"]),
    ),
    "conflict_budget": lambda p: message("the budget of {limit}", limit=_euros(p["limit"])),
    "conflict_co2_cap": lambda p: message("the CO2 cap of {limit} kg a year", limit=p["limit"]),
    "conflict_local_target": lambda p: message("the local target of {limit} %", limit=p["limit"]),
    "conflict_risk_cap": lambda p: message("the limit of risk of {limit}", limit=_euros(p["limit"])),
    "conflict_critical": lambda p: message("the second source of critical parts"),
    "conflict_capacity": lambda p: message("the capacities of suppliers"),
    "conflict_forced": lambda p: message("the offers that you force"),
    "conflict_forbidden": lambda p: message("the offers that you forbid"),
    "relax_together": lambda _: message("No single change is enough; these are needed together:"),
    "relax_budget": lambda p: message(
        "With all other rules kept, the budget must be {needed} at least.", needed=_euros(p["needed"])
    ),
    "relax_co2_cap": lambda p: message(
        "With all other rules kept, the CO2 cap must be {needed} kg a year at least.", needed=p["needed"]
    ),
    "relax_local_target": lambda p: message(
        "With all other rules kept, the local share reaches {needed} % at most.", needed=p["needed"]
    ),
    "relax_risk_cap": lambda p: message(
        "With all other rules kept, the limit of risk must be {needed} at least.", needed=_euros(p["needed"])
    ),
    "notice_delays": lambda p: message(
        "The move waits for the notice of {months} months owed to {supplier}.",
        months=p["months"],
        supplier=p["supplier"],
    ),
    "budget_delays": lambda p: message(
        "It starts in quarter {quarter}: the budget allows no sooner.", quarter=p["quarter"]
    ),
    "not_within": lambda p: message(
        "The budget does not reach it within {quarters} quarters.", quarters=p["quarters"]
    ),
    "depends_on_you": lambda p: message(
        "{supplier} would owe you {percent} % of its turnover.", supplier=p["supplier"], percent=p["percent"]
    ),
}
