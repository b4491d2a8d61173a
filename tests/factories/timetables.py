"""Timetable problems drawn at random, and the brute force that knows their best timetable."""

import itertools
from collections.abc import Iterator, Sequence
from random import Random

from hypothesis import strategies as st

from maillon.method.meet.timetable import TimetableProblem, count_breaks


def obeys(problem: TimetableProblem, slots: Sequence[int]) -> bool:
    """Whether a timetable keeps every rule, checked without any code of the engines."""
    for person in range(problem.participants):
        own = [slots[m] for m, people in enumerate(problem.meetings) if person in people]
        if len(set(own)) < len(own) or set(own) & problem.forbidden[person]:
            return False
    for slot, tables in enumerate(problem.tables):
        seated = [m for m, own in enumerate(slots) if own == slot and m not in problem.at_booth]
        if len(seated) > tables:
            return False
    for meeting, slot in enumerate(slots):
        session, fixed = problem.session_of[meeting], problem.fixed[meeting]
        if session is not None and slot not in problem.sessions[session]:
            return False
        if fixed not in {None, slot} or any(slots[other] >= slot for other in problem.precedences[meeting]):
            return False
    return True


def every_timetable(problem: TimetableProblem) -> Iterator[tuple[int, ...]]:
    """Yield every timetable that keeps the rules."""
    for slots in itertools.product(range(problem.slots), repeat=len(problem.meetings)):
        if obeys(problem, slots):
            yield slots


def fewest_breaks(problem: TimetableProblem, fairness: int | None = None) -> int | None:
    """Return the fewest breaks of any timetable, or ``None`` where there is no timetable."""
    found = [
        sum(breaks)
        for slots in every_timetable(problem)
        if (breaks := count_breaks(problem, slots)) is not None
        and (fairness is None or max(breaks) - min(breaks) <= fairness)
    ]
    return min(found, default=None)


def make_event(participants: int, meetings: int, slots: int, tables: int, seed: int = 0) -> TimetableProblem:
    """Return an event of distinct pairs drawn at random, nobody with more meetings than slots."""
    draw, pairs, load = Random(seed), set[tuple[int, int]](), [0] * participants  # noqa: S311 - draws a test, no secret
    while len(pairs) < meetings:
        a, b = sorted(draw.sample(range(participants), 2))
        if (a, b) not in pairs and load[a] < slots and load[b] < slots:
            pairs.add((a, b))
            load[a] += 1
            load[b] += 1
    return TimetableProblem(participants, tuple(sorted(pairs)), (tables,) * slots)


@st.composite
def small_problems(draw: st.DrawFn) -> TimetableProblem:
    """Draw an event that brute force can search: at most five meetings and five slots, all kinds of rules."""
    participants, slots = draw(st.integers(2, 5)), draw(st.integers(1, 5))
    person = st.integers(0, participants - 1)
    group = st.lists(person, min_size=2, max_size=3, unique=True).map(tuple)
    meetings = tuple(draw(st.lists(group, min_size=1, max_size=5)))
    count = len(meetings)
    half = draw(st.integers(1, slots))
    slot = st.integers(0, slots - 1)
    return TimetableProblem(
        participants,
        meetings,
        tuple(draw(st.lists(st.integers(0, 3), min_size=slots, max_size=slots))),
        sessions=(range(half), range(half, slots)),
        session_of=tuple(draw(st.lists(st.sampled_from([None, None, 0, 1]), min_size=count, max_size=count))),
        forbidden=tuple(
            draw(st.lists(st.frozensets(slot, max_size=2), min_size=participants, max_size=participants))
        ),
        fixed=tuple(draw(st.lists(st.one_of(st.none(), st.none(), slot), min_size=count, max_size=count))),
        precedences=tuple(
            frozenset(draw(st.sets(st.integers(0, m - 1), max_size=1))) if m else frozenset()
            for m in range(count)
        ),
        at_booth=draw(st.frozensets(st.integers(0, count - 1), max_size=1)),
        lunches=(half,) if 0 < half < slots and draw(st.booleans()) else (),
    )
