"""Step 3 of the method: who near here can make this part? First, what the part is.

Reading a designation is light; what ranks or classifies is loaded when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from maillon.method.search.designation import (
    Designation,
    explain_designation,
    read_designation,
    read_designations,
)

if TYPE_CHECKING:
    from maillon.method.search.classify import (
        Classification,
        classify_designation,
        classify_designations,
        code_label,
        explain_reasons,
    )
    from maillon.method.search.resolve import (
        Decision,
        Resolution,
        VendorMatch,
        explain_vendor_reason,
        read_decisions,
        resolve_vendors,
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
    "Decision",
    "Designation",
    "Filters",
    "Gap",
    "Need",
    "Resolution",
    "SearchResult",
    "VendorMatch",
    "classify_designation",
    "classify_designations",
    "code_label",
    "explain_designation",
    "explain_reasons",
    "explain_vendor_reason",
    "read_decisions",
    "read_designation",
    "read_designations",
    "read_need",
    "resolve_vendors",
    "search_batch",
    "search_suppliers",
]

#: Name → the part that defines it.
_PARTS = {
    "Classification": "classify",
    "classify_designation": "classify",
    "classify_designations": "classify",
    "code_label": "classify",
    "explain_reasons": "classify",
    "Decision": "resolve",
    "Resolution": "resolve",
    "VendorMatch": "resolve",
    "explain_vendor_reason": "resolve",
    "read_decisions": "resolve",
    "resolve_vendors": "resolve",
    "BatchResult": "suppliers",
    "Candidate": "suppliers",
    "Filters": "suppliers",
    "Gap": "suppliers",
    "Need": "suppliers",
    "SearchResult": "suppliers",
    "read_need": "suppliers",
    "search_batch": "suppliers",
    "search_suppliers": "suppliers",
}


def __getattr__(name: str) -> object:
    """Load the part that defines ``name`` (PEP 562)."""
    if name not in _PARTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PARTS[name]}"), name)
