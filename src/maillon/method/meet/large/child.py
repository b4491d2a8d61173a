"""The child process of the annealing: a problem in, ever better timetables out."""

from __future__ import annotations

import time
from random import Random

from maillon.method.meet.large.anneal import anneal
from maillon.method.meet.large.effort import effort_of
from maillon.method.meet.large.problem_wire import read_problem
from maillon.method.meet.large.seating import Seating
from maillon.method.meet.large.start import place_all
from maillon.solve.wire import read_arrays, write_frame

#: Seconds between two reports; a better timetable found in between waits for the next.
_PULSE = 0.5


def main() -> None:
    """Read one problem, place every meeting, improve until the time is over, answer with the best."""
    said = read_arrays()
    started, limit = time.perf_counter(), float(said["time_limit"])
    problem = read_problem(str(said["problem"]))
    chance = Random(int(said["seed"]))  # noqa: S311 - a search that can be repeated, no secret
    fairness = None if int(said["fairness"]) < 0 else int(said["fairness"])
    seating, effort = Seating(problem), effort_of(problem, fairness)
    start = [int(slot) for slot in said["start"]]
    for meeting, slot in enumerate(start):
        seating.place(meeting, slot)
    left = [] if start else place_all(seating, effort, chance)
    if left:
        write_frame({"left": left}, final=True)
        return
    kept, least, told = list(seating.slot), sum(map(effort, seating.busy)), 0.0
    write_frame({"slots": kept, "effort": least})
    floor = int(said["floor"])
    for cost in anneal(seating, effort, chance, lambda: (time.perf_counter() - started) / limit, floor):
        if cost < least:
            kept, least = list(seating.slot), cost
            if (now := time.perf_counter()) > told + _PULSE:
                told = now
                write_frame({"slots": kept, "effort": least})
    write_frame({"slots": kept, "effort": least}, final=True)


if __name__ == "__main__":
    main()
