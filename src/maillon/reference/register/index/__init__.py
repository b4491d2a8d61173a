"""The search index of a register snapshot: typed columns, evidence by process, and text.

Built once beside the tables of the snapshot, opened read-only and memory-mapped.
"""

from maillon.reference.register.index.build import build_index
from maillon.reference.register.index.index import RegisterIndex, open_index

__all__ = ["RegisterIndex", "build_index", "open_index"]
