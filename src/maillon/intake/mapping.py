"""Corrected columns, saved per firm and replayed when the same header comes back.

A mapping is one small JSON document::

    {"format": "maillon-mapping/1",
     "tables": [{"sheet": "BOM", "header_row": 7, "signature": "reference|designation|qte",
                 "columns": {"reference": "Réf.", "designation": "Désignation", "quantity": "Qté"},
                 "decimal": ","}]}

``columns`` names for each role the header as written, or the column's letters where it has none; an empty
text refuses the role. ``decimal`` is optional. A table is recognised by its signature (the words of its
header) wherever it stands, else by ``sheet`` and ``header_row``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.intake.reading import Reading
from maillon.intake.understand.corrections import TableMapping, signature_of
from maillon.intake.understand.numbers import Decimal
from maillon.intake.understand.vocabulary import words_of

_FORMAT = "maillon-mapping/1"


def mapping_of(reading: Reading) -> dict[str, object]:
    """Return what was understood of a file as a mapping, for a person to correct."""
    tables = [
        {
            "sheet": table.sheet,
            "header_row": table.header_row,
            "signature": signature_of(table.header),
            "columns": {role: guess.source for role, guess in table.columns.items()},
        }
        for table in reading.tables
        if table.header_row is not None and table.kind in ("bom", "ledger")
    ]
    return {"format": _FORMAT, "tables": tables}


def mappings_in(mapping: Mapping[str, object] | None) -> Sequence[TableMapping]:
    """Return the table mappings of a document; ``InvalidRequest`` where it is no mapping."""
    if mapping is None:
        return ()
    tables = mapping.get("tables")
    if not isinstance(tables, Sequence) or isinstance(tables, str):
        raise _not_a_mapping()
    found = []
    for table in tables:
        columns = table.get("columns") if isinstance(table, Mapping) else None
        if not isinstance(columns, Mapping):
            raise _not_a_mapping()
        row, decimal = table.get("header_row"), table.get("decimal")
        found.append(
            TableMapping(
                str(table.get("sheet") or ""),
                row if isinstance(row, int) else None,
                {str(role): str(source) for role, source in columns.items()},
                str(table.get("signature") or ""),
                Decimal(decimal) if decimal in (",", ".") else None,
            )
        )
    return tuple(found)


def _not_a_mapping() -> InvalidRequest:
    return InvalidRequest(
        message("This document is no column mapping."),
        message("Write one with `maillon intake FILE --save mapping.json` and correct it."),
    )


def load_mapping(path: Path) -> dict[str, object]:
    """Return the mapping held by a file; ``InvalidRequest`` where it holds none."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _not_a_mapping() from error
    if not isinstance(document, dict):
        raise _not_a_mapping()
    mappings_in(document)
    return document


def save_mapping(path: Path, mapping: Mapping[str, object]) -> Path:
    """Write a mapping and return where: ``path`` itself, or in a firm's folder a file named by its headers.

    In a folder the name depends on the headers only, so that a corrected mapping replaces the earlier one.
    """
    if path.is_dir():
        tables = mappings_in(mapping)
        key = json.dumps([sorted(words_of(s) for s in t.columns.values()) for t in tables])
        path = path / f"mapping-{hashlib.sha256(key.encode()).hexdigest()[:12]}.json"
    text = json.dumps(dict(mapping), ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def saved_mappings(folder: Path) -> dict[str, object] | None:
    """Return all mappings saved in a firm's folder as one document; None where there is none."""
    tables: list[object] = []
    for path in sorted(folder.glob("mapping-*.json"), key=lambda p: (-p.stat().st_mtime, p.name)):
        found = load_mapping(path).get("tables")
        tables += found if isinstance(found, list) else []
    return {"format": _FORMAT, "tables": tables} if tables else None
