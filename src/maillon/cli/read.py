"""``maillon read``: what one designation says."""

from typing import Annotated

import typer

from maillon.cli.terminal import Say, emit_json, reported, show, table
from maillon.core.message import message


def register(app: typer.Typer, language: str, say: Say) -> None:
    """Add the command to ``app``, with its help in the reader's language."""

    @app.command(help=say(message("Say what was understood of one designation.")))
    def read(
        designation: Annotated[
            str, typer.Argument(help=say(message("For example “CARTER INOX 316L EP 2”.")))
        ],
        as_json: Annotated[bool, typer.Option("--json", help=say(message("Print JSON.")))] = False,
    ) -> None:
        with reported(language, as_json):
            from maillon.cli.designation import designation_json, designation_rows
            from maillon.method.search import read_designation

            found = read_designation(designation)
            if as_json:
                emit_json(designation_json(found))
                return
            show(table(designation, ["", ""], designation_rows(found, language)))
