"""Two versions compared by the references of their lines."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from maillon.web.intake.models import Line, Version
from maillon.web.intake.queries.lines_columns import Column, columns_of, value_of


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that the two versions hold differently."""

    column: Column
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Changed:
    """A line in both versions whose cells differ."""

    before: Line
    after: Line
    differences: list[Difference]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was added, removed and changed, in the order of the files; and how many lines are the same."""

    added: list[Line]
    removed: list[Line]
    changed: list[Changed]
    same: int


def compare_versions(before: Version, after: Version, prices: bool) -> Comparison:
    """Return what became of each line; where a reference stands several times, in order of appearance.

    Lines without a reference are told by designation. Columns that only one kind of version has are left out.
    """
    columns = columns_of(after, prices)
    columns = {name: one for name, one in columns.items() if name in columns_of(before, prices)}
    waiting: dict[object, list[Line]] = defaultdict(list)
    for line in Line.objects.filter(version=before).order_by("-line"):
        waiting[_key(line)].append(line)
    added, changed, same = [], [], 0
    for line in Line.objects.filter(version=after).order_by("line"):
        former = waiting[_key(line)].pop() if waiting[_key(line)] else None
        if former is None:
            added.append(line)
        elif found := _differences(former, line, columns):
            changed.append(Changed(former, line, found))
        else:
            same += 1
    removed = sorted((line for left in waiting.values() for line in left), key=lambda line: line.line)
    return Comparison(added, removed, changed, same)


def _key(line: Line) -> object:
    return line.reference or ("designation", line.designation)


def _differences(before: Line, after: Line, columns: dict[str, Column]) -> list[Difference]:
    return [
        Difference(column, value_of(before, name), value_of(after, name))
        for name, column in columns.items()
        if value_of(before, name) != value_of(after, name)
    ]
