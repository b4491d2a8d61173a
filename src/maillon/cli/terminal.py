"""What every command shares: progress, messages, JSON, and errors in the reader's language."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer

from maillon.core.errors import MaillonError
from maillon.core.message import Message, message
from maillon.language.catalogue import render

Say = Callable[[Message], str]
Progress = Callable[[float], None]


def emit_json(value: object) -> None:
    """Write one JSON document to standard output: the machine's form of a result."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str))
    sys.stdout.write("\n")


@contextmanager
def reported(language: str, as_json: bool = False) -> Iterator[None]:
    """Turn an expected failure into a sentence, its hint and its exit code; never a traceback."""
    try:
        yield
    except MaillonError as error:
        _report(error, language, as_json)
        raise typer.Exit(error.exit_code) from error
    except KeyboardInterrupt:
        typer.echo(render(message("Interrupted: nothing was written."), language), err=True)
        raise typer.Exit(130) from None


def _report(error: MaillonError, language: str, as_json: bool) -> None:
    what = render(error.what, language)
    hint = render(error.hint, language) if error.hint else None
    if as_json:
        emit_json({"error": {"kind": type(error).__name__, "message": what, "hint": hint}})
    typer.secho(what, err=True, fg=typer.colors.RED)
    if hint:
        typer.echo(hint, err=True)


def warn(error: MaillonError, say: Say) -> None:
    """Say on standard error what was left out and what would help."""
    typer.secho(say(error.what), err=True, fg=typer.colors.YELLOW)
    if error.hint:
        typer.echo(say(error.hint), err=True)


@contextmanager
def progress(label: str, quiet: bool = False) -> Iterator[Progress]:
    """Show one bar on standard error while work lasts; silent off a terminal. The callback takes 0 to 1."""
    if quiet or not sys.stderr.isatty():
        yield lambda share: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=1.0)
        yield lambda share: bar.update(task, completed=share)


def table(title: str, headers: list[str], rows: list[list[str]], right: frozenset[int] = frozenset()) -> Any:
    """Return a Rich table; ``right`` names the columns of numbers."""
    from rich import box
    from rich.table import Table

    made = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, show_header=any(headers))
    for place, header in enumerate(headers):
        made.add_column(header, justify="right" if place in right else "left", overflow="fold")
    for row in rows:
        made.add_row(*row)
    return made


def show(*things: Any) -> None:
    """Print Rich tables or plain text to standard output, without colour off a terminal."""
    from rich.console import Console

    console = Console()
    for thing in things:
        console.print(thing, markup=False, highlight=False) if isinstance(thing, str) else console.print(
            thing
        )
