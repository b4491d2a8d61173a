"""``python -m bench [NAME…] [--list] [--out FILE]``: run benchmarks, print and write their tables.

``python -m bench search-contracts FILE --register FOLDER`` measures the search on a user's public contracts.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bench.harness import FOLDER, Result, machine, names, run_all, write_results

INTERRUPTED = 130  # as shells report SIGINT

Names = Annotated[list[str] | None, typer.Argument(help="Benchmarks to run; all of them when none is named.")]
Listed = Annotated[bool, typer.Option("--list", help="Name the benchmarks and stop.")]
Out = Annotated[Path, typer.Option(help="Where to write the results.")]


def main(wanted: Names = None, listed: Listed = False, out: Out = FOLDER / "RESULTS.md") -> None:
    """Run benchmarks beside their peers. Control-C stops; what was finished is written all the same."""
    known, console = names(), Console()
    if listed:
        console.print("\n".join(known))
        return
    if unknown := set(wanted or ()) - set(known):
        raise typer.BadParameter(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(known)}")
    console.print(f"{machine()}\n")
    code = _run(wanted or known, out, console)
    if code:
        sys.exit(code)


def _run(wanted: list[str], out: Path, console: Console) -> int:
    code = 0
    try:
        for result in run_all(wanted):
            _print(result, console)
            write_results(out, [result], dt.datetime.now(dt.UTC).date())
            code = code or bool(result.failure)
    except KeyboardInterrupt:
        console.print("[bold]Interrupted[/]: the tables above are written.")
        return INTERRUPTED
    return code


def _print(result: Result, console: Console) -> None:
    if result.failure:
        console.print(
            f"[bold red]{result.name}[/] did not finish: {escape(result.failure)}\n", highlight=False
        )
        return
    table = Table(title=result.title, title_justify="left")
    for place, title in enumerate(result.header):
        table.add_column(title, justify="right" if place else "left")
    for row in result.rows:
        table.add_row(*map(escape, row))
    console.print(table)
    console.print(f"{result.seconds:.1f} s in all; {', '.join(result.peers)}\n", style="dim")


if __name__ == "__main__":
    if sys.argv[1:2] == ["search-contracts"]:
        from bench.search.contract_command import main as measure_contracts

        del sys.argv[1]
        typer.run(measure_contracts)
    else:
        typer.run(main)
