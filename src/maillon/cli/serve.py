"""``maillon serve | worker | periodic | backup | restore``: the web application, in a process of its own."""

import os
import sys
from typing import Annotated

import typer

from maillon.cli.terminal import Say
from maillon.core.message import message


def register(app: typer.Typer, language: str, say: Say) -> None:
    """Add the commands to ``app``, with their help in the reader's language."""

    @app.command(help=say(message("Serve the web application with its worker, until Ctrl-C.")))
    def serve(
        port: Annotated[int, typer.Option(help=say(message("Port to listen on.")))] = 8000,
        host: Annotated[str, typer.Option(help=say(message("Address to listen on.")))] = "127.0.0.1",
        demo: Annotated[
            bool, typer.Option("--demo", help=say(message("Make an invented territory first.")))
        ] = False,
    ) -> None:
        _run("serve", f"--port={port}", f"--host={host}", *(["--demo"] if demo else []))

    @app.command(help=say(message("Do the long work of the web application that is queued.")))
    def worker() -> None:
        _run("worker")

    @app.command(help=say(message("Take up lost work and clean up, from time to time.")))
    def periodic(
        once: Annotated[bool, typer.Option("--once", help=say(message("Do it once and stop.")))] = False,
    ) -> None:
        _run("periodic", *(["--once"] if once else []))

    @app.command(help=say(message("Write a backup of the web application into a new folder.")))
    def backup(
        to: Annotated[str, typer.Argument(help=say(message("Folder that holds the backups.")))],
        with_secrets: Annotated[
            bool,
            typer.Option("--with-secrets", help=say(message("The secret key too: guard the backup well."))),
        ] = False,
    ) -> None:
        _run("backup", to, *(["--with-secrets"] if with_secrets else []))

    @app.command(help=say(message("Make the web application again from a backup.")))
    def restore(
        folder: Annotated[str, typer.Argument(help=say(message("Folder of one backup.")))],
        replace: Annotated[
            bool, typer.Option("--replace", help=say(message("Take the place of what is there.")))
        ] = False,
    ) -> None:
        _run("restore", folder, *(["--replace"] if replace else []))


def _run(*words: str) -> None:
    """Become the web application: the command line itself never loads it."""
    if "--demo" in words:
        os.environ.setdefault("MAILLON_DEMO", "1")
    os.execv(sys.executable, [sys.executable, "-m", "maillon.web", *words])  # noqa: S606 - our own program
