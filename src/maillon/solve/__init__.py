"""Solvers behind one façade, each run in a subprocess of its own."""

from maillon.solve.model import LinearModel, Solution, Status
from maillon.solve.run import solve

__all__ = ["LinearModel", "Solution", "Status", "solve"]
