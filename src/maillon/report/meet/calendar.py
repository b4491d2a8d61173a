"""A person's agenda as iCalendar (RFC 5545), with the rules of its time zone."""

from __future__ import annotations

import datetime as dt
import uuid
import zoneinfo

from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar import Event as Entry
from icalendar.prop import vRecur

from maillon.core.message import message
from maillon.language import render
from maillon.report.meet.outcome import Outcome, Row, rows_of_person

#: Zones with the clock of France since 1996: it changes on the last Sundays of March and October, at 1:00 UTC
#: (directive 2000/84/EC).
_AS_PARIS = frozenset({"Europe/Paris", "Europe/Berlin", "Europe/Brussels", "Europe/Madrid", "Europe/Rome"})
_SPACE = uuid.UUID("6f0f4c52-3d0b-5f0e-9a57-0d5a7e2c9b11")


def person_calendar(outcome: Outcome, person: int, language: str) -> bytes:
    """Return the calendar of one person.

    An entry keeps its identifier when the meeting moves, so that a second import replaces the first.
    """
    event = outcome.event
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Maillon//meet//FR")
    calendar.add("x-wr-calname", event.name)
    calendar.add_component(_zone(event.zone, event.slots[0].start.year))
    for row in rows_of_person(event, outcome.agenda, person):
        calendar.add_component(_entry(outcome, person, row, language))
    made: bytes = calendar.to_ical()
    return made


def _entry(outcome: Outcome, person: int, row: Row, language: str) -> Entry:
    event, zone = outcome.event, zoneinfo.ZoneInfo(outcome.event.zone)
    firms = ", ".join(firm for _, firm, _ in row.others)
    people = "\n".join(f"{name}, {firm}" + (f" ({role})" if role else "") for name, firm, role in row.others)
    entry = Entry()
    key = "|".join([event.name, event.persons[person].code, row.group, *(name for name, _, _ in row.others)])
    entry.add("uid", str(uuid.uuid5(_SPACE, key)))
    entry.add("dtstamp", outcome.made.astimezone(dt.UTC))
    entry.add("sequence", int(outcome.made.timestamp()) // 60 % 2**31)
    entry.add("dtstart", row.slot.start.replace(tzinfo=zone))
    entry.add("dtend", row.slot.end.replace(tzinfo=zone))
    entry.add("summary", row.group or render(message("Meeting with {firms}", firms=firms), language))
    entry.add("location", ", ".join(part for part in (row.place, event.place) if part))
    entry.add("description", people)
    return entry


def _zone(name: str, year: int) -> Timezone:
    if name not in _AS_PARIS:
        return Timezone.from_tzid(name, first_date=dt.date(year - 1, 1, 1), last_date=dt.date(year + 2, 1, 1))
    zone = Timezone()
    zone.add("tzid", name)
    for part, month, hour, before, after, word in (
        (TimezoneDaylight(), 3, 2, 1, 2, "CEST"),
        (TimezoneStandard(), 10, 3, 2, 1, "CET"),
    ):
        part.add("dtstart", dt.datetime(1996, month, 31 if month == 3 else 27, hour))  # noqa: DTZ001 - local
        part.add("tzoffsetfrom", dt.timedelta(hours=before))
        part.add("tzoffsetto", dt.timedelta(hours=after))
        part.add("tzname", word)
        part.add("rrule", vRecur({"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"}))
        zone.add_component(part)
    return zone
