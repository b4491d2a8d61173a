"""The only library code that knows the order of the steps: files in, a dossier out."""

from maillon.pipeline.meeting import propose_wishes
from maillon.pipeline.run import (
    Progress,
    Request,
    assign_families,
    diagnose_files,
    own_suppliers,
    read_sources,
    run,
    search_sources,
    split_variants,
    territories_of,
)

__all__ = [
    "Progress",
    "Request",
    "assign_families",
    "diagnose_files",
    "own_suppliers",
    "propose_wishes",
    "read_sources",
    "run",
    "search_sources",
    "split_variants",
    "territories_of",
]
