"""A timetable engine for tests: tries every slot of every meeting, stops at the fewest breaks."""

from maillon.core.reason import Reason
from maillon.method.meet.timetable import Timetable, assign_tables, count_breaks
from maillon.solve import Status


def try_everything(problem, seconds=0.0):
    """Return the best timetable of a problem of a few meetings, or the proof that there is none."""
    best = min(_complete(problem, ()), key=lambda slots: sum(count_breaks(problem, slots)), default=None)
    if best is None:
        return Timetable(Status.INFEASIBLE, reasons=(Reason("none"),))
    breaks = count_breaks(problem, best)
    return Timetable(Status.OPTIMAL, best, assign_tables(problem, best), breaks, sum(breaks))


def _complete(problem, slots):
    meeting = len(slots)
    if meeting == len(problem.meetings):
        yield slots
        return
    for slot in problem.open_slots[meeting]:
        together = [m for m, other in enumerate(slots) if other == slot]
        people = set(problem.meetings[meeting])
        seated = sum(m not in problem.at_booth for m in [*together, meeting])
        if seated <= problem.tables[slot] and not any(people & set(problem.meetings[m]) for m in together):
            yield from _complete(problem, (*slots, slot))
