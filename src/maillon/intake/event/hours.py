"""The slots of an event, cut out of its sessions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise

from maillon.core.errors import InvalidRequest, NoTableFound
from maillon.core.event import Slot
from maillon.core.message import message
from maillon.intake.event.clock import clock_of, day_of, span_of
from maillon.intake.event.headings import folded
from maillon.intake.event.notes import Notes
from maillon.intake.event.tables import Record

_LENGTH = 20
_PARTS = re.compile(r"[;,\n]+")
#: More slots than this are a mistake: a whole week of five-minute meetings.
_MOST_SLOTS = 600


def read_slots(records: Sequence[Record], notes: Notes) -> tuple[tuple[Slot, ...], tuple[str, ...]]:
    """Return the slots in the order of time, and the names of the sessions.

    A session is cut into slots of its length (20 minutes unless told) with its changeover between them; a
    rest too short for a meeting is left. Raises ``NoTableFound`` where there is no session and
    ``InvalidRequest`` where one makes no sense.
    """
    sessions = sorted(
        (found for record in records if (found := _session(record, notes)) is not None),
        key=lambda one: one[0][0].start,
    )
    if not sessions:
        raise NoTableFound(
            message("The file names no session."),
            message("Add a table with the columns Session, Date, Début, Fin, Durée (min)."),
        )
    for (before, name), (after, other) in pairwise(sessions):
        if before[-1].end > after[0].start:
            raise InvalidRequest(
                message("The sessions “{one}” and “{other}” overlap.", one=name, other=other),
                message("Correct their times."),
            )
    slots = tuple(
        Slot(slot.start, slot.minutes, number, slot.buffer)
        for number, (held, _) in enumerate(sessions)
        for slot in held
    )
    if len(slots) > _MOST_SLOTS:
        raise InvalidRequest(
            message("The event has {n} slots, more than {most}.", n=len(slots), most=_MOST_SLOTS)
        )
    return slots, tuple(name for _, name in sessions)


def _session(record: Record, notes: Notes) -> tuple[list[Slot], str] | None:
    day, start, end = day_of(record.get("date")), clock_of(record.get("start")), clock_of(record.get("end"))
    name = record.text("session") or (f"{start:%H:%M}" if start else "")
    if start is None or end is None or day is None:
        notes.set_apart(
            record,
            "session-unread",
            message("The session “{name}” has no date, start or end that can be read.", name=name),
            message("Write for example 26/11/2026, 09:00 and 12:30."),
        )
        return None
    minutes = notes.count(record, "minutes", least=1) or _LENGTH
    gap = notes.count(record, "gap") or 0
    held = _cut(dt.datetime.combine(day, start), dt.datetime.combine(day, end), minutes, gap)
    if not held:
        raise InvalidRequest(
            message(
                "The session “{name}” is too short for one meeting of {n} minutes.", name=name, n=minutes
            ),
            message("Correct its times or the length of meetings."),
        )
    kept = {clock_of(part) for part in _PARTS.split(record.text("buffers")) if part.strip()}
    return [Slot(s.start, s.minutes, s.session, s.start.time() in kept) for s in held], name


def _cut(start: dt.datetime, end: dt.datetime, minutes: int, gap: int) -> list[Slot]:
    held = []
    while start + dt.timedelta(minutes=minutes) <= end:
        held.append(Slot(start, minutes, 0))
        start += dt.timedelta(minutes=minutes + gap)
    return held


def slot_at(slots: Sequence[Slot], cell: object) -> int | None:
    """Return the slot that begins at the time that a cell names; None where none does.

    With a date in the text the day counts too; without, the first day that has such a slot.
    """
    time, day = clock_of(cell), day_of(cell)
    if time is None or isinstance(cell, dt.datetime):
        day, time = (cell.date(), cell.time()) if isinstance(cell, dt.datetime) else (None, None)
    for rank, slot in enumerate(slots):
        if slot.start.time() == time and day in (None, slot.start.date()):
            return rank
    return None


def away_slots(
    text: str, slots: Sequence[Slot], sessions: Sequence[str]
) -> tuple[frozenset[int], tuple[str, ...]]:
    """Return the slots that an absence covers, and the parts of it that were not understood.

    Parts are apart by ``;`` or ``,``: a stretch ("9h00-10h30", with a date where the event has several days),
    a session by its name, or one clock time.
    """
    away: set[int] = set()
    unread = []
    for part in (piece.strip() for piece in _PARTS.split(text)):
        if not part:
            continue
        covered = _covered(part, slots, sessions)
        away |= covered or set()
        if covered is None:
            unread.append(part)
    return frozenset(away), tuple(unread)


def _covered(part: str, slots: Sequence[Slot], sessions: Sequence[str]) -> set[int] | None:
    names = {folded(name): number for number, name in enumerate(sessions)}
    if folded(part) in names:
        return {t for t, slot in enumerate(slots) if slot.session == names[folded(part)]}
    day = day_of(part)
    here = [t for t, slot in enumerate(slots) if day in (None, slot.start.date())]
    if (span := span_of(part)) is not None:
        return {t for t in here if slots[t].start.time() < span[1] and slots[t].end.time() > span[0]}
    if (time := clock_of(part)) is not None:
        return {t for t in here if slots[t].start.time() <= time < slots[t].end.time()}
    return set(here) if day is not None else None
