"""A timetable being changed: who is busy when, how full each slot is, and which meetings must move together.

Meetings of two slots that share participants hang together in components: exchanging the two slots of all
meetings of a component keeps every participant in one place at a time (for the colours of a graph:
A. B. Kempe, "On the geographical problem of the four colours", American Journal of Mathematics 2, 1879).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maillon.method.meet.timetable.problem import TimetableProblem

FREE = -1


class Seating:
    """Meetings in their slots: ``busy[p]`` is a bit mask of slots, ``at[p][t]`` a meeting or ``FREE``.

    ``slot[m]`` is ``FREE`` for a meeting not placed yet; ``open[m]`` the bit mask of slots that it may have;
    ``load[t]`` counts the meetings at the tables of slot t.
    """

    def __init__(self, problem: TimetableProblem) -> None:
        slots = range(problem.slots)
        self.problem = problem
        self.people = problem.meetings
        self.tables = problem.tables
        self.seated = [meeting not in problem.at_booth for meeting in range(len(problem.meetings))]
        self.open = [sum(1 << slot for slot in own) for own in problem.open_slots]
        self.slot = [FREE] * len(problem.meetings)
        self.at = [[FREE for _ in slots] for _ in range(problem.participants)]
        self.busy = [0] * problem.participants
        self.load = [0 for _ in slots]
        self.before = problem.precedences
        self.after = _after(problem.precedences)
        self.ordered = any(problem.precedences)

    def place(self, meeting: int, slot: int) -> None:
        """Put a meeting into a slot in which its participants are free."""
        self.slot[meeting] = slot
        self.load[slot] += self.seated[meeting]
        for person in self.people[meeting]:
            self.at[person][slot] = meeting
            self.busy[person] |= 1 << slot

    def remove(self, meeting: int) -> None:
        """Take a meeting out of its slot."""
        slot, self.slot[meeting] = self.slot[meeting], FREE
        self.load[slot] -= self.seated[meeting]
        for person in self.people[meeting]:
            self.at[person][slot] = FREE
            self.busy[person] &= ~(1 << slot)

    def fits(self, meeting: int, slot: int) -> bool:
        """Whether the slot is open to the meeting, its participants are free and a table is left."""
        free = not any(self.busy[person] >> slot & 1 for person in self.people[meeting])
        room = not self.seated[meeting] or self.load[slot] < self.tables[slot]
        return bool(self.open[meeting] >> slot & 1) and free and room and self.in_order({meeting: slot})

    def component(self, meeting: int, slot: int) -> list[int] | None:
        """Return the meetings that move when ``meeting`` goes to ``slot``; ``None`` if one cannot."""
        both = self.slot[meeting] + slot
        moved, seen = [meeting], {meeting}
        for one in moved:
            other = both - self.slot[one]
            if not self.open[one] >> other & 1:
                return None
            for person in self.people[one]:
                next_one = self.at[person][other]
                if next_one != FREE and next_one not in seen:
                    seen.add(next_one)
                    moved.append(next_one)
        return moved

    def has_room(self, moved: Iterable[int], source: int, target: int) -> bool:
        """Whether the tables of both slots suffice after the exchange, and precedences still hold."""
        gain = 0
        for one in moved:
            gain += (1 if self.slot[one] == source else -1) * self.seated[one]
        room = (
            self.load[target] + gain <= self.tables[target]
            and self.load[source] - gain <= self.tables[source]
        )
        if not room or not self.ordered:
            return room
        return self.in_order({one: source + target - self.slot[one] for one in moved})

    def exchange(self, moved: Sequence[int], source: int, target: int) -> None:
        """Exchange the two slots of all meetings of a component."""
        both = source + target
        for one in moved:
            old = self.slot[one]
            for person in self.people[one]:
                if self.at[person][old] == one:
                    self.at[person][old] = FREE
                    self.busy[person] &= ~(1 << old)
            self.slot[one] = both - old
            change = 1 if old == source else -1
            self.load[target] += change * self.seated[one]
            self.load[source] -= change * self.seated[one]
            for person in self.people[one]:
                self.at[person][both - old] = one
                self.busy[person] |= 1 << (both - old)

    def in_order(self, slots: dict[int, int]) -> bool:
        """Whether the meetings of ``slots``, there, follow those they must; unplaced ones aside."""
        if not self.ordered:
            return True
        return all(
            self._starts(other, slots) < slot or self._starts(other, slots) == FREE
            for one, slot in slots.items()
            for other in self.before[one]
        ) and all(
            slot < self._starts(other, slots) or self._starts(other, slots) == FREE
            for one, slot in slots.items()
            for other in self.after[one]
        )

    def _starts(self, meeting: int, slots: dict[int, int]) -> int:
        return slots.get(meeting, self.slot[meeting])


def _after(before: Sequence[frozenset[int]]) -> list[list[int]]:
    after: list[list[int]] = [[] for _ in before]
    for meeting, earlier in enumerate(before):
        for other in earlier:
            after[other].append(meeting)
    return after
