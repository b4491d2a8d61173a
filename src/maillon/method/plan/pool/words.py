"""The reasons of a pool in words, English msgids; figures are rounded as they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from maillon.core.message import Message, message, plural_message
from maillon.core.money import Money
from maillon.core.reason import Reason

Params = Mapping[str, object]


def say_reason(reason: Reason) -> Message:
    """Return the sentence of a reason.

    >>> str(say_reason(Reason("below_minimum", 1.0, {"volume": 800.0, "minimum": 1000.0})))
    'All needs together make 800, below the smallest volume of 1000.'
    """
    return _SENTENCES[reason.code](reason.params)


def euros(figure: object) -> Money:
    """Return an amount rounded as it is read: to the euro, below ten euros to the cent."""
    amount = float(str(figure))
    return Money(round(amount, 2 if abs(amount) < 10 else 0), "EUR")


def _whole(figure: object) -> int:
    return round(float(str(figure)))


def _percent(figure: object) -> int:
    return round(100 * float(str(figure)))


_LINE: dict[str, Callable[[Params], Message]] = {
    "pays_for_itself": lambda p: message(
        "It saves {saving} a year against today, its own costs paid.", saving=euros(p["saving"])
    ),
    "above_minimum": lambda p: message(
        "At full speed it makes {volume}; it needs {minimum} at least.",
        volume=_whole(p["volume"]),
        minimum=_whole(p["minimum"]),
    ),
    "line_full": lambda p: message(
        "It is full: {capacity} a year is all it can make.", capacity=_whole(p["capacity"])
    ),
    "makes_none_of_these": lambda p: message("It makes none of these needs, or cannot deliver them."),
    "below_minimum": lambda p: message(
        "All needs together make {volume}, below the smallest volume of {minimum}.",
        volume=_whole(p["volume"]),
        minimum=_whole(p["minimum"]),
    ),
    "another_is_cheaper": lambda p: message("Alone it would pay for itself; other lines cost less in all."),
    "does_not_pay": lambda p: message(
        "It would cost {loss} a year more than today’s purchases.", loss=euros(p["loss"])
    ),
}
_MEMBER: dict[str, Callable[[Params], Message]] = {
    "pays_no_more_than_alone": lambda p: message("It pays no more than on its own."),
    "saving_unsure": lambda p: message(
        "At the lowest of its prices today it would lose {loss} a year.", loss=euros(p["loss"])
    ),
    "no_line_makes_it": lambda p: message("No line makes what it specifies."),
    "place_unknown": lambda p: message("Its place is not known, hence neither is the cost of transport."),
    "dearer_than_today": lambda p: message(
        "The cheapest line would deliver at {price}, it pays {today} today.",
        price=euros(p["price"]),
        today=euros(p["today"]),
    ),
    "not_worth_a_line": lambda p: message("No line that would suit it is set up, or the line is full."),
}
_POOL: dict[str, Callable[[Params], Message]] = {
    "no_candidate_line": lambda p: message("No candidate line makes this family: a gap to fill."),
    "no_line_viable": lambda p: message(
        "No line is viable with today’s needs; see what each one is missing."
    ),
    "lines_viable": lambda p: plural_message(
        "{n} line is worth setting up.", "{n} lines are worth setting up.", n=_whole(p["n"])
    ),
}
_PUBLISHING: dict[str, Callable[[Params], Message]] = {
    "too_few_groups": lambda p: message(
        "Fewer than {fewest} groups of firms consent to be counted.", fewest=_whole(p["fewest"])
    ),
    "one_dominates": lambda p: message(
        "One group makes more than {most} % of the quantity or of the value.", most=_percent(p["most"])
    ),
    "one_can_be_guessed": lambda p: message(
        "A member could guess another’s figure within {within} %.", within=_percent(p["within"])
    ),
    "needs_sign_off": lambda p: message("The competition check awaits its sign-off."),
    "markets_unknown": lambda p: message(
        "Where some firms sell is not known: they are treated as competitors."
    ),
    "selling_share_unknown": lambda p: message("Their combined share where they sell is not known."),
    "buying_share_unknown": lambda p: message("Their combined share where they buy is not known."),
    "selling_share_high": lambda p: message(
        "They hold together {share} % of a market where they sell, above {safe} %.",
        share=_percent(p["share"]),
        safe=_percent(p["safe"]),
    ),
    "buying_share_high": lambda p: message(
        "They hold together {share} % of the market where they buy, above {safe} %.",
        share=_percent(p["share"]),
        safe=_percent(p["safe"]),
    ),
}
_SENTENCES = _LINE | _MEMBER | _POOL | _PUBLISHING
