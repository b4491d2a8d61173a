"""Which meeting takes place when: few breaks, fairly shared, proven."""

from maillon.method.meet.timetable.dzn import parse_dzn, read_dzn
from maillon.method.meet.timetable.infeasible import Infeasibility, explain_infeasible
from maillon.method.meet.timetable.problem import TimetableProblem
from maillon.method.meet.timetable.result import Timetable, assign_tables, count_breaks
from maillon.method.meet.timetable.schedule import schedule_meetings

__all__ = [
    "Infeasibility",
    "Timetable",
    "TimetableProblem",
    "assign_tables",
    "count_breaks",
    "explain_infeasible",
    "parse_dzn",
    "read_dzn",
    "schedule_meetings",
]
