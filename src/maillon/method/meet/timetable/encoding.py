"""The timetable as yes-or-no variables: clauses and counts with the implied constraints of the literature.

Source of x, u, h, b and of the implied counts: Bofill et al., JAIR 74 (2022), model "imp12+". Added here: a
count of the breaks along the slots, and, for whoever has no break, the slot in which the meetings start.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from maillon.method.meet.timetable.problem import TimetableProblem
from maillon.solve.logic import LogicBuilder, LogicModel


@dataclass(slots=True)
class Encoding:
    """The variables of a problem: ``place[m][t]`` is "meeting m takes slot t", for its open slots only.

    ``busy[p][t]`` is "p meets in slot t", 0 where that cannot be; ``more_than[p][j]`` is "p has more than j
    breaks", for every j that may be.
    """

    problem: TimetableProblem
    builder: LogicBuilder = field(default_factory=LogicBuilder)
    place: list[dict[int, int]] = field(default_factory=list)
    busy: list[list[int]] = field(default_factory=list)
    more_than: list[list[int]] = field(default_factory=list)

    def model(self, hint: Sequence[int] = ()) -> LogicModel:
        """Return the model; ``hint`` is a slot for each meeting."""
        return self.builder.model(self.place[m][t] for m, t in enumerate(hint) if t in self.place[m])

    def parts(self) -> list[list[int]]:
        """Return, for each participant, the variables that place the participant's meetings."""
        return [[x for m in own for x in self.place[m].values()] for own in self.problem.meetings_of]

    def cost_part(self) -> list[int]:
        """Return the participant of each cost literal of the model."""
        return [person for person, breaks in enumerate(self.more_than) for _ in breaks]

    def slots(self, values: Sequence[bool]) -> tuple[int, ...]:
        """Return the slot of each meeting, given the value of each variable."""
        return tuple(next(t for t, x in places.items() if values[x - 1]) for places in self.place)


def encode(problem: TimetableProblem, *, fairness: int | None) -> Encoding:
    """Return the problem as a model whose cost is the number of breaks."""
    found = Encoding(problem)
    _place_meetings(found)
    _meet_once_at_a_time(found)
    _share_tables(found)
    _keep_order(found)
    for person in range(problem.participants):
        _count_breaks(found, person, fairness)
    if fairness is not None:
        _share_breaks(found, fairness)
    for breaks in found.more_than:
        for literal in breaks:
            found.builder.cost(literal)
    return found


def _place_meetings(found: Encoding) -> None:
    for slots in found.problem.open_slots:
        places = {slot: found.builder.new() for slot in slots}
        found.place.append(places)
        found.builder.clause(*places.values())
        found.builder.count(list(places.values()), upper=1)


def _meet_once_at_a_time(found: Encoding) -> None:
    problem, builder = found.problem, found.builder
    for own in problem.meetings_of:
        busy = []
        for slot in range(problem.slots):
            here = [found.place[m][slot] for m in own if slot in found.place[m]]
            builder.count(here, upper=1)
            busy.append(builder.any_of(here))
        found.busy.append(busy)
        open_slots = [literal for literal in busy if literal]
        if len(own) > 1:
            builder.count(open_slots, lower=len(own), upper=len(own))


def _share_tables(found: Encoding) -> None:
    problem, builder = found.problem, found.builder
    seated = [m for m in range(len(problem.meetings)) if m not in problem.at_booth]
    stars = _stars(problem, seated)
    for slot, tables in enumerate(problem.tables):
        here = [[found.place[m][slot] for m in star if slot in found.place[m]] for star in stars]
        taken = [builder.any_of(star) for star in here if star]
        builder.count(taken, upper=tables)


def _stars(problem: TimetableProblem, meetings: Sequence[int]) -> list[list[int]]:
    """Split meetings into groups that share a participant: at most one of a group takes place at a time."""
    left, stars = set(meetings), []
    while left:
        own = [[m for m in of if m in left] for of in problem.meetings_of]
        star = max(own, key=len)
        stars.append(star)
        left.difference_update(star)
    return stars


def _keep_order(found: Encoding) -> None:
    for meeting, before in enumerate(found.problem.precedences):
        for earlier in sorted(before):
            for slot, literal in found.place[meeting].items():
                found.builder.clause(-literal, *(x for t, x in found.place[earlier].items() if t < slot))
            for slot, literal in found.place[earlier].items():
                found.builder.clause(-literal, *(x for t, x in found.place[meeting].items() if t > slot))


def _count_breaks(found: Encoding, person: int, fairness: int | None) -> None:
    builder = found.builder
    own, busy = found.problem.meetings_of[person], found.busy[person]
    ends: list[int] = []
    for part in found.problem.parts:
        ends += _breaks(builder, [busy[slot] for slot in part])
    most = min(len(ends), max(len(own) - 1, 0))
    found.more_than.append(_sorted_count(builder, ends, most, both=fairness is not None))
    _start_once(found, person)


def _start_once(found: Encoding, person: int) -> None:
    """Say that who has no break meets in consecutive slots from some start on."""
    builder, busy = found.builder, found.busy[person]
    count, breaks = len(found.problem.meetings_of[person]), found.more_than[person]
    if not breaks or len(found.problem.parts) > 1:
        return
    starts = []
    for start in range(len(busy) - count + 1):
        if not all(busy[start : start + count]):
            continue
        starts.append(builder.new())
        for slot, literal in enumerate(busy):
            if literal:
                builder.clause(-starts[-1], literal if start <= slot < start + count else -literal)
    builder.clause(breaks[0], *starts)


def _breaks(builder: LogicBuilder, busy: Sequence[int]) -> list[int]:
    """Return a literal for each end of a break: met before, idle, and meeting in the next slot."""
    met, found = 0, []
    for now, following in pairwise(busy):
        met = builder.any_of([literal for literal in (met, now) if literal])
        if met and following and met != now:
            ends = builder.new()
            found.append(ends)
            causes = [met, following, *([-now] if now else [])]
            builder.clause(ends, *(-cause for cause in causes))
            for cause in causes:
                builder.clause(-ends, cause)
    return found


def _sorted_count(builder: LogicBuilder, literals: Sequence[int], most: int, *, both: bool) -> list[int]:
    """Return literals "more than j are true", j below ``most``; with ``both``, none is true without cause."""
    counted: list[int] = []
    for literal in literals:
        wider = [builder.new() for _ in range(min(most, len(counted) + 1))]
        for j, more in enumerate(wider):
            if j < len(counted):
                builder.clause(more, -counted[j])
            builder.clause(more, -literal, *([-counted[j - 1]] if j else []))
            if both:
                kept = [counted[j]] if j < len(counted) else []
                builder.clause(-more, *kept, literal)
                if j:
                    builder.clause(-more, *kept, counted[j - 1])
        if len(counted) == most and most:
            builder.clause(-literal, -counted[-1])
        counted = wider
    for less, more in pairwise(counted):
        builder.clause(less, -more)
    return counted


def _share_breaks(found: Encoding, fairness: int) -> None:
    """Let nobody have more than ``fairness`` breaks above the least; exact whatever that least is."""
    builder = found.builder
    most = max(map(len, found.more_than), default=0)
    for j in range(most - fairness):
        floor = builder.new()
        for breaks in found.more_than:
            builder.clause(-floor, *breaks[j : j + 1])
            if j + fairness < len(breaks):
                builder.clause(floor, -breaks[j + fairness])
