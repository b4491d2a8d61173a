"""The labels of the codes of a classification, in the reader's language."""

from __future__ import annotations

from maillon.reference.classifications import cn, nace, naf
from maillon.reference.classifications.processes import process_label


def code_label(kind: str, code: str, language: str) -> str:
    """Return the label of a code; ``kind`` is processes, naf, naf_2025, cpa or cn.

    A CN label is its path from the heading down, for leaves are often called "other"; a CPA product carries
    the label of its class, whose goods it is one of; NACE 2.1 has English labels only.

    >>> code_label("cn", "848210", "en")
    'Ball or roller bearings > Ball bearings'
    >>> code_label("cpa", "28.15.10", "en")
    'Manufacture of bearings, gears, gearing and driving elements'
    """
    match kind:
        case "processes":
            return process_label(code, language)
        case "cn":
            known = cn.nearest(code) or code[:2]
            path = cn.label(known, language) or ""
            return path.split(" > ", 1)[-1] if len(known) == 4 else " > ".join(_from_heading(known, language))
        case "naf_2025":
            return nace.label(code, "2.1")
        case _:
            return naf.label(code[:6] if kind == "naf" else code[:5], language)


def _from_heading(code: str, language: str) -> list[str]:
    """Return the labels from the heading down, without the chapter and its titles."""
    path = (cn.label(code, language) or "").split(" > ")
    above = len((cn.label(code[:4], language) or "").split(" > ")) - 1
    return path[above:]
