"""Building the index of a snapshot: all or nothing."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl

from maillon.reference.classifications.processes import all_processes, find_process
from maillon.reference.register.index.columns import order_rows, write_columns
from maillon.reference.register.index.evidence import HELD, gather_evidence
from maillon.reference.register.index.limits import write_limits
from maillon.reference.register.index.materials import gather_materials
from maillon.reference.register.index.postings import write_postings
from maillon.reference.register.index.strengths import read_strengths
from maillon.reference.register.index.strings import write_strings
from maillon.reference.register.index.text import Document, write_text

LAYOUT = 2  # raised whenever the files change form
FOLDER, FACTS = "index", "index.json"
Progress = Callable[[float], None]
_DOES = ("process", "machine", "product", "material")
_TOLD = ("description", "contract")
_SLICE = 50_000


def build_index(folder: Path, progress: Progress = lambda share: None) -> Path:
    """Build the index of the snapshot in ``folder`` and return where it is.

    Reads ``establishments.parquet`` and ``capabilities.parquet``. An index that is there is replaced only
    once the new one is whole: an interruption leaves the former one.
    """
    made = folder / f"{FOLDER}.{os.getpid()}.partial"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    try:
        _write(folder, made, progress)
        final = folder / FOLDER
        shutil.rmtree(final, ignore_errors=True)
        made.replace(final)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return final


def _write(folder: Path, made: Path, progress: Progress) -> None:
    ordered = order_rows(pl.read_parquet(folder / "establishments.parquet"))
    ordered = ordered.rename({"row": "table_row"}).with_row_index("row")
    lists = write_columns(made, ordered.drop("row").rename({"table_row": "row"}))
    write_strings(made, "names", ordered.select(_unmasked("name"))["name"])
    capabilities = pl.read_parquet(folder / "capabilities.parquet").join(
        ordered.select("siret", "row"), on="siret"
    )
    progress(0.05)
    names = _held_names(ordered)
    evidence = gather_evidence(capabilities, names, lambda share: progress(0.05 + 0.35 * share))
    postings = {
        "processes": write_postings(made, "processes", evidence),
        "materials": write_postings(made, "materials", gather_materials(capabilities)),
        "certificates": write_postings(made, "certificates", _marked(capabilities, "certificate")),
        "roles": write_postings(made, "roles", _marked(capabilities, "role")),
    }
    write_limits(made, capabilities)
    progress(0.45)
    _write_text(made, ordered, capabilities, lists["departement"], progress)
    facts = {
        "layout": LAYOUT,
        "rows": ordered.height,
        "strengths": read_strengths().version,
        "lists": lists,
        "postings": postings,
    }
    (made / FACTS).write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    progress(1.0)


def _unmasked(column: str) -> pl.Expr:
    """Return a column, null where the firm asked not to be shown."""
    return pl.when(~pl.col("masked").fill_null(value=False)).then(pl.col(column))


def _held_names(ordered: pl.DataFrame) -> pl.DataFrame:
    """Return ``row, text`` for each name that an establishment goes by."""
    names = ordered.select("row", _unmasked("name"), _unmasked("trade_names"))
    signs = names.select("row", "trade_names").explode("trade_names").rename({"trade_names": "text"})
    return pl.concat([names.select("row", text="name"), signs]).drop_nulls("text").unique(maintain_order=True)


def _marked(capabilities: pl.DataFrame, kind: str) -> pl.DataFrame:
    """Return who holds each code of a kind (certificate, role), as ``HELD``."""
    return (
        capabilities.filter(pl.col("kind") == kind)
        .select(
            pl.coalesce("code", "text").alias("key"),
            pl.col("row").cast(pl.UInt32),
            pl.lit(1.0).alias("strength"),
            "kind",
            "source",
        )
        .drop_nulls("key")
        .select(*HELD)
    )


def _write_text(
    made: Path, ordered: pl.DataFrame, capabilities: pl.DataFrame, departements: list[str], progress: Progress
) -> None:
    done, whole = 0, max(ordered.height, 1)

    def tell() -> None:
        nonlocal done
        done += 1
        if done % 1000 == 0:
            progress(0.45 + 0.54 * done / whole)

    write_text(made / "text", _documents(ordered, capabilities, departements), tell)


def _documents(
    ordered: pl.DataFrame, capabilities: pl.DataFrame, departements: list[str]
) -> Iterator[Document]:
    """Yield what ``write_text`` takes, some rows at a time."""
    codes = {code: place for place, code in enumerate(departements)}
    words = _words(capabilities)
    plain = ordered.select(
        "row",
        pl.col("cell").cast(pl.Int64),
        pl.col("departement").fill_null("").replace_strict(codes, return_dtype=pl.Int64),
        name=pl.concat_str(
            [_unmasked("name"), _unmasked("trade_names").list.join(" ")], separator=" ", ignore_nulls=True
        ),
    )
    for some in plain.iter_slices(_SLICE):
        joined = some.join(words, on="row", how="left", maintain_order="left")
        yield from joined.select("row", "cell", "departement", "does", "told", "name").iter_rows()


def _words(capabilities: pl.DataFrame) -> pl.DataFrame:
    """Return ``row, does, told``: the words of each establishment, a process code being its label."""
    labels = {code: find_process(code).fr for code in _process_codes(capabilities)}
    text = pl.concat_str(
        pl.col("text"),
        pl.col("code").replace_strict(labels, default=None, return_dtype=pl.String),
        separator=" ",
        ignore_nulls=True,
    )
    said = capabilities.with_columns(text=text).filter(pl.col("text") != "")
    return said.group_by("row").agg(
        does=pl.col("text").filter(pl.col("kind").is_in(_DOES)).unique(maintain_order=True).str.join(" "),
        told=pl.col("text").filter(pl.col("kind").is_in(_TOLD)).unique(maintain_order=True).str.join(" "),
    )


def _process_codes(capabilities: pl.DataFrame) -> list[str]:
    found = capabilities.filter(pl.col("kind") == "process")["code"].drop_nulls().unique().to_list()
    known = {process.code for process in all_processes()}
    return sorted(known.intersection(found))
