"""``maillon register``: build, inspect, verify and correct the company register."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maillon.cli.terminal import Say, emit_json, progress, reported, show
from maillon.core.message import message

if TYPE_CHECKING:
    from maillon.reference.register.enrich import Enrichment

_WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})


def register(app: typer.Typer, language: str, say: Say) -> None:
    """Add the group of commands to ``app``, with its help in the reader's language."""
    group = typer.Typer(help=say(message("Build and keep the company register.")), no_args_is_help=True)
    app.add_typer(group, name="register")
    for add in (_add_build, _add_check, _add_info, _add_verify, _add_correct, _add_corrections):
        add(group, language, say)


def _add_build(group: typer.Typer, language: str, say: Say) -> None:
    @group.command(help=say(message("Build the register from SIRENE files and put it into use.")))
    def build(
        files: Annotated[
            list[Path],
            typer.Argument(help=say(message("SIRENE files; links of succession and BODACC notices if any."))),
        ],
        enrich: Annotated[
            list[Path] | None,
            typer.Option(help=say(message("File of another source: projects, contracts, labels, members."))),
        ] = None,
        scope: Annotated[
            str, typer.Option(help=say(message("Establishments to keep: industry, active or all.")))
        ] = "industry",
        engine: Annotated[
            str, typer.Option(help=say(message("Engine: auto, polars, duckdb or spark.")))
        ] = "auto",
        folder: Annotated[
            Path | None, typer.Option(help=say(message("Folder of snapshots, if not the usual one.")))
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=say(message("Print JSON.")))] = False,
    ) -> None:
        with reported(language, as_json):
            from maillon.cli.register_words import manifest_table
            from maillon.reference.register import build_register, open_register

            with progress(say(message("Building the register")), quiet=as_json) as step:
                told = _read_enrichment(enrich or ())
                built = build_register(
                    files, enrichment=told, scope=scope, engine=engine, progress=step, folder=folder
                )
            manifest = open_register(built).manifest
            if as_json:
                emit_json({"folder": str(built), **asdict(manifest)})
                return
            show(say(message("Written: {path}", path=str(built))), *manifest_table(manifest, language))


def _read_enrichment(paths: Sequence[Path]) -> "list[Path | Enrichment]":
    """Read workbooks in the sandbox, sheet by sheet; other files are read where they are used."""
    told: list[Path | Enrichment] = []
    for path in paths:
        if path.suffix.lower() not in _WORKBOOKS:
            told.append(path)
            continue
        from maillon.intake.sandbox import read_sheets
        from maillon.reference.register.enrich import read_enrichment_rows

        _, sheets, _ = read_sheets(path)
        full = [sheet for sheet in sheets if sheet.rows]
        told += [read_enrichment_rows(sheet.rows, path.name) for sheet in full[:1]]
    return told


def _add_check(group: typer.Typer, language: str, say: Say) -> None:
    @group.command(help=say(message("Compare files with the layout that INSEE publishes.")))
    def check(
        files: Annotated[list[Path], typer.Argument(help=say(message("SIRENE files, in any form.")))],
        as_json: Annotated[bool, typer.Option("--json", help=say(message("Print JSON.")))] = False,
    ) -> None:
        with reported(language, as_json):
            from maillon.cli.register_words import drift_tables
            from maillon.reference.register.drift import check_source

            found = [check_source(path) for path in files]
            if as_json:
                emit_json([asdict(drift) for drift in found])
            else:
                show(*(part for drift in found for part in drift_tables(drift, language)))
            if any(drift.lacking_keys for drift in found):
                raise typer.Exit(3)


def _add_info(group: typer.Typer, language: str, say: Say) -> None:
    @group.command(help=say(message("Say what the register in use was made from.")))
    def info(
        folder: Annotated[
            Path | None, typer.Argument(help=say(message("Folder of a snapshot, if not the one in use.")))
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=say(message("Print JSON.")))] = False,
    ) -> None:
        with reported(language, as_json):
            from maillon.cli.register_words import manifest_table
            from maillon.reference.register import open_register

            opened = open_register(folder)
            if as_json:
                emit_json({"folder": str(opened.folder), **asdict(opened.manifest)})
            else:
                show(str(opened.folder), *manifest_table(opened.manifest, language))


def _add_verify(group: typer.Typer, language: str, say: Say) -> None:
    @group.command(help=say(message("Check that the register is still whole.")))
    def verify(
        folder: Annotated[
            Path | None, typer.Argument(help=say(message("Folder of a snapshot, if not the one in use.")))
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=say(message("Print JSON.")))] = False,
    ) -> None:
        with reported(language, as_json):
            from maillon.reference.register import open_register
            from maillon.reference.register.verify import verify_register

            opened = open_register(folder)
            with progress(say(message("Checking the register")), quiet=as_json) as step:
                faults = verify_register(opened, step)
            if as_json:
                told = [{"file": f.file, "code": f.code, "text": say(f.what)} for f in faults]
                emit_json({"folder": str(opened.folder), "whole": not faults, "faults": told})
            elif faults:
                show(*(say(fault.what) for fault in faults))
            else:
                show(say(message("The register {name} is whole.", name=opened.manifest.name)))
            if faults:
                raise typer.Exit(3)


def _add_correct(group: typer.Typer, language: str, say: Say) -> None:
    @group.command(help=say(message("Correct what the register says of an establishment, now and later on.")))
    def correct(
        siret: Annotated[str, typer.Argument(help=say(message("SIRET of the establishment.")))],
        changes: Annotated[
            list[str],
            typer.Argument(help=say(message("column=value; an empty value makes unknown what was told."))),
        ],
        note: Annotated[str, typer.Option(help=say(message("Where the correction comes from.")))] = "",
        date: Annotated[str, typer.Option(help=say(message("Date of the fact, today if not given.")))] = "",
    ) -> None:
        with reported(language):
            import datetime as dt

            from maillon.reference.register.overlay import Correction, add_corrections

            day = date or dt.datetime.now(tz=dt.UTC).date().isoformat()
            parted = [change.partition("=") for change in changes]
            made = [
                Correction(day, siret, column.strip(), value if sign else "", note)
                for column, sign, value in parted
            ]
            show(say(message("Written: {path}", path=str(add_corrections(made)))))


def _add_corrections(group: typer.Typer, language: str, say: Say) -> None:
    @group.command(help=say(message("List the corrections made by hand.")))
    def corrections(
        as_json: Annotated[bool, typer.Option("--json", help=say(message("Print JSON.")))] = False,
    ) -> None:
        with reported(language, as_json):
            from maillon.cli.register_words import corrections_table
            from maillon.reference.register.overlay import read_corrections

            made = read_corrections()
            if as_json:
                emit_json([asdict(correction) for correction in made])
            elif made:
                show(corrections_table(made, language))
            else:
                show(say(message("No correction was made.")))
