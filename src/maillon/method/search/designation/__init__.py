"""Reading designations: what a line of a bill of materials says of noun, material, figures and making."""

from maillon.method.search.designation.batch import read_designations
from maillon.method.search.designation.designation import (
    Designation,
    MaterialFound,
    Measure,
    NounFound,
    ProcessFound,
    Share,
)
from maillon.method.search.designation.explanation import explain_designation
from maillon.method.search.designation.result import read_designation

__all__ = [
    "Designation",
    "MaterialFound",
    "Measure",
    "NounFound",
    "ProcessFound",
    "Share",
    "explain_designation",
    "read_designation",
    "read_designations",
]
