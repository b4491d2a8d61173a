"""Corrections of the register by hand: dated, kept beside the snapshots, applied to each of them.

The file is ``register-overlay.csv`` under ``MAILLON_HOME``, in UTF-8, with ``date,siret,column,value,note``.
``column`` is one of ``ESTABLISHMENTS``, or a kind of capability; an empty value makes unknown what was told.
"""

from __future__ import annotations

import csv
import datetime as dt
import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from stdnum.exceptions import ValidationError
from stdnum.fr import siret as siret_number

from maillon.core.errors import InvalidRequest, RefusedFile
from maillon.core.message import message
from maillon.home import home
from maillon.reference.register.corrected_values import parse_value
from maillon.reference.register.schema import ESTABLISHMENTS, KINDS

FILE = "register-overlay.csv"
#: Identity is not corrected: another SIRET is another establishment.
FIXED = frozenset({"siret", "siren"})


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing put right, as text; ``date`` is ISO, and of two for the same thing the later one holds."""

    date: str
    siret: str
    column: str
    value: str
    note: str = ""


_HEADER = tuple(field.name for field in fields(Correction))


def overlay_file() -> Path:
    """Return the file of corrections; it may not exist."""
    return home() / FILE


def read_corrections(path: Path | None = None) -> tuple[Correction, ...]:
    """Return the corrections in the order in which they hold: by date, then as written.

    Raises ``RefusedFile`` naming the first line that is not one.
    """
    source = path or overlay_file()
    if not source.is_file():
        return ()
    try:
        with source.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines, strict=True))
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise _refused(source, 1) from error
    return tuple(sorted(_read_rows(rows, source), key=lambda correction: correction.date))


def _read_rows(rows: Sequence[dict[str, str]], source: Path) -> Iterable[Correction]:
    for line, row in enumerate(rows, start=2):
        try:
            yield check_correction(Correction(**{name: row[name] or "" for name in _HEADER}))
        except (KeyError, InvalidRequest) as error:
            raise _refused(source, line) from error


def _refused(source: Path, line: int) -> RefusedFile:
    return RefusedFile(
        message("Line {line} of {file} is no correction.", line=line, file=source.name),
        message("Each line has a date, a SIRET, a column, a value and a note."),
    )


def check_correction(correction: Correction) -> Correction:
    """Return the correction, its SIRET compact; ``InvalidRequest`` if a part of it makes no sense."""
    try:
        siret = str(siret_number.validate(correction.siret))
    except ValidationError as error:
        raise InvalidRequest(
            message("“{siret}” is no SIRET: its digits do not agree.", siret=correction.siret),
            message("A SIRET has 14 digits."),
        ) from error
    if correction.column in FIXED or correction.column not in ESTABLISHMENTS.keys() | KINDS:
        names = ", ".join([*(name for name in ESTABLISHMENTS if name not in FIXED), *sorted(KINDS)])
        raise InvalidRequest(
            message("“{column}” cannot be corrected.", column=correction.column),
            message("Choose one of: {names}.", names=names),
        )
    try:
        dt.date.fromisoformat(correction.date)
        parse_value(correction.column, correction.value)
    except ValueError as error:
        raise InvalidRequest(
            message("“{value}” is no value of {column}.", value=correction.value, column=correction.column),
            message("Dates are like 2026-11-30, truths are true or false, names are parted by |."),
        ) from error
    return Correction(correction.date, siret, correction.column, correction.value.strip(), correction.note)


def add_corrections(corrections: Iterable[Correction], path: Path | None = None) -> Path:
    """Add corrections to the file, whole or not at all; return it."""
    target = path or overlay_file()
    checked = [check_correction(correction) for correction in corrections]
    kept = [*read_corrections(target), *checked]
    target.parent.mkdir(parents=True, exist_ok=True)
    written = target.with_name(f".{target.name}-{secrets.token_hex(6)}")
    try:
        with written.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.writer(lines)
            writer.writerow(_HEADER)
            writer.writerows(astuple(correction) for correction in kept)
        os.replace(written, target)  # noqa: PTH105 - the atomic call is named as the manual does
    finally:
        written.unlink(missing_ok=True)
    return target
