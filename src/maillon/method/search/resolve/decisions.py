"""What persons decided of vendors: one line of a file each, replayed before anything else.

The file says which establishment a vendor is, or that it is none of the register, and since when; it does not
say who decided.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.home import home
from maillon.reference.register.enrich.identifiers import read_identifier
from maillon.reference.register.names.cleaning import clean_town, clean_words

FILE = "vendor-decisions.csv"
_COLUMNS = ("vendor", "siret", "date")


def vendor_key(name: str, town: str | None = None) -> str:
    """Return what a decision is filed under: the cleaned name and town.

    >>> vendor_key("Ets MARTIN & Fils SARL", "ST ETIENNE CEDEX"), vendor_key("Martin Fils")
    ('martin fils | saint etienne', 'martin fils | ')
    """
    return f"{' '.join(clean_words(name))} | {clean_town(town)}"


@dataclass(frozen=True, slots=True)
class Decisions:
    """The last decision for each vendor: its SIRET, or null where it is none of the register."""

    path: Path
    held: Mapping[str, str | None] = field(default_factory=dict)

    def record(self, name: str, town: str | None, siret: str | None, day: dt.date | None = None) -> Decisions:
        """Append a decision to the file and return the decisions with it; the last one counts.

        A decision already held is not written again.
        """
        key, when = vendor_key(name, town), day or dt.datetime.now(dt.UTC).date()
        if key in self.held and self.held[key] == siret:
            return self
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = not self.path.exists()
        with self.path.open("a", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            if fresh:
                writer.writerow(_COLUMNS)
            writer.writerow((key, siret or "", when.isoformat()))
        return Decisions(self.path, {**self.held, key: siret})


def read_decisions(path: Path | None = None) -> Decisions:
    """Return the decisions of ``path`` (by default under ``MAILLON_HOME``), none where there is no such file.

    Raises ``RefusedFile`` on a file of another form, naming the line.
    """
    place = path or home() / FILE
    if not place.is_file():
        return Decisions(place)
    held: dict[str, str | None] = {}
    with place.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        if tuple(next(rows, ())) != _COLUMNS:
            raise _damaged(place, 1)
        for line, row in enumerate(rows, 2):
            if len(row) != len(_COLUMNS) or (row[1] and read_identifier(row[1])[0] is None):
                raise _damaged(place, line)
            held[row[0]] = read_identifier(row[1])[0] if row[1] else None
    return Decisions(place, held)


def _damaged(path: Path, line: int) -> RefusedFile:
    return RefusedFile(
        message("Line {line} of the decisions {name} cannot be read.", line=line, name=path.name),
        message("Each line holds a vendor, a SIRET or nothing, and a date."),
    )
