"""On the day: someone late or missing, a table lost, a meeting added; as few meetings moved as possible."""

from maillon.method.meet.repair.changes import (
    Added,
    Away,
    Cancelled,
    Change,
    TablesLost,
    apply_changes,
)
from maillon.method.meet.repair.repair import Move, Repair, list_moves, repair_timetable

__all__ = [
    "Added",
    "Away",
    "Cancelled",
    "Change",
    "Move",
    "Repair",
    "TablesLost",
    "apply_changes",
    "list_moves",
    "repair_timetable",
]
