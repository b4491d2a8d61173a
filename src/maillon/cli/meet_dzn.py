"""Scheduling and checking the benchmark's files (``.dzn``): everything is numbered from 1, as there."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from maillon.cli.terminal import Say, emit_json, progress, show
from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.core.reason import Reason
from maillon.method.meet.obstacle_words import callings_of_numbers, tell_obstacle
from maillon.method.meet.schedule import engine_for_size
from maillon.method.meet.status_words import STATUS_WORDS
from maillon.method.meet.timetable import Timetable, TimetableProblem, read_dzn
from maillon.method.meet.verify import verify_timetable
from maillon.method.meet.words import tell_problem_violation


def schedule_dzn(path: Path, time_limit: float, fairness: int, say: Say, as_json: bool) -> None:
    """Schedule a problem and print its timetable."""
    problem = read_dzn(path)
    with progress(say(message("Placing the meetings")), quiet=as_json):
        found = engine_for_size(fairness, strict=True)(problem, time_limit)
    if as_json:
        emit_json(timetable_json(problem, found) | _why_json(found, say))
        return
    show(
        say(
            message(
                "{status}: {breaks} breaks (at least {bound}), {seconds} s.",
                status=STATUS_WORDS[found.status],
                breaks="?" if found.breaks is None else found.breaks,
                bound="?" if found.bound is None else found.bound,
                seconds=f"{found.seconds:.1f}",
            )
        )
    )
    for heading, reasons in ((message("These rules contradict one another:"), found.reasons),
                             (message("It would be enough to:"), found.exceptions)):  # fmt: skip
        if reasons:
            show(say(heading), *(f"  {say(tell_obstacle(one, callings_of_numbers()))}" for one in reasons))


def _why_json(found: Timetable, say: Say) -> dict[str, Any]:
    """Return the rules that contradict and the exceptions that would do, in words."""

    def told(reasons: Sequence[Reason]) -> list[dict[str, Any]]:
        return [{"code": one.code, "text": say(tell_obstacle(one, callings_of_numbers()))} for one in reasons]

    return {"reasons": told(found.reasons), "exceptions": told(found.exceptions)}


def timetable_json(problem: TimetableProblem, found: Timetable) -> dict[str, Any]:
    """Return a timetable: the meetings in the order of the file, locations null at a booth."""
    places = zip(problem.meetings, found.slots, found.locations, strict=True) if found.slots else ()
    return {
        "status": str(found.status),
        "breaks": found.breaks,
        "bound": found.bound,
        "seconds": round(found.seconds, 3),
        "meetings": [
            {
                "a": people[0] + 1,
                "b": people[1] + 1,
                "slot": slot + 1,
                "location": None if location < 0 else location + 1,
            }
            for people, slot, location in places
        ],
    }


def check_dzn(path: Path, timetable: Path, say: Say) -> list[dict[str, str]]:
    """Return what is wrong with a timetable of a problem; ``RefusedFile`` where the file holds none."""
    from maillon.cli.meet_results import read_json

    problem, content = read_dzn(path), read_json(timetable)
    try:
        meetings = content["meetings"]
        slots = [int(one["slot"]) - 1 for one in meetings]
        locations = [-1 if one.get("location") is None else int(one["location"]) - 1 for one in meetings]
        people = [(int(one["a"]) - 1, int(one["b"]) - 1) for one in meetings]
        breaks = content.get("breaks")
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RefusedFile(
            message("This file holds no timetable of a problem."),
            message("Give the JSON that maillon meet schedule wrote."),
        ) from error
    if people != [tuple(two[:2]) for two in problem.meetings]:
        raise RefusedFile(message("The timetable is of another problem: its meetings are not those."))
    given = locations if any(place >= 0 for place in locations) else []
    wrong = verify_timetable(problem, slots, given, breaks)
    return [{"code": one.code, "text": say(tell_problem_violation(one))} for one in wrong]
