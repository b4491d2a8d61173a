"""The lines of a table as they are shown: kept by column, each put together when someone asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import overload

Line = Mapping[str, object]


class Lines(Sequence[Line]):
    """A sequence of mappings role → value over columns of one length.

    >>> Lines({"line": [1, 2], "designation": ["vis", None]})[-1]
    {'line': 2, 'designation': None}
    """

    def __init__(self, columns: Mapping[str, Sequence[object]]) -> None:
        sizes = {len(column) for column in columns.values()}
        if len(sizes) > 1:
            raise ValueError(f"columns of different lengths: {sorted(sizes)}")
        self._columns = dict(columns)
        self._size = sizes.pop() if sizes else 0

    def __len__(self) -> int:
        """Count the lines."""
        return self._size

    @overload
    def __getitem__(self, place: int) -> Line: ...

    @overload
    def __getitem__(self, place: slice) -> Lines: ...

    def __getitem__(self, place: int | slice) -> Line | Lines:
        """Return one line, or some of them."""
        if isinstance(place, slice):
            return Lines({role: column[place] for role, column in self._columns.items()})
        if not -self._size <= place < self._size:
            raise IndexError(place)
        return {role: column[place] for role, column in self._columns.items()}

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same lines."""
        if isinstance(other, Lines) or (isinstance(other, Sequence) and not isinstance(other, str)):
            return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))
        return NotImplemented

    def __hash__(self) -> int:
        """Return a hash that equal lines share."""
        return hash((self._size, tuple(sorted(self._columns)) if self._size else ()))

    def __repr__(self) -> str:
        """Name the columns and the number of lines."""
        return f"Lines({self._size} × {list(self._columns)})"
