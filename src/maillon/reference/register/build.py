"""Building a snapshot out of official files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

Progress = Callable[[float], None]


def build_register(
    sources: Sequence[Path],
    *,
    enrichment: Sequence[Path] = (),
    scope: str = "industry",
    engine: str = "auto",
    progress: Progress = lambda share: None,
    folder: Path | None = None,
) -> Path:
    """Build a snapshot, put it into use and return its folder."""
    raise NotImplementedError
