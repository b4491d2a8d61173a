"""``maillon run``: the whole method on a firm's files, results written to a folder."""

from pathlib import Path
from typing import Annotated

import typer

from maillon.cli.options import column_mapping, company_register, site_place, territory_list
from maillon.cli.terminal import Say, emit_json, progress, reported, show, warn
from maillon.core.errors import MissingData
from maillon.core.message import message


def register(app: typer.Typer, language: str, say: Say) -> None:
    """Add the command to ``app``, with its help in the reader's language."""

    @app.command(help=say(message("Run the method on your files and write the dossier.")))
    def run(
        files: Annotated[
            list[Path],
            typer.Argument(help=say(message("Bill of materials, ledger, FEC, invoices, customs papers."))),
        ],
        out: Annotated[Path, typer.Option(help=say(message("Folder of the results.")))] = Path("out"),
        firm: Annotated[str, typer.Option(help=say(message("Name of the firm or product.")))] = "",
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
        register: Annotated[
            Path | None,
            typer.Option(help=say(message("Folder of the company register, if not the usual one."))),
        ] = None,
        km: Annotated[
            float, typer.Option(help=say(message("How far from the site to look, in km.")))
        ] = 100.0,
        per_year: Annotated[
            float | None, typer.Option(help=say(message("Products made in a year, for costs and plan.")))
        ] = None,
        budget: Annotated[
            float | None, typer.Option(help=say(message("Most that may be paid once, in €.")))
        ] = None,
        local_target: Annotated[
            float | None, typer.Option(help=say(message("Least local share, 0.3 for 30 %.")))
        ] = None,
        formats: Annotated[
            str, typer.Option("--format", help=say(message("Formats to write, separated by commas.")))
        ] = "html,pdf,xlsx,json",
        as_json: Annotated[
            bool, typer.Option("--json", help=say(message("Print the dossier as JSON.")))
        ] = False,
    ) -> None:
        with reported(language, as_json):
            from maillon.pipeline import Request
            from maillon.pipeline import run as run_method
            from maillon.report import dossier_json, write_dossier

            left_out: list[MissingData] = []
            request = Request(
                name=firm,
                site=site_place(site),
                territories=territory_list(territory),
                mapping=column_mapping(mapping),
                register=company_register(register, left_out.append),
                km=km,
                per_year=per_year,
                budget=budget,
                local_target=local_target,
            )
            with progress(say(message("Reading and computing"))) as step:
                dossier = run_method(files, request, step)
            with progress(say(message("Writing the report"))) as step:
                written = write_dossier(
                    dossier,
                    out,
                    language=language,
                    formats=formats.split(","),
                    progress=step,
                    missing=left_out.append,
                )
            if as_json:
                emit_json(dossier_json(dossier))
                return
            from maillon.cli.summary import summarise

            show(*summarise(dossier, language))
            for path in written:
                show(say(message("Written: {path}", path=str(path))))
            for lack in left_out:
                warn(lack, say)
