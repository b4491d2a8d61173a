"""Verdicts: what a person who asked a firm learnt of a part and a process; kept in the home folder.

One JSON document a line in ``lexicon/verdicts.jsonl`` below ``home()``, only ever appended to. The file holds
words of a firm's own bill of materials: it stays on the machine and enters no index.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from stdnum.fr import siret as siret_numbers

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.home import home
from maillon.reference.classifications.lexicon.nouns import all_nouns
from maillon.reference.classifications.processes import all_processes

CONFIRMED, REFUSED = "confirmed", "refused"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A firm (``siret``) confirmed or refused that it makes a designated part by a process.

    ``noun`` is the code of the part noun, None where the lexicon has none for this designation.
    """

    designation: str
    noun: str | None
    process: str
    siret: str
    verdict: str
    date: str


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The verdicts on file, in the order of recording, and how many lines could not be read."""

    records: tuple[Verdict, ...]
    damaged: int


def verdicts_path(folder: Path | None = None) -> Path:
    """Return the file of verdicts below ``folder``, or below ``home()``."""
    return (folder or home()) / "lexicon" / "verdicts.jsonl"


def record_verdict(
    designation: str,
    *,
    noun: str | None,
    process: str,
    siret: str,
    verdict: str,
    on: date | None = None,
    folder: Path | None = None,
) -> Verdict:
    """Append a verdict to the file and return it; ``on`` is today (UTC) by default.

    Raises ``InvalidRequest`` for an unknown noun, process or verdict, or a SIRET that cannot be one.
    """
    day = on or datetime.now(UTC).date()
    made = Verdict(designation.strip(), noun, process, siret.replace(" ", ""), verdict, day.isoformat())
    _check(made)
    path = verdicts_path(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps(asdict(made), ensure_ascii=False) + "\n"
    _append(path, line.encode())
    return made


def _append(path: Path, line: bytes) -> None:
    """Write one whole line at the end, after closing a line that a crash left open."""
    with path.open("a+b") as target:
        if target.tell() and path.read_bytes()[-1:] != b"\n":
            line = b"\n" + line
        target.write(line)
        target.flush()
        os.fsync(target.fileno())


def _check(made: Verdict) -> None:
    if not made.designation:
        raise InvalidRequest(message("A verdict needs a designation."))
    if made.noun is not None and made.noun not in {noun.code for noun in all_nouns()}:
        raise InvalidRequest(message("The lexicon has no noun “{noun}”.", noun=made.noun))
    if made.process not in {process.code for process in all_processes()}:
        raise InvalidRequest(message("No process has the code “{process}”.", process=made.process))
    if made.verdict not in (CONFIRMED, REFUSED):
        raise InvalidRequest(
            message("A verdict is confirmed or refused, not “{verdict}”.", verdict=made.verdict)
        )
    if not siret_numbers.is_valid(made.siret):
        raise InvalidRequest(
            message("“{siret}” is no SIRET.", siret=made.siret),
            message("A SIRET has 14 digits, of which the last ones check the others."),
        )


def read_verdicts(folder: Path | None = None) -> Verdicts:
    """Return the verdicts on file; none if nothing was recorded. A damaged line is counted, not read."""
    path = verdicts_path(folder)
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
    read = [_verdict(line) for line in lines if line.strip()]
    kept = tuple(verdict for verdict in read if verdict is not None)
    return Verdicts(kept, len(read) - len(kept))


def _verdict(line: str) -> Verdict | None:
    try:
        return Verdict(**json.loads(line))
    except (ValueError, TypeError):
        return None


def last_verdicts(records: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Return the last verdict of each firm on each designation and process: a firm may change its mind."""
    last = {(v.designation.casefold(), v.process, v.siret): v for v in records}
    return tuple(last.values())
