"""Solvers behind one façade, each run in a subprocess of its own."""

from maillon.solve.child_process import ChildAnswer, run_child
from maillon.solve.linear import solve
from maillon.solve.model import LinearModel, Solution, Status, relative_gap

__all__ = ["ChildAnswer", "LinearModel", "Solution", "Status", "relative_gap", "run_child", "solve"]
