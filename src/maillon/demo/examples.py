"""The example files of the invented firm, written together so that they agree with one another."""

from __future__ import annotations

from pathlib import Path

from maillon.demo.bill import build_bill
from maillon.demo.workbook import write_workbook


def write_examples(folder: Path, *, seed: int = 1) -> list[Path]:
    """Write every example file into ``folder`` (made when absent) and return their paths.

    The content depends on ``seed`` alone: no clock, no machine name, fixed dates inside archives.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lines = build_bill(seed)
    cobot = folder / "cobot.xlsx"
    write_workbook(cobot, lines, seed)
    return [cobot]
