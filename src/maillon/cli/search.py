"""``maillon search``: who near here can make a part."""

from pathlib import Path
from typing import Annotated, Any

import typer

from maillon.cli.options import site_place, tell_invented
from maillon.cli.terminal import Say, emit_json, progress, reported
from maillon.core.errors import InvalidRequest
from maillon.core.message import message


def register(app: typer.Typer, language: str, say: Say) -> None:
    """Add the command to ``app``, with its help in the reader's language."""

    @app.command(help=say(message("Find who near here can make a part, and say why.")))
    def search(
        what: Annotated[
            str, typer.Argument(help=say(message("Designation, plain words or code of a process.")))
        ] = "",
        near: Annotated[str, typer.Option(help=say(message("Town to start from.")))] = "",
        km: Annotated[float | None, typer.Option(help=say(message("Farthest distance in km.")))] = None,
        departement: Annotated[
            list[str] | None, typer.Option(help=say(message("Only in this département; may be repeated.")))
        ] = None,
        region: Annotated[
            list[str] | None, typer.Option(help=say(message("Only in this region; may be repeated.")))
        ] = None,
        naf: Annotated[
            list[str] | None,
            typer.Option(help=say(message("Only this activity, by code or beginning of code."))),
        ] = None,
        headcount: Annotated[int | None, typer.Option(help=say(message("Fewest persons.")))] = None,
        certificate: Annotated[
            list[str] | None, typer.Option(help=say(message("Certificate that must be held: EN 9100.")))
        ] = None,
        years: Annotated[float | None, typer.Option(help=say(message("Fewest years of age.")))] = None,
        lot: Annotated[float | None, typer.Option(help=say(message("Pieces of one order.")))] = None,
        exclude: Annotated[
            Path | None, typer.Option(help=say(message("File of SIRET or SIREN numbers never to show.")))
        ] = None,
        traders: Annotated[
            bool, typer.Option("--traders", help=say(message("Show traders too, as such.")))
        ] = False,
        limit: Annotated[int, typer.Option(min=1, max=1000, help=say(message("How many to show.")))] = 20,
        batch: Annotated[
            Path | None, typer.Option(help=say(message("Search for every line of this file.")))
        ] = None,
        folder: Annotated[
            Path | None, typer.Option("--register", help=say(message("Snapshot to search, else the last.")))
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=say(message("Print JSON.")))] = False,
    ) -> None:
        with reported(language, as_json):
            if bool(what) == bool(batch):
                raise InvalidRequest(
                    message("A search needs a designation, or --batch with a file."),
                    message("For example: maillon search “pignon conique 42CrMo4” --near Belfort --km 80."),
                )
            from maillon.cli.suppliers import emit_batch, search_filters, show_batch, show_result
            from maillon.method.search import read_need, search_batch, search_suppliers
            from maillon.reference.register import open_register

            filters = search_filters(
                site_place(near), km, departement or [], region or [],
                naf=naf or [], headcount=headcount, certificates=certificate or [], years=years,
                exclude=exclude, traders=traders,
            )  # fmt: skip
            opened = open_register(folder)
            if batch:
                texts = _designations(batch, say, as_json)
                with progress(say(message("Searching")), quiet=as_json) as step:
                    found = search_batch(opened, texts, filters=filters, limit=limit, progress=step)
                emit_batch(texts, found, language) if as_json else show_batch(texts, found, language)
                tell_invented(opened, say, as_json)
                return
            result = search_suppliers(opened, read_need(what, lot=lot), filters=filters, limit=limit)
            if as_json:
                from maillon.cli.suppliers import result_json

                emit_json(result_json(result, language))
                return
            show_result(what, result, language)
            tell_invented(opened, say, as_json)


def _designations(file: Path, say: Say, quiet: bool) -> list[Any]:
    """Return the designations of a file of any form, line by line."""
    from maillon.cli.lone_column import read_lone_column
    from maillon.intake import read_file

    with progress(say(message("Reading")), quiet=quiet) as step:
        reading = read_file(file, progress=step)
    if reading.bom is not None:
        return list(reading.bom.lines["designation"].to_list())
    if reading.ledger is not None:
        return list(reading.ledger.purchases["designation"].to_list())
    return list(read_lone_column(file))
