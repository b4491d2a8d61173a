"""Events from files to results on the terminal, in JSON and in a folder."""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from maillon.cli.terminal import Say, emit_json, progress, show, table
from maillon.core.errors import InvalidRequest, MaillonError, RefusedFile
from maillon.core.event import Event, Pair
from maillon.core.message import Message, message, plural_message
from maillon.intake.event import read_event
from maillon.intake.event.headings import folded
from maillon.method.meet.agenda import Agenda
from maillon.method.meet.obstacle_words import callings_of_event, tell_obstacle
from maillon.method.meet.propose import Meeting, Proposal, Refusal, lost_weight, propose_meetings
from maillon.method.meet.schedule import schedule_event
from maillon.method.meet.status_words import STATUS_WORDS
from maillon.method.meet.verify import verify_agenda
from maillon.method.meet.words import tell_reason, tell_violation
from maillon.report.meet import Outcome, write_outcome
from maillon.report.meet.machine import agenda_json, agenda_of_json
from maillon.report.meet.outcome import parties

_DOUBTS_SHOWN = 20
Voice = tuple[str, Say, bool]


def open_event(files: Sequence[Path], say: Say, quiet: bool, search: bool = False) -> Event:
    """Read the event; say what was doubtful on standard error.

    With ``search``, the needs of participants are searched among the others in the company register.
    """
    with progress(say(message("Reading")), quiet=quiet) as step:
        reading = read_event(files, progress=step)
    for doubt in reading.doubts[:_DOUBTS_SHOWN]:
        words = [doubt.sheet, doubt.cell, say(doubt.what), say(doubt.proposal) if doubt.proposal else ""]
        typer.secho(" ".join(filter(None, words)), err=True, fg=typer.colors.YELLOW)
    left = len(reading.doubts) - _DOUBTS_SHOWN
    if left > 0:
        typer.echo(say(message("… and {n} more doubts.", n=left)), err=True)
    return _with_proposals(reading.event, say, quiet) if search else reading.event


def _with_proposals(event: Event, say: Say, quiet: bool) -> Event:
    from maillon.pipeline import propose_wishes
    from maillon.reference.register import open_register

    with progress(say(message("Searching needs among participants")), quiet=quiet) as step:
        proposed, count = propose_wishes(event, open_register(), step)
    told = plural_message(
        "{n} meeting proposed from a need and a skill.",
        "{n} meetings proposed from a need and a skill.",
        n=count,
    )
    typer.echo(say(told), err=True)
    return proposed


def find_pair(event: Event, text: str) -> Pair:
    """Return the two firms of “A / B”; ``InvalidRequest`` where they are not two firms of the event."""
    names = {folded(firm.name): rank for rank, firm in enumerate(event.firms)}
    parts = [part.strip() for part in text.split("/")]
    for part in parts:
        if folded(part) not in names:
            raise InvalidRequest(
                message("No participant is called “{name}”.", name=part),
                message("Write the two firms as “A / B”, with the names of the file."),
            )
    if len(parts) != 2 or parts[0] == parts[1]:
        raise InvalidRequest(message("Write two firms as “A / B”."))
    return names[folded(parts[0])], names[folded(parts[1])]


def show_cost(event: Event, text: str, time_limit: float, say: Say, as_json: bool) -> None:
    """Say what the total weight loses when a refused meeting is held."""
    pair = find_pair(event, text)
    lost = lost_weight(event, pair, time_limit=time_limit)
    if as_json:
        names = [event.firms[firm].name for firm in pair]
        emit_json({"pair": names, "lost_weight": lost, "unit": "first wishes"})
    elif lost is None:
        show(say(message("This meeting cannot be held: it breaks a rule by itself.")))
    else:
        show(say(message("Holding it costs {lost} first wishes of total weight.", lost=f"{lost:.3f}")))


def show_proposal(event: Event, found: Proposal, say: Say, limit: int = 25) -> None:
    """Show the verdict, the worst-served firms and the heaviest refusals."""
    show(
        say(
            message(
                "{status}: {held} meetings chosen, {refused} refused; weight {weight} first wishes "
                "(at most {bound}); worst-served firm: {worst} of its wishes.",
                status=STATUS_WORDS[found.status],
                held=len(found.meetings),
                refused=len(found.refusals),
                weight=f"{found.weight:.3f}",
                bound=f"{found.bound:.3f}",
                worst=f"{found.worst:.0%}",
            )
        )
    )
    headers = [say(message("Firm A")), say(message("Firm B")), say(message("Why"))]
    parts: tuple[tuple[Message, Sequence[Meeting | Refusal]], ...] = (
        (message("Chosen"), found.meetings),
        (message("Refused"), found.refusals),
    )
    for title, held in parts:
        heaviest = sorted(held, key=lambda one: -one.weight)[:limit]
        rows = [
            [
                event.firms[one.pair[0]].name,
                event.firms[one.pair[1]].name,
                " ".join(say(tell_reason(event, reason)) for reason in one.reasons),
            ]
            for one in heaviest
        ]
        show(table(say(title), headers, rows))
    tell_invented(event, say)


