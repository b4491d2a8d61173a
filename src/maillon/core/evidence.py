"""How well a statement is known: the four levels of evidence."""

from __future__ import annotations

from enum import IntEnum


class Evidence(IntEnum):
    """Level of evidence of an origin, in rising order of strength, so that ``max`` keeps the best.

    >>> max(Evidence.INFERRED, Evidence.DOCUMENTED).code
    'documented'
    >>> Evidence.from_code("declared")
    <Evidence.DECLARED: 2>
    """

    UNKNOWN = 0
    INFERRED = 1
    DECLARED = 2
    DOCUMENTED = 3

    @property
    def code(self) -> str:
        """The stable lower-case name used in files and frames."""
        return self.name.lower()

    @classmethod
    def from_code(cls, code: str) -> Evidence:
        """Return the level named ``code``; ``KeyError`` if there is none."""
        return cls[code.upper()]
