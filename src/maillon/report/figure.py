"""A chart as a reader meets it: the finding it shows, the drawing, and the same data as a table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """``caption`` states the finding, ``unit`` what the numbers are; ``rows`` hold what the drawing shows."""

    caption: str
    unit: str
    svg: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
