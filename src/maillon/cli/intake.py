"""``maillon intake``: what was understood of a file, before anything is computed."""

from pathlib import Path
from typing import Annotated, Any

import typer

from maillon.cli.options import column_mapping
from maillon.cli.terminal import Say, emit_json, progress, reported, show, table
from maillon.core.message import message


def register(app: typer.Typer, language: str, say: Say) -> None:
    """Add the command to ``app``, with its help in the reader's language."""

    @app.command(help=say(message("Show what was understood of a file: tables, columns, rows, doubts.")))
    def intake(
        file: Annotated[
            Path, typer.Argument(help=say(message("Spreadsheet, FEC, invoices or customs paper.")))
        ],
        mapping: Annotated[
            Path | None,
            typer.Option(
                help=say(message("Corrected columns: a file written by --save, or the firm's folder."))
            ),
        ] = None,
        save: Annotated[
            Path | None,
            typer.Option(help=say(message("Write the columns understood, to correct and replay."))),
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=say(message("Print JSON.")))] = False,
    ) -> None:
        with reported(language, as_json):
            from maillon.intake import read_file, reading_to_json
            from maillon.intake.mapping import mapping_of, save_mapping

            with progress(say(message("Reading")), quiet=as_json) as step:
                reading = read_file(file, mapping=column_mapping(mapping), progress=step)
            if save:
                save_mapping(save, mapping_of(reading))
            if as_json:
                emit_json(reading_to_json(reading))
                return
            show(*_tables(reading, say), *_doubts(reading, say))


def _tables(reading: Any, say: Say) -> list[Any]:
    shown: list[Any] = []
    for found in reading.tables:
        rows = found.rows
        shown.append(
            say(
                message(
                    "{sheet}: {read} rows = {parts} lines + {headers} headers + {sections} sections "
                    "+ {totals} totals + {blank} blank + {quarantined} set apart.",
                    sheet=found.sheet or reading.source.name,
                    read=rows.read,
                    parts=rows.parts,
                    headers=rows.headers,
                    sections=rows.sections,
                    totals=rows.totals,
                    blank=rows.blank,
                    quarantined=rows.quarantined,
                )
            )
        )
        if found.columns:
            headers = [
                say(message("Role")),
                say(message("Column of the file")),
                say(message("Sure")),
                say(message("Samples")),
            ]
            guesses = [
                [role, guess.source, f"{guess.confidence:.0%}", " · ".join(guess.samples[:3])]
                for role, guess in found.columns.items()
            ]
            shown.append(table("", headers, guesses, frozenset({2})))
    return shown


def _doubts(reading: Any, say: Say, limit: int = 20) -> list[str]:
    lines = [
        " ".join(
            part
            for part in (
                doubt.sheet,
                doubt.cell,
                say(doubt.what),
                say(doubt.proposal) if doubt.proposal else "",
            )
            if part
        )
        for doubt in reading.doubts[:limit]
    ]
    left = len(reading.doubts) - limit
    if left > 0:
        lines.append(say(message("… and {n} more doubts: see --json.", n=left)))
    return lines
