"""Step 3 of the method: who near here can make this part? First, what the part is."""

from maillon.method.search.classify import (
    Classification,
    classify_designation,
    classify_designations,
    code_label,
    explain_reasons,
)
from maillon.method.search.designation import (
    Designation,
    explain_designation,
    read_designation,
    read_designations,
)
from maillon.method.search.suppliers import (
    BatchResult,
    Candidate,
    Filters,
    Gap,
    Need,
    SearchResult,
    read_need,
    search_batch,
    search_suppliers,
)

__all__ = [
    "BatchResult",
    "Candidate",
    "Classification",
    "Designation",
    "Filters",
    "Gap",
    "Need",
    "SearchResult",
    "classify_designation",
    "classify_designations",
    "code_label",
    "explain_designation",
    "explain_reasons",
    "read_designation",
    "read_designations",
    "read_need",
    "search_batch",
    "search_suppliers",
]
