"""The designations labelled by hand: what a part is, who makes it; frozen, and split by part noun."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "labelled"

#: SHA-256 of each frozen file.
FROZEN = {
    "dev": "4111ed22abdb35aee1f767a731861673dc4ccc4b5468f9ea63cfb12a5ea8ec0f",
    "test": "398a6162ae6fdf9a7e34482f2ca7cc7fd1929548255106dda6d2cb65b5dbf7c1",
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """One designation with its labels; the first of each is the most typical."""

    id: str
    designation: str
    noun: str
    language: str
    trade: str
    processes: tuple[str, ...]
    naf: tuple[str, ...]
    hs4: tuple[str, ...]
    family: str


def read_labelled(part: str, folder: Path = FOLDER) -> list[Labelled]:
    """Return the designations of ``dev`` or ``test``, in the order of the file."""
    with (folder / f"{part}.csv").open(encoding="utf-8", newline="") as lines:
        return [_labelled(row) for row in csv.DictReader(lines)]


def _labelled(row: dict[str, str]) -> Labelled:
    return Labelled(
        id=row["id"],
        designation=row["designation"],
        noun=row["noun"],
        language=row["language"],
        trade=row["trade"],
        processes=tuple(row["processes"].split()),
        naf=tuple(row["naf"].split()),
        hs4=tuple(row["hs4"].split()),
        family=row["family"],
    )


def measure_sum(part: str, folder: Path = FOLDER) -> str:
    """Return the SHA-256 of a file of labels: printed beside results, so that they can be compared."""
    return hashlib.sha256((folder / f"{part}.csv").read_bytes()).hexdigest()
