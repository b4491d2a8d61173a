"""NAF rev. 2, the French classification of activities: codes, labels, parents, children.

Five levels: section ``C``, division ``25``, group ``25.6``, class ``25.62``, sub-class ``25.62B``. The
official activity code of a firm is a sub-class until 1 January 2027, when NAF 2025 replaces it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from maillon.reference.tables import read_table

_TABLE = "classifications/data/naf.parquet"
_WRITTEN = re.compile(r"(\d{2})\.?(\d{2})\.?([A-Z])")


def normalise(code: str) -> str | None:
    """Return a code as the table writes it, or None if NAF rev. 2 has no such code.

    >>> normalise("2562b"), normalise("25.62 B"), normalise("99.99Z")
    ('25.62B', '25.62B', None)
    """
    compact = re.sub(r"\s", "", code).upper()
    undotted = _WRITTEN.fullmatch(compact)
    if undotted:
        compact = f"{undotted[1]}.{undotted[2]}{undotted[3]}"
    return compact if compact in _labels("fr") else None


def label(code: str, language: str) -> str:
    """Return the label of a code in French or English; ``KeyError`` for a code that is not in NAF rev. 2.

    The English label of a sub-class is that of its NACE class: INSEE gives sub-classes no English label.

    >>> label("25.62B", "fr"), label("25.62B", "en")
    ('Mécanique industrielle', 'Machining')
    """
    return _labels(language)[code]


def parent(code: str) -> str | None:
    """Return the code one level up, None for a section; ``KeyError`` for an unknown code.

    >>> parent("25.62B"), parent("25"), parent("C")
    ('25.62', 'C', None)
    """
    return _parents()[code]


def children(code: str) -> tuple[str, ...]:
    """Return the codes one level down, in order; none below a sub-class.

    >>> children("25.6")
    ('25.61', '25.62')
    """
    return _children().get(code, ())


def level(code: str) -> int:
    """Return 1 for a section, 2 for a division, and so on to 5 for a sub-class.

    >>> [level(code) for code in ("C", "25", "25.6", "25.62", "25.62B")]
    [1, 2, 3, 4, 5]
    """
    above = parent(code)
    return 1 if above is None else 1 + level(above)


def section(code: str) -> str:
    """Return the section of a code.

    >>> section("25.62B")
    'C'
    """
    above = parent(code)
    return code if above is None else section(above)


def is_wholesale(code: str) -> bool:
    """Say whether a code is wholesale trade (division 46): such a supplier resells, it does not make.

    >>> is_wholesale("46.69B"), is_wholesale("25.62B")
    (True, False)
    """
    return code.startswith("46")


def codes() -> tuple[str, ...]:
    """Return every code of the five levels, in the order of the classification.

    >>> len(codes())
    1728
    """
    return tuple(_parents())


@cache
def _labels(language: str) -> Mapping[str, str]:
    table = read_table(_TABLE)
    return dict(zip(table["code"].to_list(), table[f"label_{language}"].to_list(), strict=True))


@cache
def _parents() -> Mapping[str, str | None]:
    table = read_table(_TABLE)
    return dict(zip(table["code"].to_list(), table["parent"].to_list(), strict=True))


@cache
def _children() -> Mapping[str, tuple[str, ...]]:
    below: dict[str, list[str]] = defaultdict(list)
    for code, above in _parents().items():
        if above is not None:
            below[above].append(code)
    return {code: tuple(listed) for code, listed in below.items()}
