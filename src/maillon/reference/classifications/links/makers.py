"""From a good to the class of activity that makes it: HS codes → NACE rev. 2 classes.

The first four digits of a CPA or PRODCOM code are a NACE class, so the same table leads to CPA classes. The
project wrote the sheet, heading by heading; nothing is copied from the official tables, which a user can
supply and which then go before it (``imported``).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from maillon.reference.classifications.processes.sheet import read_rows, sheet_path
from maillon.reference.classifications.processes.weights import read_weights

PACKAGE = "maillon.reference.classifications.links"


def maker_classes(code: str) -> Mapping[str, float]:
    """Return the NACE classes that make a good and their shares, which sum to 1; empty if unknown.

    The longest beginning of ``code`` (digits: chapter, heading, HS or CN code) that the sheet knows counts;
    shares are judgements of how often a buyer's line of this code comes from each class.

    >>> dict(maker_classes("84821090")), dict(maker_classes("84812010"))
    ({'28.15': 1.0}, {'28.12': 1.0})
    """
    table = _table()
    for length in (6, 4, 2):
        if len(code) >= length and code[:length] in table:
            return table[code[:length]]
    return MappingProxyType({})


@cache
def _table() -> Mapping[str, Mapping[str, float]]:
    rows = read_rows(sheet_path(PACKAGE, "headings.csv"))
    return {row["code"]: MappingProxyType(read_weights(row["classes"])) for row in rows}
