"""Business meetings on invented events: ours beside self-booking and one plain CP-SAT model."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from ortools.sat.python import cp_model

from maillon.core.event import Event, Pair
from maillon.demo.event import write_event
from maillon.intake.event import read_event
from maillon.method.meet.agenda import idle_groups
from maillon.method.meet.choice import list_limits, worst_shares
from maillon.method.meet.people import share_meetings
from maillon.method.meet.propose import propose_meetings
from maillon.method.meet.schedule import build_problem, plan_meetings, planned_slots, schedule_event
from maillon.method.meet.verify import verify_agenda
from maillon.method.meet.wishes import UNIT, Candidate, list_candidates

PEERS = ("ortools", "highspy", "pysat")
SIZES = (40, 100, 150)
LIMIT = 60.0


@dataclass
class Outcome:
    """Which candidates are held at which slots (group meetings aside), and how long it took."""

    held: dict[Pair, int]
    busy: dict[int, list[int]]
    seconds: float


def table() -> tuple[str, list[str], list[list[str]]]:
    header = ["event", "method", "meetings", "weight", "worst share", "breaks", "seconds", "load"]
    rows = []
    for firms in SIZES:
        event = _event(firms)
        for name, method in (("self-booking", self_book), ("plain CP-SAT", plain_cp_sat), ("maillon", ours)):
            found = method(event)
            rows.append([f"{firms} firms", name, *_measured(event, found), f"{os.getloadavg()[0]:.1f}"])
    return "Meetings: chosen and placed, beside self-booking and plain CP-SAT", header, rows


def _event(firms: int) -> Event:
    with tempfile.TemporaryDirectory() as folder:
        return read_event([write_event(Path(folder) / "event.xlsx", firms=firms, seed=firms)]).event


def _measured(event: Event, found: Outcome) -> list[str]:
    candidates = list_candidates(event)
    held = [c.pair in found.held for c in candidates]
    weight = sum(c.weight for c, kept in zip(candidates, held, strict=True) if kept) / UNIT
    worst = min(worst_shares(event, candidates, held).values())
    breaks = sum(idle_groups(event, slots) for slots in found.busy.values())
    return [str(sum(held)), f"{weight:.1f}", f"{worst:.0%}", str(breaks), f"{found.seconds:.1f}"]


def ours(event: Event) -> Outcome:
    began = time.perf_counter()
    chosen = propose_meetings(event, time_limit=LIMIT)
    weights = {one.pair: one.weight for one in chosen.meetings}
    agenda = schedule_event(event, weights, weights=weights, time_limit=LIMIT)
    seconds = time.perf_counter() - began
    if wrong := verify_agenda(event, agenda):
        raise ValueError(f"unsound: {wrong[0]}")
    held = {}
    busy: dict[int, list[int]] = {}
    for one in agenda.appointments:
        for person in one.people:
            busy.setdefault(person, []).append(one.slot)
        if not one.group:
            first, second = sorted(event.persons[person].firm for person in one.people)
            held[first, second] = one.slot
    return Outcome(held, busy, seconds)


def self_book(event: Event, seed: int = 1) -> Outcome:
    """In turns and at random, each firm books its dearest wish left at the first slot free to both."""
    began = time.perf_counter()
    day = _Day(event)
    chance = Random(seed)
    wishes = {
        firm: sorted((c for c in day.open if firm in c.own), key=lambda c: -c.own[firm])
        for firm in range(len(event.firms))
    }
    turns = [firm for firm, own in wishes.items() for _ in own]
    chance.shuffle(turns)
    for firm in turns:
        while wishes[firm] and not day.book(wishes[firm].pop(0)):
            pass
    return Outcome(day.held, day.busy, time.perf_counter() - began)


class _Day:
    """What is booked so far: the rules of the event are kept booking by booking."""

    def __init__(self, event: Event) -> None:
        candidates = list_candidates(event)
        self.open = [c for c in candidates if c.closed is None]
        limits = list_limits(event, candidates)
        self.limits = {
            c.pair: [row for row, limit in enumerate(limits) if place in limit.members]
            for place, c in enumerate(candidates)
        }
        self.room = [limit.room for limit in limits]
        planned = plan_meetings(event, share_meetings(event, [c.pair for c in self.open]))
        self.problem = build_problem(event, planned)
        self.number = {one.pair: place for place, one in enumerate(planned) if one.pair is not None}
        self.slots = planned_slots(event)
        self.tables = list(self.problem.tables)
        self.taken: set[tuple[int, int]] = set()
        self.held: dict[Pair, int] = {}
        self.busy: dict[int, list[int]] = {}
        for place, one in enumerate(planned):
            if one.group:
                self._place(place, self.problem.open_slots[place][0])
        for must in event.musts:
            self.book(next(c for c in self.open if c.pair == must.pair))

    def book(self, candidate: Candidate) -> bool:
        """Book a meeting at its first free slot; False where there is none or a cap is reached."""
        rows = self.limits[candidate.pair]
        if candidate.pair in self.held or any(self.room[row] == 0 for row in rows):
            return False
        place = self.number[candidate.pair]
        people = self.problem.meetings[place]
        for slot in self.problem.open_slots[place]:
            free = place in self.problem.at_booth or self.tables[slot] > 0
            if free and not any((person, slot) in self.taken for person in people):
                self._place(place, slot)
                self.held[candidate.pair] = self.slots[slot]
                for row in rows:
                    self.room[row] -= 1
                return True
        return False

    def _place(self, place: int, slot: int) -> None:
        for person in self.problem.meetings[place]:
            self.taken.add((person, slot))
            self.busy.setdefault(person, []).append(self.slots[slot])
        self.tables[slot] -= place not in self.problem.at_booth


def plain_cp_sat(event: Event) -> Outcome:
    """One model of choice and slots: weight first, breaks as idle slots between first and last meeting."""
    began = time.perf_counter()
    day = _Day(event)
    problem, model = day.problem, cp_model.CpModel()
    x = {(m, t): model.new_bool_var("") for m, slots in enumerate(problem.open_slots) for t in slots}
    weights = {day.number[c.pair]: c.weight for c in day.open}
    musts = {day.number[must.pair] for must in event.musts}
    for m, slots in enumerate(problem.open_slots):
        total = sum(x[m, t] for t in slots)
        model.add(total == 1 if m not in weights or m in musts else total <= 1)
    for own in problem.meetings_of:
        for t in range(problem.slots):
            model.add(sum(x[m, t] for m in own if (m, t) in x) <= 1)
    for t, tables in enumerate(problem.tables):
        model.add(sum(v for (m, s), v in x.items() if s == t and m not in problem.at_booth) <= tables)
    _limit(model, event, day, x)
    breaks = _breaks(model, problem.meetings_of, problem.parts, x)
    model.maximize(sum(1000 * weights[m] * v for (m, _), v in x.items() if m in weights) - sum(breaks))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = 2 * LIMIT, 2
    solver.solve(model)
    names = {place: pair for pair, place in day.number.items()}
    held, busy = {}, {}
    for (m, t), v in x.items():
        if solver.value(v):
            for person in problem.meetings[m]:
                busy.setdefault(person, []).append(day.slots[t])
            if m in names:
                held[names[m]] = day.slots[t]
    return Outcome(held, busy, time.perf_counter() - began)


def _limit(model: cp_model.CpModel, event: Event, day: _Day, x: dict) -> None:
    candidates = list_candidates(event)
    for limit in list_limits(event, candidates):
        places = [day.number[candidates[m].pair] for m in limit.members if candidates[m].closed is None]
        model.add(sum(x[m, t] for m in places for t in day.problem.open_slots[m]) <= limit.room)


def _breaks(model: cp_model.CpModel, own: Sequence, parts: Sequence[range], x: dict) -> list:
    found = []
    for meetings in own:
        for part in parts:
            busy = [sum(x[m, t] for m in meetings if (m, t) in x) for t in part]
            met = [model.new_bool_var("") for _ in part]
            for place in range(len(busy) - 1):
                model.add(met[place] >= busy[place])
                if place:
                    model.add(met[place] >= met[place - 1])
                gap = model.new_bool_var("")
                model.add(gap >= met[place] - busy[place] + busy[place + 1] - 1)
                found.append(gap)
    return found
