"""How figures are written in designations (``figures.csv``): one pattern a row, tried in this order.

Patterns meet text that is folded (lower case, no accents). The order settles who wins: ``ISO 2768-mK`` is a
tolerance before it is a standard, ``M8x20`` a thread before it is a size. ``<name>`` stands for a pattern
that several rows share.
"""

from __future__ import annotations

import re
from functools import cache

from maillon.reference.classifications.processes.sheet import read_rows, sheet_path

NUMBER = r"\d+(?:[.,]\d+)?"
SHARED = {
    "<size>": r"<number>(?:\s?(?:mm|cm|µm|um|m|in|\")(?![a-z0-9]))?",
    "<number>": NUMBER,
    "<times>": r"\s?[x*]\s?",
    "<equals>": r"\s?\.?\s?[=:]?\s?",
    "<end>": r"(?![a-z0-9])",
    "<unc>": r"(?:#?(?:2-56|4-40|6-32|8-32|10-24|10-32)|1/4\"?-20|1/4\"?-28|5/16\"?-18|3/8\"?-16|1/2\"?-13)",
    "<packages>": (
        r"01005|0201|0402|0603|0805|1206|1210|1812|2010|2512|sot-?\d{2,3}(?:-\d+)?|soic-?\d*|s?sop-?\d+"
        r"|tssop-?\d+|[lt]?qfp-?\d+|[vw]?qfn-?\d+|dfn-?\d+|bga-?\d+|dip-?\d+|to-?(?:92|220|247|252|263)"
        r"|sod-?\d{2,3}[a-z]*|sma|smb|smc|do-\d+"
    ),
}
DEVIATION = re.compile(
    rf"(?:±|\+/-|\+-)\s?{NUMBER}(?:\s?(?:mm|µm|%))?|[+]\s?0(?:[.,]\d+)?\s?/?\s?-\s?0(?:[.,]\d+)?"
)


@cache
def measure_pattern() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """Return one pattern for every figure and the kind that each of its numbered groups means."""
    rows = list(read_rows(sheet_path(__package__, "figures.csv")))
    either = "|".join(f"({_unfold(row['pattern'])})" for row in rows)
    return re.compile(rf"(?<![a-z0-9.,])(?:{either})"), tuple(row["kind"] for row in rows)


def _unfold(pattern: str) -> str:
    """Replace the shared names, and make every group of the row's own a plain one."""
    for name, meaning in SHARED.items():
        pattern = pattern.replace(name, f"(?:{meaning})")
    return pattern
