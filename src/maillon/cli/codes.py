"""``maillon codes``: official tables that the user has, and CN codes brought to a later year."""

from pathlib import Path
from typing import Annotated

import typer

from maillon.cli.terminal import Say, emit_json, reported, show, table
from maillon.core.errors import InvalidRequest, MaillonError
from maillon.core.message import message, plural_message


def register(app: typer.Typer, language: str, say: Say) -> None:
    """Add the group of commands to ``app``, with its help in the reader's language."""
    codes = typer.Typer(
        help=say(message("Import official tables of codes, bring CN codes forward.")), no_args_is_help=True
    )
    app.add_typer(codes, name="codes")

    @codes.command(
        "import", help=say(message("Import a table: CN to CPA, trade files, or changes of the CN."))
    )
    def import_table(
        file: Annotated[Path, typer.Argument(help=say(message("Official file (CSV, TXT, DAT, XLS, XLSX).")))],
    ) -> None:
        with reported(language):
            rows, path = _import(file)
            counted = plural_message("{n} row was imported.", "{n} rows were imported.", n=rows)
            show(say(counted), say(message("Written: {path}", path=str(path))))

    @codes.command(help=say(message("Say what a CN code of a former year has become.")))
    def update(
        code: Annotated[str, typer.Argument(help=say(message("CN code of 8 digits.")))],
        since: Annotated[int, typer.Option("--from", help=say(message("Year of the code.")))],
        to: Annotated[int, typer.Option("--to", help=say(message("Year wanted.")))],
        as_json: Annotated[bool, typer.Option("--json", help=say(message("Print JSON.")))] = False,
    ) -> None:
        with reported(language, as_json):
            from maillon.method.search import code_label
            from maillon.reference.classifications.links import update_cn

            found = [(new, code_label("cn", new, language)) for new in update_cn(code, since, to)]
            if as_json:
                emit_json([{"code": new, "label": label} for new, label in found])
                return
            show(table("", ["", ""], [list(row) for row in found]))


def _import(file: Path) -> tuple[int, Path]:
    """Import a list of changes if the file is one, else products of CN codes; return rows and target."""
    from maillon.intake.sandbox import read_sheets
    from maillon.reference.classifications.links import read_product_table
    from maillon.reference.classifications.links.imported import PRODUCTS, save_table
    from maillon.reference.classifications.links.vintages import CHANGES, read_change_rows

    if not file.is_file():
        raise InvalidRequest(message("There is no file {file}.", file=str(file)))
    try:
        products = read_product_table(file)
    except MaillonError as refused:
        try:
            _, sheets, _ = read_sheets(file)
            changes = read_change_rows(row for sheet in sheets for row in sheet.rows)
        except MaillonError:
            raise refused from None
        return changes.height, save_table(changes, CHANGES)
    return products.height, save_table(products, PRODUCTS)
