"""``maillon demo``: write the invented firm's files, and an invented register."""

from pathlib import Path
from typing import Annotated

import typer

from maillon.cli.terminal import Say, progress, reported, show
from maillon.core.message import message


def register(app: typer.Typer, language: str, say: Say) -> None:
    """Add the group of commands to ``app``, with its help in the reader's language."""
    demo = typer.Typer(help=say(message("Write invented data to try the method on.")), no_args_is_help=True)
    app.add_typer(demo, name="demo")

    @demo.callback()
    def group() -> None:
        """Say that what follows is a group."""

    @demo.command(help=say(message("Write the files of an invented firm: cobot, ledger, FEC, invoices.")))
    def examples(
        folder: Annotated[Path, typer.Argument(help=say(message("Folder to write to.")))],
        seed: Annotated[int, typer.Option(help=say(message("Seed of the invention.")))] = 1,
    ) -> None:
        with reported(language):
            from maillon.demo import write_examples

            for path in write_examples(folder, seed=seed):
                show(say(message("Written: {path}", path=str(path))))

    @demo.command(
        name="register",
        help=say(message("Write an invented company register in the exact form of the SIRENE files.")),
    )
    def invented_register(
        folder: Annotated[Path, typer.Option("--out", help=say(message("Folder to write to.")))] = Path(
            "sirene"
        ),
        size: Annotated[int, typer.Option(help=say(message("How many establishments.")))] = 20_000,
        seed: Annotated[int, typer.Option(help=say(message("Seed of the invention.")))] = 1,
        layout: Annotated[
            str, typer.Option(help=say(message("current (with NAF 2025) or former.")))
        ] = "current",
        form: Annotated[str, typer.Option(help=say(message("parquet or csv.")))] = "parquet",
        departement: Annotated[
            list[str] | None, typer.Option(help=say(message("Only this département; repeat for several.")))
        ] = None,
    ) -> None:
        with reported(language), progress(say(message("Inventing a register"))) as told:
            from maillon.demo.register import write_register_files

            files = write_register_files(
                folder,
                size=size,
                seed=seed,
                layout=layout,
                form=form,
                departements=departement,
                progress=told,
            )
            for path in files.paths:
                show(say(message("Written: {path}", path=str(path))))
            show(
                say(
                    message(
                        "All of it is invented: no firm is real, though some numbers may be borne by one."
                    )
                )
            )

    @demo.command(help=say(message("Build the invented register of four regions that the examples use.")))
    def snapshot() -> None:
        with reported(language):
            from maillon.demo.register import build_demo_register

            with progress(say(message("Building the invented register"))) as told:
                built = build_demo_register(told)
            show(say(message("Written: {path}", path=str(built))))

    @demo.command(help=say(message("Write an invented business event, for maillon meet.")))
    def event(
        path: Annotated[Path, typer.Argument(help=say(message("Workbook to write.")))] = Path(
            "rencontre.xlsx"
        ),
        firms: Annotated[int, typer.Option(help=say(message("How many firms.")))] = 150,
        seed: Annotated[int, typer.Option(help=say(message("Seed of the invention.")))] = 1,
    ) -> None:
        with reported(language):
            from maillon.demo.event import write_event

            show(say(message("Written: {path}", path=str(write_event(path, firms=firms, seed=seed)))))
