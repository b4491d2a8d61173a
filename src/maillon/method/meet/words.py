"""Reasons in words: why a meeting is held, why another is not, what is wrong with a timetable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from maillon.core.event import Event
from maillon.core.message import Message, message, plural_message
from maillon.core.reason import Reason
from maillon.method.meet.violation_words import PROBLEM_VIOLATIONS, VIOLATIONS

_Params = Mapping[str, Any]


def tell_reason(event: Event, reason: Reason) -> Message:
    """Return why a meeting is held or refused, in words that name the firms."""
    return _REASONS[reason.code](event, reason.params)


def tell_violation(event: Event, reason: Reason) -> Message:
    """Return what is wrong with a timetable, in words that name who, when and where."""
    told = {**reason.params, **_names(event, reason.params)}
    sentence = VIOLATIONS[reason.code]
    return Message(sentence.msgid, told)


def tell_problem_violation(reason: Reason) -> Message:
    """Return what is wrong with a timetable of numbered participants, all counted from 1 as in the file."""
    ranks = {"person", "slot", "meeting", "before", "location"}
    params: _Params = reason.params
    told = {name: value + 1 if name in ranks else value for name, value in params.items()}
    return Message(PROBLEM_VIOLATIONS[reason.code].msgid, told)


def _names(event: Event, params: _Params) -> dict[str, object]:
    """Return what the ranks in the parameters of a violation stand for."""
    told: dict[str, object] = {}
    if "person" in params:
        told["person"] = event.persons[params["person"]].name
    if "slot" in params:
        told["slot"] = f"{event.slots[params['slot']].start:%H:%M}"
    if "location" in params:
        told["location"] = event.locations[params["location"]].code
    if "firms" in params:
        told["firms"] = ", ".join(event.firms[rank].name for rank in params["firms"])
    if "firm" in params:
        told["firm"] = event.firms[params["firm"]].name
    return told


def _asked(event: Event, params: _Params) -> Message:
    names = {"asker": event.firms[params["asker"]].name, "asked": event.firms[params["asked"]].name}
    if params["why"]:
        return message(
            "{asker} asks for {asked}, choice {rank}: {why}.", rank=params["rank"], why=params["why"], **names
        )
    return message("{asker} asks for {asked}, choice {rank}.", rank=params["rank"], **names)


def _proposed(event: Event, params: _Params) -> Message:
    names = {"asker": event.firms[params["asker"]].name, "asked": event.firms[params["asked"]].name}
    if params["why"]:
        return message("{asked} may answer a need of {asker}: {why}.", why=params["why"], **names)
    return message("{asked} may answer a need of {asker}.", **names)


def _full(event: Event, params: _Params) -> Message:
    return plural_message(
        "{firm} already has its meeting, one that weighs more.",
        "{firm} already has its {n} meetings, which weigh more together.",
        n=params["room"],
        firm=event.firms[params["who"]].name,
    )


def _kind_full(event: Event, params: _Params) -> Message:
    firm = event.firms[params["who"]].name
    return message(
        "{firm} already has its {room} meetings with firms of type “{kind}”.",
        firm=firm,
        room=params["room"],
        kind=params["other"],
    )


def _person_full(event: Event, params: _Params) -> Message:
    return message(
        "{person}, who is asked for by name, has no slot left ({room}).",
        person=event.persons[params["who"]].name,
        room=params["room"],
    )


def _said(sentence: Message) -> Callable[[Event, _Params], Message]:
    return lambda event, params: sentence


_REASONS: Mapping[str, Callable[[Event, _Params], Message]] = {
    "must": _said(message("The organiser wants this meeting.")),
    "both-asked": _said(message("Both firms ask for it.")),
    "asked": _asked,
    "proposed": _proposed,
    "forbidden": _said(message("The organiser forbids this meeting.")),
    "no-common-slot": _said(message("The two firms are never there at the same time.")),
    "session": _said(message("One of them is away in the session asked for.")),
    "away-at-slot": _said(message("One of them is away at the time that the organiser wants.")),
    "hall-full": lambda event, params: message("All {room} places of the tables are taken.", **params),
    "firm-full": _full,
    "kind-full": _kind_full,
    "person-full": _person_full,
    "traded": _said(message("Another meeting serves a firm that would else be served worst.")),
}
