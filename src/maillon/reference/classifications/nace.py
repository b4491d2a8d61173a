"""NACE, the European classification of activities: revisions 2 and 2.1, and the passage between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from maillon.reference.tables import read_table

REVISIONS = ("2", "2.1")


def label(code: str, revision: str = "2") -> str:
    """Return the English label of a code of revision "2" or "2.1"; ``KeyError`` for an unknown one.

    >>> label("25.62"), label("25.53", "2.1")
    ('Machining', 'Machining of metals')
    """
    return _columns(revision)[code][0]


def parent(code: str, revision: str = "2") -> str | None:
    """Return the code one level up, None for a section.

    >>> parent("25.53", "2.1")
    '25.5'
    """
    return _columns(revision)[code][1]


def codes(revision: str = "2") -> tuple[str, ...]:
    """Return every code of a revision: 996 in revision 2, 1,047 in revision 2.1.

    >>> len(codes("2")), len(codes("2.1"))
    (996, 1047)
    """
    return tuple(_columns(revision))


def revision_2_of(code: str) -> tuple[str, ...]:
    """Return the codes of revision 2 that a code of revision 2.1 covers in whole or part; 46.89 has none.

    >>> revision_2_of("25.53")
    ('25.61', '25.62')
    """
    return _passage().get(code, ())


@cache
def _columns(revision: str) -> Mapping[str, tuple[str, str | None]]:
    table = read_table("classifications/data/nace.parquet").select("revision", "code", "label_en", "parent")
    return {code: (text, above) for edition, code, text, above in table.iter_rows() if edition == revision}


@cache
def _passage() -> Mapping[str, tuple[str, ...]]:
    pairs: dict[str, list[str]] = defaultdict(list)
    for new, old in read_table("classifications/data/nace21_nace2.parquet").iter_rows():
        pairs[new].append(old)
    return {new: tuple(old) for new, old in pairs.items()}
