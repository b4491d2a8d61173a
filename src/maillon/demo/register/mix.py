"""What an invented register is like: how industrial it is, how much is told of its firms."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mix:
    """The shares that a register is drawn with.

    ``described``: of the makers, how many any source tells of. ``industry``: of the establishments, how many
    are of use to industry (sections B to E, wholesale, engineers). ``workshops``: how many times as often as
    in France the divisions 22 to 30 come among those, plastics to vehicles.
    """

    described: float = 0.12
    industry: float = 0.6
    workshops: float = 1.0
