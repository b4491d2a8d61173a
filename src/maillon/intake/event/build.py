"""From the records of the tables to the event; what names nobody is set apart and said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from stdnum.fr import siren as siren_number
from stdnum.fr import siret as siret_number

from maillon.core.errors import InvalidRequest, NoTableFound
from maillon.core.event import (
    Event,
    Firm,
    Group,
    Location,
    Must,
    Origin,
    Pair,
    Person,
    Slot,
    Wish,
    pair_of,
)
from maillon.core.message import message
from maillon.intake.event.headings import FORBIDDEN, MUST, PROPOSED, SETTINGS, YES, folded
from maillon.intake.event.hours import away_slots, read_slots, slot_at
from maillon.intake.event.notes import Names, Notes
from maillon.intake.event.tables import Record, Tables

_APART = re.compile(r"\s*[;|\n]\s*")


@dataclass
class _Hall:
    """The firms, persons and booths while they are read."""

    firms: list[Firm] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    booths: list[Location] = field(default_factory=list)


def build_event(tables: Tables, notes: Notes) -> Event:
    """Return the event that the tables describe.

    Raises ``NoTableFound`` where sessions, participants or tables are not there.
    """
    settings = _settings(tables.get("settings", []))
    slots, sessions = read_slots(tables.get("sessions", []), notes)
    hall = _participants(tables.get("participants", []), slots, sessions, notes)
    if not hall.firms:
        raise NoTableFound(
            message("The file names no participant."),
            message("Add a table with the columns Entreprise, Nom, Type."),
        )
    names = Names([firm.name for firm in hall.firms])
    known = _Known(names, hall, slots, sessions, notes)
    musts, forbidden = _pairs(tables.get("pairs", []), known)
    return Event(
        name=settings.get("name", ""),
        slots=slots,
        sessions=sessions,
        firms=tuple(hall.firms),
        persons=tuple(hall.persons),
        locations=_locations(tables.get("locations", []), settings, hall),
        wishes=_wishes(tables.get("wishes", []), known),
        musts=musts,
        forbidden=forbidden,
        groups=_groups(tables.get("groups", []), known),
        caps=_caps(tables.get("caps", []), notes),
        spare=_spare(settings),
        place=settings.get("place", ""),
        invented=folded(settings.get("invented", "")) in YES,
    )


def _settings(records: Sequence[Record]) -> dict[str, str]:
    names = {word: key for key, words in SETTINGS.items() for word in (key, *words)}
    return {
        names[folded(record.get("key"))]: record.text("value")
        for record in records
        if folded(record.get("key")) in names
    }


def _spare(settings: Mapping[str, str]) -> int:
    text = settings.get("spare") or "0"
    if not text.isdigit():
        raise InvalidRequest(
            message("“{text}” is no number of spare slots.", text=text), message("Write a whole number.")
        )
    return int(text)


def _participants(
    records: Sequence[Record], slots: tuple[Slot, ...], sessions: tuple[str, ...], notes: Notes
) -> _Hall:
    hall = _Hall()
    ranks: dict[str, int] = {}
    for record in records:
        name = record.text("firm")
        if not folded(name):
            notes.set_apart(record, "no-firm", message("This row names no firm."))
            continue
        if folded(name) not in ranks:
            ranks[folded(name)] = len(hall.firms)
            code = f"E{len(hall.firms) + 1:03d}"
            hall.firms.append(Firm(code, name, folded(record.get("kind"))))
        rank = ranks[folded(name)]
        hall.firms[rank] = _told_more(hall.firms[rank], record, notes)
        if (booth := record.text("booth")) and all(one.firm != rank for one in hall.booths):
            hall.booths.append(Location(booth, rank))
        away, unread = away_slots(record.text("away"), slots, sessions)
        for part in unread:
            notes.warn(
                record,
                "absence-unread",
                message("The absence “{text}” was not understood.", text=part),
                message("Write a stretch of time, for example 9:00-10:30, or the name of a session."),
            )
        code = f"P{len(hall.persons) + 1:03d}"
        person = record.text("person") or name
        hall.persons.append(Person(code, rank, person, record.text("role"), away))
    return hall


def _told_more(firm: Firm, record: Record, notes: Notes) -> Firm:
    """Return the firm with what this row adds: a firm of several rows is told once or on each."""
    most = notes.count(record, "most")
    return Firm(
        firm.code,
        firm.name,
        firm.kind or folded(record.get("kind")),
        firm.city or record.text("city"),
        firm.most if most is None else most,
        firm.siret or _number_of_firm(record, notes),
        tuple(dict.fromkeys((*firm.needs, *_listed(record.text("needs"))))),
    )


def _number_of_firm(record: Record, notes: Notes) -> str:
    """Return the SIRET or SIREN of a row; one that cannot be is doubted and left out."""
    digits = re.sub(r"\D", "", record.text("siret"))
    if digits and not (siret_number.is_valid(digits) or siren_number.is_valid(digits)):
        notes.warn(
            record,
            "siret-wrong",
            message("“{text}” is neither a SIRET nor a SIREN number.", text=record.text("siret")),
            message("A SIRET has 14 digits, a SIREN 9; the last one checks the others."),
        )
        return ""
    return digits


def _listed(text: str) -> list[str]:
    """Return the parts of a cell that lists several, separated by semicolons, bars or lines."""
    return [part for part in _APART.split(text.strip()) if part]


def _locations(records: Sequence[Record], settings: Mapping[str, str], hall: _Hall) -> tuple[Location, ...]:
    count = settings.get("tables", "")
    tables = [Location(record.text("place"), None, folded(record.get("track"))) for record in records]
    if not tables and count.isdigit():
        tables = [Location(f"T{number + 1:02d}") for number in range(int(count))]
    held = [*tables, *hall.booths]
    if not held:
        raise NoTableFound(
            message("The file names no table and no booth."),
            message("Add the setting “Nombre de tables”, or a list of tables."),
        )
    twice = [code for code, times in Counter(one.code for one in held).items() if times > 1]
    if twice:
        raise InvalidRequest(
            message("The place “{name}” is named twice.", name=twice[0]), message("Give each its own name.")
        )
    return tuple(held)


@dataclass(frozen=True)
class _Known:
    """What the rows may name: firms, persons, slots, sessions; and where doubts go."""

    names: Names
    hall: _Hall
    slots: tuple[Slot, ...]
    sessions: tuple[str, ...]
    notes: Notes

    def firm(self, record: Record, column: str) -> int | None:
        """Return the firm that a cell names; else note it and return None."""
        text = record.text(column)
        return self.firm_named(record, text)

    def firm_named(self, record: Record, text: str) -> int | None:
        found = self.names.find(text)
        if found is None:
            what = message("No participant is called “{name}”.", name=text)
            self.notes.set_apart(record, "unknown-firm", what, self.names.near(text) if text else None)
        return found

    def two(self, record: Record, one: str, other: str) -> tuple[int, int] | None:
        """Return the two firms of a row, None (and a note) where they are not two firms."""
        first = self.firm(record, one)
        second = self.firm(record, other) if first is not None else None
        if first is None or second is None:
            return None
        if first == second:
            self.notes.set_apart(record, "same-firm", message("A firm does not meet itself."))
            return None
        return first, second

    def person(self, record: Record, firm: int) -> int | None:
        text = record.text("person")
        if not text:
            return None
        for rank, person in enumerate(self.hall.persons):
            if person.firm == firm and folded(person.name) == folded(text):
                return rank
        what = message("Nobody of {firm} is called “{name}”.", firm=self.hall.firms[firm].name, name=text)
        self.notes.warn(record, "unknown-person", what)
        return None

    def session(self, record: Record) -> int | None:
        text = folded(record.get("session"))
        for number, name in enumerate(self.sessions):
            if folded(name) == text:
                return number
        if text:
            what = message("No session is called “{name}”.", name=record.text("session"))
            self.notes.warn(record, "unknown-session", what)
        return None

    def slot(self, record: Record) -> int | None:
        """Return the slot that a row names; a time at which no meeting is planned is refused."""
        cell = record.get("time")
        if cell is None:
            return None
        found = slot_at(self.slots, cell)
        if found is None or self.slots[found].buffer:
            raise InvalidRequest(
                message("No meeting is planned at “{text}”.", text=record.text("time")),
                message(
                    "Write the start of a slot, for example {start}.", start=f"{self.slots[0].start:%H:%M}"
                ),
            )
        return found


def _wishes(records: Sequence[Record], known: _Known) -> tuple[Wish, ...]:
    wishes: dict[tuple[int, int, Origin], Wish] = {}
    order: Counter[int] = Counter()
    for record in records:
        firms = known.two(record, "asker", "asked")
        if firms is None:
            continue
        asker, asked = firms
        origin = Origin.PROPOSED if folded(record.get("origin")) in PROPOSED else Origin.ASKED
        order[asker] += origin is Origin.ASKED
        rank = known.notes.count(record, "rank", least=1) or max(1, order[asker])
        if (asker, asked, origin) in wishes:
            known.notes.set_apart(
                record, "wish-twice", message("This wish is written twice: the first counts.")
            )
            continue
        wishes[asker, asked, origin] = Wish(
            asker,
            asked,
            rank,
            origin,
            known.person(record, asked),
            known.session(record),
            folded(record.get("track")),
            _score(record, known.notes),
            record.text("why"),
        )
    return tuple(wishes.values())


def _score(record: Record, notes: Notes) -> float:
    """Return how well a proposal fits, 0 to 1 (a percentage too); 1 where the cell is empty or none."""
    text = record.text("score").replace(",", ".")
    if not text:
        return 1.0
    try:
        value = float(text.rstrip("% ")) / (100 if text.endswith("%") else 1)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        notes.warn(record, "not-a-score", message("“{text}” is not a score between 0 and 1.", text=text))
        return 1.0
    return value


def _pairs(records: Sequence[Record], known: _Known) -> tuple[tuple[Must, ...], frozenset[Pair]]:
    musts: dict[Pair, Must] = {}
    forbidden: set[Pair] = set()
    for record in records:
        rule, firms = folded(record.get("rule")), known.two(record, "one", "other")
        if firms is None:
            continue
        if rule in MUST:
            musts[pair_of(*firms)] = Must(pair_of(*firms), known.slot(record))
        elif rule in FORBIDDEN:
            forbidden.add(pair_of(*firms))
        else:
            known.notes.set_apart(
                record,
                "unknown-rule",
                message("“{text}” is no rule.", text=record.text("rule")),
                message("Write “obligatoire” or “interdit”."),
            )
    return tuple(musts.values()), frozenset(forbidden)


def _groups(records: Sequence[Record], known: _Known) -> tuple[Group, ...]:
    groups = []
    for place, record in enumerate(records, start=1):
        texts = [text for text in _APART.split(str(record.get("firms") or "")) if text.strip()]
        firms = [known.firm_named(record, text) for text in texts]
        there = tuple(dict.fromkeys(firm for firm in firms if firm is not None))
        if len(there) < 2:
            known.notes.set_apart(record, "small-group", message("A group meeting needs two known firms."))
            continue
        name = record.text("group") or str(place)
        groups.append(Group(name, there, known.slot(record), record.text("place")))
    return tuple(groups)


def _caps(records: Sequence[Record], notes: Notes) -> Mapping[tuple[str, str], int]:
    caps: dict[tuple[str, str], int] = {}
    for record in records:
        most = notes.count(record, "most")
        if most is not None:
            caps[folded(record.get("kind")) or "*", folded(record.get("other")) or "*"] = most
    return MappingProxyType(caps)
