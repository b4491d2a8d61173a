"""Capacitated facility location with minimum volumes, solved exactly."""

from maillon.method.plan.pool.location.beasley import is_beasley, read_beasley
from maillon.method.plan.pool.location.locate import locate_lines
from maillon.method.plan.pool.location.problem import Location, LocationProblem, location_problem
from maillon.method.plan.pool.location.verify import cost_of, verify_location

__all__ = [
    "Location",
    "LocationProblem",
    "cost_of",
    "is_beasley",
    "locate_lines",
    "location_problem",
    "read_beasley",
    "verify_location",
]
