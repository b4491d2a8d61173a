"""``maillon diagnose``: origins, local content, concentration, whom to ask."""

from pathlib import Path
from typing import Annotated, Any

import typer

from maillon.cli.options import column_mapping, site_place, territory_list
from maillon.cli.terminal import Say, emit_json, progress, reported, show
from maillon.core.message import message


def register(app: typer.Typer, language: str, say: Say) -> None:
    """Add the command to ``app``, with its help in the reader's language."""

    @app.command(
        help=say(message("Diagnose a bill of materials or purchases, alone or against another version."))
    )
    def diagnose(
        files: Annotated[
            list[Path],
            typer.Argument(help=say(message("Bill of materials, ledger, FEC, invoices, customs papers."))),
        ],
        against: Annotated[
            Path | None, typer.Option(help=say(message("Another version to set side by side.")))
        ] = None,
        site: Annotated[str, typer.Option(help=say(message("The firm's town, for region and 100 km.")))] = "",
        mapping: Annotated[
            Path | None,
            typer.Option(
                help=say(message("Corrected columns: a file written by --save, or the firm's folder."))
            ),
        ] = None,
        territory: Annotated[
            list[str] | None, typer.Option(help=say(message("Further territory, e.g. region:27 or 90.")))
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=say(message("Print JSON.")))] = False,
    ) -> None:
        with reported(language, as_json):
            from maillon.pipeline import Request, diagnose_files

            request = Request(
                site=site_place(site),
                territories=territory_list(territory),
                mapping=column_mapping(mapping),
            )
            with progress(say(message("Reading and computing")), quiet=as_json) as step:
                found = diagnose_files(files, request, step)
                other = diagnose_files([against], request, step) if against else None
            if as_json:
                _emit(found, other)
                return
            from maillon.cli.summary import summarise_comparison, summarise_diagnosis

            show(found.name, *summarise_diagnosis(found, language))
            if other:
                show(*summarise_comparison(found, other, language))


def _emit(found: Any, other: Any) -> None:
    """Write one diagnosis, or both with their comparison, as JSON."""
    from maillon.method.diagnose import compare_diagnoses
    from maillon.report.machine import diagnosis_json, plain

    document = diagnosis_json(found)
    if other is not None:
        document["against"] = diagnosis_json(other)
        document["comparison"] = plain(compare_diagnoses(found, other))
    emit_json(document)
