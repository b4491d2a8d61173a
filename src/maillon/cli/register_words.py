"""The register's manifest, drift and corrections, as tables for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from maillon.cli.terminal import table
from maillon.core.message import message
from maillon.language import format_number, format_percent, render
from maillon.reference.register.drift import Drift
from maillon.reference.register.manifest import INVENTED_NOTICE, Manifest
from maillon.reference.register.overlay import Correction

_COUNTS = {
    "read": message("Establishments read"),
    "kept": message("Establishments kept"),
    "masked": message("Masked at the person's request"),
    "unnamed": message("Without a name"),
    "point_of_address": message("Placed at their address"),
    "point_of_commune": message("Placed at their commune"),
    "without_point": message("Without a place"),
    "without_naf": message("Without a NAF rev. 2 code"),
    "with_headcount": message("With a known headcount"),
}


def manifest_table(manifest: Manifest, language: str) -> list[Any]:
    """Return the sources and the counts of a snapshot."""
    heads = [message("File"), message("Kind"), message("Rows"), message("Data of"), message("Licence")]
    sources = [
        [one.file, one.kind, format_number(one.rows, language, 0), one.data_date or "", one.licence]
        for one in manifest.sources
    ]
    counts = [[_label(code, language), format_number(n, language, 0)] for code, n in manifest.counts.items()]
    built = message(
        "{name}: scope {scope}, engine {engine}, built {created}",
        name=manifest.name,
        scope=manifest.scope,
        engine=manifest.engine,
        created=manifest.created,
    )
    notice = [render(INVENTED_NOTICE, language)] if manifest.invented else []
    return [
        *notice,
        table(render(built, language), [render(head, language) for head in heads], sources, frozenset({2})),
        table("", ["", ""], counts, frozenset({1})),
    ]


def _label(code: str, language: str) -> str:
    if code in _COUNTS:
        return render(_COUNTS[code], language)
    if code.startswith("by_name_"):
        source = code.removeprefix("by_name_")
        return render(message("Rows of {source} whose name leaves a doubt", source=source), language)
    source = code.removeprefix("lost_")
    return render(message("Rows of {source} without an establishment", source=source), language)


def drift_tables(drift: Drift, language: str) -> list[Any]:
    """Return what differs from the layout, then how much of each column is filled."""
    told = [
        (message("Key columns that lack"), drift.lacking_keys),
        (message("Columns that lack"), drift.missing),
        (message("Unknown columns"), drift.unknown),
        (message("Columns out of order"), drift.moved),
    ]
    title = message(
        "{file}: {kind}, {layout} layout, {rows} rows",
        file=drift.file,
        kind=drift.kind,
        layout=drift.layout,
        rows=drift.rows,
    )
    rows = [[render(label, language), ", ".join(columns) or "–"] for label, columns in told]
    shares = [[name, format_percent(share, language)] for name, share in drift.coded.items()]
    filled = [render(message("Column"), language), render(message("Filled"), language)]
    return [table(render(title, language), ["", ""], rows), table("", filled, shares, frozenset({1}))]


def corrections_table(corrections: Sequence[Correction], language: str) -> Any:
    """Return the corrections in the order in which they hold."""
    heads = [message("Date"), message("SIRET"), message("Column"), message("Value"), message("Note")]
    rows = [list(astuple(correction)) for correction in corrections]
    return table("", [render(head, language) for head in heads], rows)
