"""The verdict of a solver in words."""

from __future__ import annotations

from collections.abc import Mapping

from maillon.core.message import Message, message
from maillon.solve import Status

STATUS_WORDS: Mapping[Status, Message] = {
    Status.OPTIMAL: message("Proven optimal"),
    Status.FEASIBLE: message("Feasible, not proven best"),
    Status.INFEASIBLE: message("Proven impossible"),
    Status.NOTHING: message("No solution within the limit"),
    Status.CANCELLED: message("Cancelled"),
    Status.MEMORY: message("Out of memory"),
    Status.FAILED: message("The solver failed"),
}
