"""What organisers and firms receive: JSON that comes back, safe tables, local times, pages, badges."""

import csv
import datetime as dt
import io
import zoneinfo
from dataclasses import replace

import pytest
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from factories.engines import try_everything
from factories.events import event
from maillon.core.errors import InvalidRequest, RefusedFile
from maillon.core.event import Group
from maillon.method.meet.propose import propose_meetings
from maillon.method.meet.schedule import schedule_event
from maillon.report.meet import Outcome, write_outcome
from maillon.report.meet.calendar import person_calendar
from maillon.report.meet.machine import agenda_csv, agenda_json, agenda_of_json
from maillon.report.meet.page import agendas_page, badges_page, event_page

MADE = dt.datetime(2026, 11, 20, 8, 30, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def outcome():
    asked = event("A>B A>C B>C D>A", count=4, sessions=2, place="Belfort", most={"D": 1})
    hostile = ('=HYPERLINK("x")', "<b>Tôle</b> & fils")
    firms = tuple(replace(firm, name=name) for firm, name in zip(asked.firms, hostile, strict=False))
    firms += asked.firms[2:]
    asked = replace(asked, firms=firms, groups=(Group("Casting", (0, 1, 2), 3),))
    chosen = propose_meetings(asked)
    agenda = schedule_event(asked, [m.pair for m in chosen.meetings], engine=try_everything)
    return Outcome(asked, agenda, chosen, MADE)


def test_the_timetable_comes_back_from_json(outcome):
    content = agenda_json(outcome.event, outcome.agenda)
    again = agenda_of_json(outcome.event, content)
    assert again.appointments == outcome.agenda.appointments
    assert (again.breaks, again.moves) == (outcome.agenda.breaks, outcome.agenda.moves)
    group = next(m for m in content["meetings"] if m["group"])
    assert (group["start"], group["end"], len(group["firms"])) == ("2026-11-26T11:30", "2026-11-26T11:50", 3)
    for nothing in ([], {"meetings": 3}, {"meetings": [{}]}):
        with pytest.raises(RefusedFile):
            agenda_of_json(outcome.event, nothing)


def test_tables_hold_no_formula(outcome, tmp_path):
    rows = list(csv.reader(io.StringIO(agenda_csv(outcome.event, outcome.agenda, "en")), delimiter=";"))
    assert rows[0][:5] == ["Date", "Start", "End", "Place", "Firm A"]
    assert len(rows) == len(outcome.agenda.appointments) + 1
    assert {row[4] for row in rows[1:] if "HYPERLINK" in row[4]} == {'\'=HYPERLINK("x")'}
    (path,) = write_outcome(outcome, tmp_path, language="en", formats=["xlsx"])
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["Timetable", "Hall plan", "Agendas", "Firms", "Decisions"]
    texts = [
        cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row
    ]
    assert '=HYPERLINK("x")' in texts
    assert "<f>" not in path.read_bytes().decode("latin-1")


def test_calendars_say_local_times_with_their_zone(outcome):
    calendar = Calendar.from_ical(person_calendar(outcome, 0, "en"))
    entries = calendar.walk("VEVENT")
    assert len(entries) == len(outcome.agenda.of_person(0))
    first = outcome.agenda.of_person(0)[0]
    start = outcome.event.slots[first.slot].start
    assert entries[0].decoded("dtstart") == start.replace(tzinfo=zoneinfo.ZoneInfo("Europe/Paris"))
    assert entries[0].decoded("dtstart").astimezone(dt.UTC).hour == start.hour - 1  # November: winter time
    assert entries[0]["location"].endswith("Belfort")
    assert len({str(entry["uid"]) for entry in entries}) == len(entries)


def test_the_zone_of_a_calendar_knows_summer_and_winter(outcome):
    calendar = Calendar.from_ical(person_calendar(outcome, 0, "en"))
    (zone,) = calendar.walk("VTIMEZONE")
    own, paris = zone.to_tz(), zoneinfo.ZoneInfo("Europe/Paris")
    for month, day in ((1, 15), (3, 28), (3, 30), (7, 14), (10, 24), (10, 26), (12, 1)):
        noon = dt.datetime(2026, month, day, 12)  # noqa: DTZ001 - local on purpose
        assert own.utcoffset(noon) == paris.utcoffset(noon)


def test_an_entry_keeps_its_identifier_when_the_meeting_moves(outcome):
    moved = replace(
        outcome.agenda,
        appointments=tuple(replace(one, slot=(one.slot + 1) % 4) for one in outcome.agenda.appointments),
    )
    uids = [
        {str(entry["uid"]) for entry in Calendar.from_ical(person_calendar(one, 0, "en")).walk("VEVENT")}
        for one in (outcome, replace(outcome, agenda=moved))
    ]
    assert uids[0] == uids[1]


def test_pages_escape_names_and_hold_every_appointment(outcome):
    page = event_page(outcome, "en")
    assert "<b>Tôle</b>" not in page
    assert "&lt;b&gt;Tôle&lt;/b&gt; &amp; fils" in page
    assert "<script" not in page
    assert page.count('<section class="person"') == len(outcome.event.persons)
    assert page.count('<td class="hour">') == sum(len(one.people) for one in outcome.agenda.appointments)
    assert "Casting" in agendas_page(outcome, "fr")


def test_badges_carry_a_code_each(outcome):
    page = badges_page(outcome, "en")
    assert page.count('class="badge"') == len(outcome.event.persons)
    assert page.count("data:image/svg+xml") == len(outcome.event.persons)


def test_a_pdf_has_one_page_a_person(outcome, tmp_path):
    from pypdf import PdfReader

    agendas, badges = write_outcome(outcome, tmp_path, language="en", formats=["pdf", "badges"])
    read = PdfReader(agendas)
    assert len(read.pages) == len(outcome.event.persons)
    assert all("Person " in page.extract_text() for page in read.pages)
    assert len(PdfReader(badges).pages) == 1


def test_an_unknown_format_is_answered(outcome, tmp_path):
    with pytest.raises(InvalidRequest, match="Unknown format: docx"):
        write_outcome(outcome, tmp_path, formats=["docx"])
