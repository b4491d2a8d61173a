"""What was understood of an import, as plain data: tables, columns, rows, doubts, and what importing does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from maillon.web.follow.models import Project
from maillon.web.intake.models import PRICE_FIELDS, Line
from maillon.web.intake.queries.versions import current_version

if TYPE_CHECKING:
    from maillon.core.bom import Bom
    from maillon.core.doubt import Doubt
    from maillon.intake.reading import Reading, TableReading

#: From this confidence on a column is sure and asks nothing; below the other a person must decide.
SURE, OPEN = 0.85, 0.5
_CELLS = 5
#: Columns whose samples only those see who may see prices: as stored, and as a file may write them.
_PRICED = PRICE_FIELDS | {"price", "bulk_price", "unit_price_vat", "amount_vat", "price_pack", "vat_rate"}
Key = tuple[str, str]


def understood_json(readings: Sequence[Reading], doubts: Sequence[Doubt]) -> dict[str, Any]:
    """Return what the pages of an import show: one entry a file, doubts grouped by kind."""
    files = [
        {
            "name": reading.source.name,
            "kind": reading.source.kind,
            "tables": [_table(table) for table in reading.tables if table.kind in ("bom", "ledger")],
            "doubts": _grouped(reading.doubts),
        }
        for reading in readings
    ]
    return {"files": files, "joining": _grouped(doubts)}


def _table(table: TableReading) -> dict[str, Any]:
    from maillon.intake.understand.corrections import signature_of  # noqa: PLC0415 - the engine is lazy

    rows = table.rows
    by_source = {guess.column: (role, guess) for role, guess in table.columns.items()}
    columns = [
        {
            "role": role,
            "source": guess.source,
            "confidence": round(guess.confidence, 3),
            "samples": list(guess.samples[:3]),
            "priced": role in _PRICED,
        }
        for _, (role, guess) in sorted(by_source.items())
    ]
    used = {guess.source for _, guess in by_source.values()}
    return {
        "sheet": table.sheet,
        "header_row": table.header_row,
        "kind": table.kind,
        "signature": signature_of(table.header),
        "columns": columns,
        "unused": [label for label in table.header if label and label not in used],
        "rows": {
            "read": rows.read,
            "parts": rows.parts,
            "totals": rows.totals,
            "quarantined": rows.quarantined,
        },
    }


def _grouped(doubts: Iterable[Doubt]) -> list[dict[str, Any]]:
    """Return doubts by kind and sentence: how many, where the first stand, what is proposed."""
    from maillon.intake.sandbox.wire import message_to_json  # noqa: PLC0415 - as above

    groups: defaultdict[tuple[str, str, str], list[Doubt]] = defaultdict(list)
    for doubt in doubts:
        groups[doubt.code, doubt.treatment.value, doubt.sheet].append(doubt)
    return [
        {
            "code": code,
            "treatment": treatment,
            "sheet": sheet,
            "count": len(found),
            "cells": [doubt.cell for doubt in found[:_CELLS]],
            "what": message_to_json(found[0].what),
            "proposal": message_to_json(found[0].proposal) if found[0].proposal else None,
        }
        for (code, treatment, sheet), found in sorted(groups.items(), key=lambda group: -len(group[1]))
    ]


def doubts_in_words(understood: dict[str, Any]) -> dict[str, Any]:
    """Return what was understood with each doubt's sentences read back, to be said in a language."""
    from maillon.intake.sandbox.wire import message_from_json  # noqa: PLC0415 - as above

    def told(doubt: dict[str, Any]) -> dict[str, Any]:
        proposal = doubt["proposal"]
        proposed = message_from_json(proposal) if proposal else None
        return doubt | {"said": message_from_json(doubt["what"]), "proposed": proposed}

    files = [file | {"doubts": [told(doubt) for doubt in file["doubts"]]} for file in understood["files"]]
    return understood | {"files": files}


def set_apart(understood: dict[str, Any]) -> int:
    """Return how many rows were set apart."""
    tables = [table for file in understood["files"] for table in file["tables"]]
    return sum(table["rows"]["quarantined"] for table in tables)


def undecided(understood: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the columns that a person must decide on, the least sure first."""
    tables = [table for file in understood["files"] for table in file["tables"]]
    columns = [column for table in tables for column in table["columns"]]
    return sorted((c for c in columns if c["confidence"] < OPEN), key=lambda c: c["confidence"])


def count_changes(project: Project, bom: Bom) -> dict[str, int]:
    """Return how many lines would be new, kept and gone against the current version."""
    new = list(zip(bom.lines["reference"].to_list(), bom.lines["designation"].to_list(), strict=True))
    current = current_version(project)
    if current is None:
        return {"lines": len(new), "created": len(new), "kept": 0, "gone": 0}
    old = list(Line.objects.filter(version=current).values_list("reference", "designation"))
    before, after = set(map(_key, old)), set(map(_key, new))
    created = sum(_key(pair) not in before for pair in new)
    gone = sum(_key(pair) not in after for pair in old)
    return {"lines": len(new), "created": created, "kept": len(new) - created, "gone": gone}


def _key(pair: tuple[str | None, str | None]) -> Key:
    return pair[0] or "", "" if pair[0] else pair[1] or ""
