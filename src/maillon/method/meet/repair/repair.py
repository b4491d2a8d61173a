"""A published timetable repaired: the fewest meetings moved, proven where it can be."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from maillon.method.meet.repair.changes import Change, Left, apply_changes
from maillon.method.meet.repair.model import Arranged, arrange
from maillon.method.meet.repair.tables import keep_tables
from maillon.method.meet.timetable.problem import TimetableProblem
from maillon.solve import Status

#: How often the set of meetings free to move is widened by all partners before everything is freed.
_RINGS = 2


@dataclass(frozen=True, slots=True)
class Move:
    """A meeting's slot ``before`` (``None``: new) and ``after`` (``None``: not held any more)."""

    meeting: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Repair:
    """The timetable after the changes, and every move.

    ``slots`` and ``locations`` are those of the meetings of ``problem`` (added ones last), ``None`` where a
    meeting is not held. ``moved`` counts the meetings held in another slot than published; ``least`` is a
    number below which no repair can go, ``proven`` whether meetings held and meetings moved are both proven
    best. ``breaks_before`` counts the breaks of the published timetable, ``breaks`` those now.
    """

    problem: TimetableProblem
    slots: tuple[int | None, ...]
    locations: tuple[int | None, ...]
    moves: tuple[Move, ...]
    least: int
    proven: bool
    breaks_before: int
    breaks: int
    seconds: float

    @property
    def moved(self) -> int:
        """How many meetings changed their slot."""
        return sum(move.before is not None and move.after is not None for move in self.moves)

    @property
    def lost(self) -> tuple[int, ...]:
        """The meetings that are not held any more."""
        return tuple(move.meeting for move in self.moves if move.after is None)

    def __repr__(self) -> str:
        """Return what was moved and lost in one line."""
        proof = "proven least" if self.proven else f"at least {self.least}"
        return f"<Repair {self.moved} moved ({proof}), {len(self.lost)} lost, in {self.seconds:.1f} s>"


def repair_timetable(
    problem: TimetableProblem,
    published: Sequence[int],
    changes: Sequence[Change],
    *,
    now: int = 0,
    locations: Sequence[int] = (),
    time_limit: float = 10.0,
    cancel: Callable[[], bool] | None = None,
) -> Repair:
    """Repair ``published`` (a slot a meeting) after ``changes``, from slot ``now`` on.

    As many meetings as possible are still held; then as few as possible move; then breaks are few. Meetings
    near the change are freed first, then ever more: the first answer that reaches the least number of moves
    is proven best without looking further. ``locations`` are the published tables: who does not move keeps
    theirs. Raises ``InvalidRequest`` for changes that make no sense.
    """
    began = time.perf_counter()
    left = apply_changes(problem, published, changes, now=now)
    slots = [None if m in left.dropped else slot for m, slot in enumerate(left.published)]
    unseated, crowd, least = _must_move(left, slots, now)
    best: tuple[tuple[int, int], list[int | None]] | None = None
    proven = False
    for free, whole in _ever_more(left, slots, unseated, crowd, now):
        rest = began + time_limit - time.perf_counter()
        if best is not None and rest < 0:
            break
        found = arrange(left, slots, free, now=now, time_limit=max(rest, 1.0), cancel=cancel)
        best = min(filter(None, (best, _scored(left, slots, found))), key=lambda one: one[0], default=None)
        proven = best is not None and (best[0] == (0, least) or (whole and found.proven))
        if proven or found.status is Status.CANCELLED:
            break
    after = best[1] if best else [None if m in unseated else slot for m, slot in enumerate(slots)]
    moves = tuple(
        Move(m, before, now_at)
        for m, (before, now_at) in enumerate(zip(left.published, after, strict=True))
        if before != now_at
    )
    seats = keep_tables(left.problem, left.published, after, locations)
    counted = count_held_breaks(problem, published), count_held_breaks(left.problem, after)
    return Repair(
        left.problem, tuple(after), seats, moves, least, proven, *counted, time.perf_counter() - began
    )


def _must_move(
    left: Left, slots: Sequence[int | None], now: int
) -> tuple[frozenset[int], frozenset[int], int]:
    """Return the meetings that cannot stay, those of slots with too few tables, and the least moves.

    The least: each published meeting that cannot stay moves, and each slot sheds what its tables cannot hold.
    """
    ahead = [m for m, slot in enumerate(slots) if m not in left.dropped and (slot is None or slot >= now)]
    unseated = frozenset(m for m in ahead if slots[m] not in left.problem.open_slots[m])
    load: dict[int, list[int]] = defaultdict(list)
    for meeting in ahead:
        slot = slots[meeting]
        if slot is not None and meeting not in unseated and meeting not in left.problem.at_booth:
            load[slot].append(meeting)
    excess = {slot: len(own) - left.problem.tables[slot] for slot, own in load.items()}
    crowd = frozenset(m for slot, own in load.items() if excess[slot] > 0 for m in own)
    least = sum(slots[m] is not None for m in unseated) + sum(max(0, over) for over in excess.values())
    return unseated, crowd, least


def _ever_more(
    left: Left, slots: Sequence[int | None], unseated: frozenset[int], crowd: frozenset[int], now: int
) -> Iterator[tuple[list[int], bool]]:
    """Yield ever larger sets of meetings to free, and whether a set holds every meeting to come.

    The first set holds every repair that moves no more than the least: only who must move, moves.
    """
    ahead = frozenset(
        m for m, slot in enumerate(slots) if m not in left.dropped and (slot is None or slot >= now)
    )
    free = unseated | crowd
    yield sorted(free), not free or free == ahead
    for _ in range(_RINGS):
        people = {person for meeting in free for person in left.problem.meetings[meeting]}
        more = free | ({m for person in people for m in left.problem.meetings_of[person]} & ahead)
        if more != free:
            yield sorted(more), more == ahead
        free = more
    if free != ahead:
        yield sorted(ahead), True


def _scored(
    left: Left, slots: Sequence[int | None], found: Arranged
) -> tuple[tuple[int, int], list[int | None]] | None:
    if not found.slots:
        return None if found.status is not Status.OPTIMAL else ((0, 0), list(slots))
    after = [found.slots.get(m, slot) for m, slot in enumerate(slots)]
    lost = sum(slot is None and m not in left.dropped for m, slot in enumerate(after))
    moved = sum(
        now_at is not None and before is not None and before != now_at
        for before, now_at in zip(slots, after, strict=True)
    )
    return (lost, moved), after


def count_held_breaks(problem: TimetableProblem, slots: Sequence[int | None]) -> int:
    """Return the breaks of all participants, meetings that are not held aside."""
    total = 0
    for own in problem.meetings_of:
        for part in problem.parts:
            busy = sorted(slot for m in own if (slot := slots[m]) is not None and slot in part)
            total += sum(later > slot + 1 for slot, later in pairwise(busy))
    return total


def list_moves(repair: Repair) -> Mapping[int, tuple[Move, ...]]:
    """Return for each participant the moves of their meetings, in the order of the day."""
    told: dict[int, list[Move]] = defaultdict(list)
    for move in repair.moves:
        for person in repair.problem.meetings[move.meeting]:
            told[person].append(move)
    last = repair.problem.slots
    return {
        person: tuple(sorted(own, key=lambda move: last if move.after is None else move.after))
        for person, own in sorted(told.items())
    }
