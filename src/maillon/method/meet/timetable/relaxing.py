"""A request with every rule open to an exception: which rules contradict, and which exceptions would do."""

from __future__ import annotations

from dataclasses import dataclass, field

from maillon.core.reason import Reason
from maillon.method.meet.timetable.problem import TimetableProblem
from maillon.solve.logic import LogicBuilder

#: Tables that may be added in one slot.
_MORE_TABLES = 3


@dataclass(slots=True)
class RelaxedRequest:
    """The variables of a request: ``exceptions`` are literals, each with the reason that names it.

    ``dropped[m]`` holds the exception "meeting m is given up" where that is allowed; ``rules`` are groups of
    exceptions that one rule forbids, with the reason that names the rule.
    """

    problem: TimetableProblem
    builder: LogicBuilder = field(default_factory=LogicBuilder)
    place: list[dict[int, int]] = field(default_factory=list)
    dropped: list[list[int]] = field(default_factory=list)
    exceptions: list[tuple[int, Reason]] = field(default_factory=list)
    rules: list[tuple[list[int], Reason]] = field(default_factory=list)

    def allow(self, reason: Reason) -> int:
        """Return the literal of a new exception."""
        literal = self.builder.new()
        self.builder.cost(literal)
        self.exceptions.append((literal, reason))
        return literal

    def rule(self, code: str, exceptions: list[int], **params: object) -> None:
        """Name the rule that forbids these exceptions."""
        if exceptions:
            self.rules.append((exceptions, Reason(code, params=params)))


def relax_request(problem: TimetableProblem, *, dropping: bool = False) -> RelaxedRequest:
    """Return the request in which every rule but "one meeting at a time" has exceptions.

    With ``dropping`` a meeting may also be given up, which counts as one exception.
    """
    request = RelaxedRequest(problem)
    _place_anywhere(request, dropping=dropping)
    _meet_once_at_a_time(request, dropping=dropping)
    _keep_presence(request)
    _keep_wishes(request)
    _keep_order(request)
    _keep_tables(request)
    return request


def _place_anywhere(request: RelaxedRequest, *, dropping: bool) -> None:
    problem, builder = request.problem, request.builder
    for meeting in range(len(problem.meetings)):
        places = {slot: builder.new() for slot in range(problem.slots)}
        request.place.append(places)
        builder.count(list(places.values()), upper=1)
        drop = [request.allow(Reason("drop-meeting", params={"meeting": meeting}))] if dropping else []
        request.dropped.append(drop)
        builder.clause(*places.values(), *drop)


def _meet_once_at_a_time(request: RelaxedRequest, *, dropping: bool) -> None:
    builder = request.builder
    for own in request.problem.meetings_of:
        here = [[request.place[m][slot] for m in own] for slot in range(request.problem.slots)]
        for literals in here:
            builder.count(literals, upper=1)
        if not dropping and len(own) > 1:  # implied, and what lets the solver see it soon
            builder.count([builder.any_of(literals) for literals in here], lower=len(own), upper=len(own))


def _keep_presence(request: RelaxedRequest) -> None:
    for person, away in enumerate(request.problem.forbidden):
        exceptions = []
        for slot in sorted(away) if request.problem.meetings_of[person] else ():
            present = request.allow(Reason("be-present", params={"participant": person, "slot": slot}))
            exceptions.append(present)
            for meeting in request.problem.meetings_of[person]:
                request.builder.clause(-request.place[meeting][slot], present)
        request.rule("absence", exceptions, participant=person)


def _keep_wishes(request: RelaxedRequest) -> None:
    problem, builder = request.problem, request.builder
    for meeting, places in enumerate(request.place):
        fixed, session = problem.fixed[meeting], problem.session_of[meeting]
        if fixed is not None:
            free = request.allow(Reason("free-meeting", params={"meeting": meeting, "slot": fixed}))
            builder.clause(free, places[fixed], *request.dropped[meeting])
            request.rule("fixed-slot", [free], meeting=meeting, slot=fixed)
        if session is not None and len(problem.sessions[session]) < problem.slots:
            reason = Reason("leave-session", params={"meeting": meeting, "session": session})
            elsewhere = request.allow(reason)
            for slot, literal in places.items():
                if slot not in problem.sessions[session]:
                    builder.clause(-literal, elsewhere)
            request.rule("session", [elsewhere], meeting=meeting, session=session)


def _keep_order(request: RelaxedRequest) -> None:
    for meeting, before in enumerate(request.problem.precedences):
        for earlier in sorted(before):
            params = {"earlier": earlier, "meeting": meeting}
            any_order = request.allow(Reason("free-order", params=params))
            for slot, literal in request.place[meeting].items():
                sooner = [x for t, x in request.place[earlier].items() if t < slot]
                request.builder.clause(-literal, any_order, *request.dropped[earlier], *sooner)
            request.rule("order", [any_order], **params)


def _keep_tables(request: RelaxedRequest) -> None:
    problem = request.problem
    everything = []
    seated = [m for m in range(len(problem.meetings)) if m not in problem.at_booth]
    for slot, tables in enumerate(problem.tables):
        literals = [request.place[m][slot] for m in seated]
        if len(literals) <= tables:
            continue
        more = [
            request.allow(Reason("add-table", params={"slot": slot, "rank": rank}))
            for rank in range(min(_MORE_TABLES, len(literals) - tables))
        ]
        request.builder.count([*literals, *(-x for x in more)], upper=tables + len(more))
        everything += more
    request.rule("tables", everything)
