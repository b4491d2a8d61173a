"""``python -m bench search-contracts FILE --register FOLDER``: the tier of public contracts on a user's file.

Nothing of the file is kept: the snapshot as it was before the cut-off lives in a temporary folder.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import polars as pl
import typer
from rich.console import Console
from rich.table import Table

from bench.harness import Result, machine, peers_of, write_results
from bench.search.baselines import Bm25, System, baselines
from bench.search.contract_tier import MAKERS, TRADERS, Tier, choose_cutoff, forget_contracts, make_tier
from bench.search.corpus import make_corpus
from bench.search.evaluation import evaluate, summarise
from bench.search.labelled_set import read_labelled
from bench.search.notices import Reading, read_notices
from bench.search.ours import Ours
from bench.search.tables import CONTRACTS_HEADER, contract_rows
from bench.search.variants import write_variant
from maillon.core.errors import MaillonError
from maillon.reference.register import Register, open_register

_NAMES = ["siren", "name", "legal_name", "acronym", "trade_names"]

File = Annotated[Path, typer.Argument(help="DECP file, CSV or Parquet.")]
Folder = Annotated[Path | None, typer.Option("--register", help="Snapshot; the one in use by default.")]
Cutoff = Annotated[str | None, typer.Option(help="Ask the contracts of this day (YYYY-MM-DD) and after.")]
Out = Annotated[Path | None, typer.Option(help="Also write the table into this Markdown file.")]


def main(file: File, register: Folder = None, cutoff: Cutoff = None, out: Out = None) -> None:
    """Measure the search on public contracts: does it find who won what was asked for?"""
    console = Console()
    try:
        title, rows = measure_contracts(file, open_register(register), cutoff)
    except (MaillonError, ValueError) as error:
        console.print(f"[bold red]Refused[/]: {error}")
        raise typer.Exit(2) from None
    console.print(f"{machine()}\n")
    table = Table(*CONTRACTS_HEADER, title=title, title_justify="left")
    for row in rows:
        table.add_row(*row)
    console.print(table)
    if out:
        result = Result("search_contracts", title, CONTRACTS_HEADER, rows, peers_of("search"), 0.0)
        write_results(out, [result], dt.datetime.now(dt.UTC).date())


def measure_contracts(file: Path, register: Register, cutoff: str | None) -> tuple[str, list[list[str]]]:
    """Return the title and the rows of the table for one file; ``ValueError`` where nothing can be asked."""
    establishments = register.establishments()
    read = read_notices(file, _regions(establishments).get, dt.datetime.now(dt.UTC).date())
    day = dt.date.fromisoformat(cutoff) if cutoff else choose_cutoff(read.notices)
    known = forget_contracts(register.capabilities(), day)
    corpus = make_corpus(establishments, known, enriched=True)
    names = _names(establishments)
    with tempfile.TemporaryDirectory() as folder:
        then = write_variant(register, known, Path(folder) / "then")
        plain, ours = baselines(read_labelled("dev")), [Ours(then), Ours(then, traders=True)]
        for system in [*plain, *ours]:
            system.prepare(corpus)
        rows = []
        for kind, activities, own in (("makers", MAKERS, ours[0]), ("traders", TRADERS, ours[1])):
            tier = make_tier(read.notices, corpus, names, day, activities)
            rows += _rows(tier, kind, [*plain, own])
    if not rows:
        raise ValueError("no contract of that time was won by a firm of the register in its region")
    return _title(file, read, day), rows


def _rows(tier: Tier, kind: str, systems: Sequence[System]) -> list[list[str]]:
    if not tier.asked:
        return []
    lines = summarise(evaluate(systems, tier.asked, tier.rows, tier.judged), Bm25.name)
    return contract_rows(lines, f"{kind}, {len(tier.asked)}")


def _title(file: Path, read: Reading, day: dt.date) -> str:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:16]
    left = "; ".join(f"{count} {why}" for why, count in read.left_out.items())
    return (
        f"Public contracts of {day.isoformat()} and after, candidates in the buyer's region "
        f"({len(read.notices)} contracts for goods in the file, sha256 {digest}…; left out: {left})"
    )


def _regions(establishments: pl.DataFrame) -> dict[str, str]:
    """Return the region of every SIRET: some public buyers stand in the register."""
    known = establishments.select("siret", "region").drop_nulls()
    return dict(known.iter_rows())


def _names(establishments: pl.DataFrame) -> dict[str, list[str]]:
    """Return every name that the establishments of each SIREN go by."""
    found: dict[str, set[str]] = defaultdict(set)
    for siren, *names, signs in establishments.select(_NAMES).iter_rows():
        found[siren].update(name for name in [*names, *(signs or [])] if name)
    return {siren: sorted(names) for siren, names in found.items()}