def tell_invented(event: Event, say: Say) -> None:
    """Say that nobody of an invented event is real."""
    if event.invented:
        show(say(message("Invented event: no firm and no person of it is real.")))


def schedule_files(
    files: Sequence[Path],
    out: Path | None,
    formats: Sequence[str],
    asked: tuple[float, int, float, bool],
    voice: Voice,
) -> None:
    """Choose the meetings, place them, check the result and show or write it."""
    language, say, as_json = voice
    time_limit, fairness, give, search = asked
    event = open_event(files, say, as_json, search)
    with progress(say(message("Choosing the meetings")), quiet=as_json):
        chosen = propose_meetings(event, time_limit=time_limit, give=give)
    weights = {meeting.pair: meeting.weight for meeting in chosen.meetings}
    with progress(say(message("Placing the meetings")), quiet=as_json):
        agenda = schedule_event(event, weights, weights=weights, time_limit=time_limit, fairness=fairness)
    wrong = verify_agenda(event, agenda) if agenda.appointments else ()
    if wrong:
        raise RuntimeError(f"the timetable breaks a rule: {tell_violation(event, wrong[0])}")
    written: list[Path] = []
    if out is not None:
        written = write_files(event, agenda, chosen, out, formats, language)
    if as_json:
        emit_json(agenda_json(event, agenda))
        return
    show_agenda(event, agenda, say, shown=out is None)
    _tell_written(out, written, say)


def write_files(
    event: Event,
    agenda: Agenda,
    chosen: Proposal | None,
    out: Path,
    formats: Sequence[str],
    language: str,
) -> list[Path]:
    """Write an outcome to a folder; a format whose library is absent is said and left out."""
    from maillon.cli.terminal import warn
    from maillon.language.catalogue import render

    def missing(error: MaillonError) -> None:
        warn(error, lambda what: render(what, language))

    outcome = Outcome(event, agenda, chosen, dt.datetime.now(dt.UTC))
    return write_outcome(outcome, out, language=language, formats=formats, missing=missing)


def _tell_written(out: Path | None, written: Sequence[Path], say: Say) -> None:
    for path in written:
        if path.suffix != ".ics":
            show(say(message("Written: {path}", path=str(path))))
    calendars = sum(path.suffix == ".ics" for path in written)
    if calendars and out is not None:
        show(say(message("Written: {n} calendars in {path}", n=calendars, path=str(out))))


def show_agenda(event: Event, agenda: Agenda, say: Say, *, shown: bool) -> None:
    """Show the verdict, what has no place, and the timetable itself where it is written nowhere."""
    show(
        say(
            message(
                "{status}: {n} meetings, {breaks} breaks (at least {bound}), {moves} changes of table.",
                status=STATUS_WORDS[agenda.status],
                n=len(agenda.appointments),
                breaks="?" if agenda.breaks is None else agenda.breaks,
                bound="?" if agenda.bound is None else agenda.bound,
                moves="?" if agenda.moves is None else agenda.moves,
            )
        )
    )
    called = callings_of_event(event)
    for reason in agenda.reasons:
        show(say(tell_obstacle(reason, called)))
    for pair in agenda.missing[:_DOUBTS_SHOWN]:
        one, other = (event.firms[firm].name for firm in pair)
        show(say(message("No place for {one} and {other}.", one=one, other=other)))
    if shown and agenda.appointments:
        headers = [say(message("Start")), say(message("Place")), say(message("Firms"))]
        rows = [
            [
                f"{event.slots[one.slot].start:%d/%m %H:%M}",
                event.locations[one.location].code,
                " – ".join(parties(event, one)),
            ]
            for one in agenda.appointments
        ]
        show(table("", headers, rows))
    tell_invented(event, say)


def read_json(path: Path) -> Any:
    """Return the content of a JSON file; ``RefusedFile`` where it is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise RefusedFile(
            message("The file {name} is not readable JSON.", name=path.name),
            message("Check that it exists and is whole."),
        ) from error


def open_timetable(event: Event, path: Path) -> Agenda:
    """Read a published timetable; ``RefusedFile`` where it names what the event does not have."""
    agenda = agenda_of_json(event, read_json(path))
    if any(reason.code == "unknown" for reason in verify_agenda(event, agenda)):
        raise RefusedFile(
            message("The timetable names a person, a slot or a place that the event does not have."),
            message("Give the files of the event that it was made of."),
        )
    return agenda


def check_files(files: Sequence[Path], timetable: Path, say: Say, as_json: bool) -> list[dict[str, str]]:
    """Return what is wrong with a timetable of an event."""
    event = open_event(files, say, as_json)
    agenda = agenda_of_json(event, read_json(timetable))
    wrong = verify_agenda(event, agenda)
    return [{"code": one.code, "text": say(tell_violation(event, one))} for one in wrong]
