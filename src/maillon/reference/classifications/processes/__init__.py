"""How parts are made: the processes, their labels, words, materials, and links to NAF and HS codes."""

from maillon.reference.classifications.processes.process import (
    ANY_MATERIAL,
    Process,
    ProcessGroup,
    all_processes,
    find_process,
    process_groups,
    process_label,
)

__all__ = [
    "ANY_MATERIAL",
    "Process",
    "ProcessGroup",
    "all_processes",
    "find_process",
    "process_groups",
    "process_label",
]
