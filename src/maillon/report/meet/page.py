"""The event as self-contained HTML: an overview with the hall plan, each person's agenda, the badges."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import segno
from jinja2 import DictLoader, Environment, StrictUndefined

from maillon.core.event import Event
from maillon.core.message import Message, message, plural_message
from maillon.language import render
from maillon.language.format import format_date, format_percent
from maillon.method.meet.status_words import STATUS_WORDS
from maillon.report.meet.outcome import Outcome, parties, people_by_firm, rows_of_person

_TEMPLATES = ("event.html", "agendas.html", "person.html", "badges.html", "event.css")


def event_page(outcome: Outcome, language: str) -> str:
    """Return the organiser's page: verdict, hall plan by slot, every agenda; no script, no address."""
    return _drawn(
        "event.html", outcome, language, sessions=_hall_plan(outcome), people=_people(outcome, language)
    )


def agendas_page(outcome: Outcome, language: str) -> str:
    """Return the agendas alone, one printed page a person."""
    return _drawn("agendas.html", outcome, language, people=_people(outcome, language))


def badges_page(outcome: Outcome, language: str, link: str = "maillon:") -> str:
    """Return ten badges of 90 × 54 mm a page; the QR code holds ``link`` followed by the person's code."""
    event = outcome.event
    badges = [
        {
            "name": event.persons[person].name,
            "role": event.persons[person].role,
            "firm": event.firms[event.persons[person].firm].name,
            "city": event.firms[event.persons[person].firm].city,
            "code": event.persons[person].code,
            "qr": segno.make(link + event.persons[person].code, micro=False, error="m").svg_data_uri(
                border=2
            ),
        }
        for person in people_by_firm(event)
    ]
    sheets = [badges[place : place + 10] for place in range(0, len(badges), 10)]
    return _drawn("badges.html", outcome, language, sheets=sheets)


def _drawn(name: str, outcome: Outcome, language: str, **shown: Any) -> str:
    event = outcome.event

    page = _environment(autoescape=True).get_template(name)
    return page.render(
        **shown,
        language=language,
        title=event.name or render(message("Business meetings"), language),
        when=", ".join(dict.fromkeys(format_date(slot.start.date(), language) for slot in event.slots)),
        place=event.place,
        invented=event.invented,
        figures=_figures(outcome, language),
        verdict=tell_verdict(outcome, language),
        css=_environment(autoescape=False).get_template("event.css").render(font=_font()),
        words={key: render(word, language) for key, word in _WORDS.items()},
    )


_WORDS: Mapping[str, Message] = {
    "hall": message("Hall plan"),
    "agendas": message("Agendas"),
    "place": message("Place"),
    "time": message("Time"),
    "with": message("With"),
    "free": message("free"),
    "kept": message("kept free"),
    "none": message("No meeting."),
    "invented": message("Invented event: no firm and no person of it is real."),
    "firms": message("Firms"),
}


def tell_verdict(outcome: Outcome, language: str) -> str:
    """Return in one sentence what is proven of the timetable."""
    agenda = outcome.agenda
    if agenda.breaks is None:
        return render(message("No timetable: {status}.", status=STATUS_WORDS[agenda.status]), language)
    sentence = message(
        "{status}: {breaks} breaks (at least {bound}), {moves} changes of table.",
        status=STATUS_WORDS[agenda.status],
        breaks=agenda.breaks,
        bound="?" if agenda.bound is None else agenda.bound,
        moves=agenda.moves,
    )
    return render(sentence, language)


def _figures(outcome: Outcome, language: str) -> list[tuple[str, str]]:
    event, agenda = outcome.event, outcome.agenda
    counted = [
        (str(len(agenda.appointments)), plural_message("meeting", "meetings", n=len(agenda.appointments))),
        (str(len(event.firms)), plural_message("firm", "firms", n=len(event.firms))),
        (str(len(event.persons)), plural_message("person", "persons", n=len(event.persons))),
        ("–" if agenda.breaks is None else str(agenda.breaks), message("breaks")),
    ]
    if outcome.proposal is not None and outcome.proposal.shares:
        worst = format_percent(outcome.proposal.worst, language)
        counted.append((worst, message("of its wishes for the worst-served firm")))
    return [(figure, render(word, language)) for figure, word in counted]


def _hall_plan(outcome: Outcome) -> list[dict[str, Any]]:
    """Return one grid a session: rows are places, columns slots."""
    event = outcome.event
    held = {(one.location, one.slot): one for one in outcome.agenda.appointments}
    plans = []
    for number, name in enumerate(event.sessions):
        slots = [rank for rank, slot in enumerate(event.slots) if slot.session == number]
        rows = [
            (place.code, [_cell(event, held.get((rank, slot)), slot) for slot in slots])
            for rank, place in enumerate(event.locations)
        ]
        starts = [f"{event.slots[slot].start:%H:%M}" for slot in slots]
        plans.append({"name": name, "starts": starts, "rows": rows})
    return plans


def _cell(event: Event, one: Any, slot: int) -> dict[str, Any]:
    if one is None:
        return {"firms": (), "group": "", "kept": event.slots[slot].buffer}
    return {"firms": parties(event, one), "group": one.group, "kept": False}


def _people(outcome: Outcome, language: str) -> list[dict[str, Any]]:
    event = outcome.event
    several = len({slot.start.date() for slot in event.slots}) > 1
    shown = []
    for person in people_by_firm(event):
        who = event.persons[person]
        rows = [
            {
                "day": format_date(row.slot.start.date(), language) if several else "",
                "start": f"{row.slot.start:%H:%M}",
                "end": f"{row.slot.end:%H:%M}",
                "place": row.place,
                "others": row.others,
                "group": row.group,
            }
            for row in rows_of_person(event, outcome.agenda, person)
        ]
        firm = event.firms[who.firm]
        shown.append({"code": who.code, "name": who.name, "firm": firm.name, "role": who.role, "rows": rows})
    return shown


@cache
def _font() -> str:
    font = (files("maillon.report") / "fonts" / "inter-latin-5.3.0.woff2").read_bytes()
    return "data:font/woff2;base64," + base64.b64encode(font).decode()


@cache
def _environment(*, autoescape: bool) -> Environment:
    folder = files("maillon.report") / "templates"
    sources = {name: (folder / name).read_text(encoding="utf-8") for name in _TEMPLATES}
    return Environment(
        loader=DictLoader(sources),
        autoescape=autoescape,  # noqa: S701 - off for the style sheet only, which holds no text of a file
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
