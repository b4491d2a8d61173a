"""``maillon demo``: write the invented firm's files."""

from pathlib import Path
from typing import Annotated

import typer

from maillon.cli.terminal import Say, reported, show
from maillon.core.message import message


def register(app: typer.Typer, language: str, say: Say) -> None:
    """Add the group of commands to ``app``, with its help in the reader's language."""
    demo = typer.Typer(help=say(message("Write invented data to try the method on.")), no_args_is_help=True)
    app.add_typer(demo, name="demo")

    @demo.callback()
    def group() -> None:
        """Keep `examples` a sub-command even while it is the only one."""

    @demo.command(help=say(message("Write the files of an invented firm: cobot, ledger, FEC, invoices.")))
    def examples(
        folder: Annotated[Path, typer.Argument(help=say(message("Folder to write to.")))],
        seed: Annotated[int, typer.Option(help=say(message("Seed of the invention.")))] = 1,
    ) -> None:
        with reported(language):
            from maillon.demo import write_examples

            for path in write_examples(folder, seed=seed):
                show(say(message("Written: {path}", path=str(path))))
