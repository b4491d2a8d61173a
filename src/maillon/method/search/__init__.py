"""Step 3 of the method: who near here can make this part? First, what the part is."""

from maillon.method.search.designation import (
    Designation,
    explain_designation,
    read_designation,
    read_designations,
)

__all__ = ["Designation", "explain_designation", "read_designation", "read_designations"]
