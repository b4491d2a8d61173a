"""The benchmark's files: MiniZinc data (``.dzn``) with the fields of Bofill et al."""

from __future__ import annotations

import re
from pathlib import Path

from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.method.meet.timetable.problem import TimetableProblem

_FIELD = re.compile(r"(\w+)\s*=\s*([^;]*);")
_SET = re.compile(r"\{([^}]*)\}")
_NUMBER = re.compile(r"-?\d+")
_RANGE = re.compile(r"(\d+)\s*\.\.\s*(\d+)")
_ANY = 3
#: Bytes of the largest file read; the benchmark's largest has 20 kB.
_LARGEST = 20_000_000


def read_dzn(path: Path) -> TimetableProblem:
    """Read a timetable problem from a ``.dzn`` file.

    Raises ``RefusedFile`` when the file is not one, lacks a field or contradicts itself. The redundant fields
    ``meetingsxBusiness`` and ``nMeetingsBusiness`` are not read.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise RefusedFile(
                message("The file {file} is too large for a timetable problem.", file=path.name)
            )
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RefusedFile(message("The file {file} cannot be read as text.", file=path.name)) from error
    return parse_dzn(text)


def parse_dzn(text: str) -> TimetableProblem:
    """Return the problem that the text of a ``.dzn`` file states; the file counts from 1, the problem from 0.

    >>> parse_dzn("nBusiness=2; nMeetings=1; nTables=1; nTotalSlots=2; nMorningSlots=1; "
    ...           "requested=[|1,2,2|]; forbidden=[{0},{0}]; fixed=[0]; precedences=[{}];").open_slots
    ((1,),)
    """
    fields = dict(_FIELD.findall(re.sub(r"%.*", "", text)))
    people, count = _number(fields, "nBusiness"), _number(fields, "nMeetings")
    slots, morning = _number(fields, "nTotalSlots"), _number(fields, "nMorningSlots")
    rows = _rows(fields, count)
    fixed = _numbers(fields, "fixed", count)
    return TimetableProblem(
        participants=people,
        meetings=tuple((a - 1, b - 1) for a, b, _ in rows),
        tables=(_number(fields, "nTables"),) * slots,
        sessions=(range(min(morning, slots)), range(morning, slots)),
        session_of=tuple(None if session == _ANY else session - 1 for *_, session in rows),
        forbidden=_sets(fields, "forbidden", people),
        fixed=tuple(slot - 1 if slot else None for slot in fixed),
        precedences=_sets(fields, "precedences", count),
    )


def _field(fields: dict[str, str], name: str) -> str:
    if name not in fields:
        raise RefusedFile(
            message("The field {field} is missing.", field=name),
            message(
                "A timetable problem is a MiniZinc data file with the fields of the published benchmark."
            ),
        )
    return fields[name]


def _number(fields: dict[str, str], name: str) -> int:
    text = _field(fields, name).strip()
    if not text.isdecimal():
        raise RefusedFile(message("The field {field} should be a whole number.", field=name))
    return int(text)


def _numbers(fields: dict[str, str], name: str, count: int) -> list[int]:
    if name not in fields:
        return [0] * count
    found = [int(number) for number in _NUMBER.findall(fields[name])]
    _expect(name, len(found), count)
    return found


def _rows(fields: dict[str, str], count: int) -> list[tuple[int, int, int]]:
    found = [int(number) for number in _NUMBER.findall(_field(fields, "requested"))]
    _expect("requested", len(found), 3 * count)
    if any(session not in {1, 2, _ANY} for session in found[2::3]):
        raise RefusedFile(message("The field {field} should name sessions 1, 2 or 3.", field="requested"))
    return list(zip(found[::3], found[1::3], found[2::3], strict=True))


def _sets(fields: dict[str, str], name: str, count: int) -> tuple[frozenset[int], ...]:
    if name not in fields:
        return ()
    found = [
        frozenset(number - 1 for number in _members(text) if number) for text in _SET.findall(fields[name])
    ]
    _expect(name, len(found), count)
    return tuple(found)


def _members(text: str) -> list[int]:
    whole = [number for low, high in _RANGE.findall(text) for number in range(int(low), int(high) + 1)]
    return whole + [int(number) for number in _NUMBER.findall(_RANGE.sub(" ", text))]


def _expect(name: str, found: int, expected: int) -> None:
    if found != expected:
        raise RefusedFile(
            message(
                "The field {field} has {found} entries where {expected} are expected.",
                field=name,
                found=found,
                expected=expected,
            )
        )
