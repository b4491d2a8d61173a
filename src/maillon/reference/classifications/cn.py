"""The combined nomenclature (CN) of goods: HS chapters, headings and subheadings, and CN codes of 8 digits.

Codes are digits only: 2 (chapter), 4 (heading), 6 (HS subheading) or 8 (CN). A subheading that the CN does
not divide stands for its CN code too: 010130 and 01013000 are one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any

from maillon.reference.tables import read_table

_TABLE = "classifications/data/cn.parquet"
#: Suffix of a code of its own; any other is a title above several codes.
_POSITION = "80"


def normalise(code: str) -> str | None:
    """Return the digits of a written code as a chapter, heading, HS or CN code, or None if it cannot be one.

    Dots and spaces go, the TARIC digits beyond the eighth too. An odd number of digits has lost its leading
    zero, as spreadsheets do. The code need not be in the table: older and newer years have others.

    >>> normalise("8482 10 90"), normalise("7318.15.88 90"), normalise("1012100")
    ('84821090', '73181588', '01012100')
    >>> normalise("12"), normalise("0"), normalise("vis")
    ('12', None, None)
    """
    digits = re.sub(r"[\s.\-]", "", code)
    if not re.fullmatch(r"[0-9]{2,14}", digits):
        return None
    if len(digits) % 2:
        digits = "0" + digits
    return digits[:8] if digits[:2] != "00" else None


def label(code: str, language: str, *, full: bool = True) -> str | None:
    """Return the label of a code in French or English, or None if the table does not have it.

    With ``full``, the whole path from the chapter down: leaf labels alone are often just "other".

    >>> label("84821090", "fr", full=False)
    'autres'
    >>> label("848210", "en")[-41:]
    '> Ball or roller bearings > Ball bearings'
    """
    row = _rows().get(_undivided(code))
    if row is None:
        return None
    labels, parents = _column(f"label_{language}"), _column("parent")
    texts = []
    while row is not None:
        texts.append(labels[row])
        row = parents[row]
    return " > ".join(reversed(texts)) if full else texts[0]


def heading(code: str) -> str | None:
    """Return the heading (4 digits) of a code, None for a chapter.

    >>> heading("84821090"), heading("84")
    ('8482', None)
    """
    return code[:4] if len(code) >= 4 else None


def parent(code: str) -> str | None:
    """Return the nearest code above: HS subheading, heading or chapter; None for a chapter or unknown code.

    >>> parent("84821090"), parent("848210"), parent("8482")
    ('848210', '8482', '84')
    """
    row = _rows().get(_undivided(code))
    parents, suffixes = _column("parent"), _column("suffix")
    above = None if row is None else parents[row]
    while above is not None and suffixes[above] != _POSITION:
        above = parents[above]
    return None if above is None else _column("code")[above]


def children(code: str) -> tuple[str, ...]:
    """Return the codes right below a code, in order.

    >>> children("848210")
    ('84821010', '84821090')
    """
    return _children().get(code, ())


def nearest(code: str) -> str | None:
    """Return the longest known code that begins ``code``: a way back from codes of other years.

    >>> nearest("84821099"), nearest("77000000")
    ('848210', None)
    """
    for length in (8, 6, 4, 2):
        if len(code) >= length and _undivided(code[:length]) in _rows():
            return _undivided(code[:length])
    return None


def supplementary_unit(code: str) -> str | None:
    """Return the supplementary unit of a CN code as the Commission writes it ("p/st" is pieces), or None.

    >>> supplementary_unit("87120030")
    'p/st'
    """
    row = _rows().get(_undivided(code))
    return None if row is None else _column("unit")[row]


def codes() -> tuple[str, ...]:
    """Return every code of the table, chapters included, in the order of the nomenclature."""
    return tuple(_rows())


def _undivided(code: str) -> str:
    """Return the code under which the table holds it: 01013000 is there as 010130."""
    rows = _rows()
    if code in rows or len(code) != 8 or not code.endswith("00"):
        return code
    return code[:6]


@cache
def _column(name: str) -> list[Any]:
    return read_table(_TABLE)[name].to_list()


@cache
def _rows() -> Mapping[str, int]:
    """Return the row of each code; the other rows are titles above several codes."""
    pairs = zip(_column("code"), _column("suffix"), strict=True)
    return {code: row for row, (code, suffix) in enumerate(pairs) if suffix == _POSITION}


@cache
def _children() -> Mapping[str, tuple[str, ...]]:
    below: dict[str, list[str]] = defaultdict(list)
    for code in _rows():
        above = parent(code)
        if above is not None:
            below[above].append(code)
    return {code: tuple(listed) for code, listed in below.items()}
