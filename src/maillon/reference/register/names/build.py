"""Building the index of names beside a snapshot's tables."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from pathlib import Path

import numpy as np
import polars as pl

from maillon.reference.register.names.cleaning import clean_names
from maillon.reference.register.names.spelling import remainders_of
from maillon.reference.register.names.terms import INITIALS, terms_of
from maillon.reference.register.names.trigrams import trigrams_of
from maillon.reference.register.snapshot import ESTABLISHMENTS_FILE

FOLDER = "names"
_NAMES = ("name", "legal_name", "acronym")


def build_names(folder: Path, progress: Callable[[float], None] = lambda share: None) -> None:
    """Write ``names/`` into a snapshot's folder: distinct cleaned names, their terms, whose they are.

    Masked establishments have no name and are not found by one.
    """
    place = folder / FOLDER
    place.mkdir(exist_ok=True)
    table = pl.read_parquet(
        folder / ESTABLISHMENTS_FILE, columns=[*_NAMES, "trade_names", "head_office", "departement"]
    ).with_row_index("row")
    held = _held(table)
    progress(0.4)
    _write_holders(held, table, place)
    entries = held["text"].unique(maintain_order=True).sort()
    entries.to_frame().write_parquet(place / "entries.parquet")
    progress(0.6)
    words = _write_terms(entries.to_list(), place)
    progress(0.9)
    known = remainders_of(words)
    np.save(place / "remainders.npy", known.hashes)
    np.save(place / "remainder_words.npy", known.words)
    runs = trigrams_of(words)
    np.save(place / "trigram_starts.npy", runs.starts)
    np.save(place / "trigram_words.npy", runs.words)
    progress(1.0)


def _held(table: pl.DataFrame) -> pl.DataFrame:
    """Return each cleaned name (``text``) with each row that bears it."""
    each = [table.select("row", raw=name) for name in _NAMES]
    trade = table.select("row", raw="trade_names").explode("raw", empty_as_null=True)
    long = pl.concat([*each, trade]).drop_nulls("raw").unique()
    raws = long["raw"].unique()
    texts = pl.Series([" ".join(words) for words in clean_names(raws.to_list())], dtype=pl.String)
    cleaned = pl.DataFrame({"raw": raws, "text": texts})
    return long.join(cleaned, on="raw").filter(pl.col("text") != "").select("text", "row").unique()


def _write_holders(held: pl.DataFrame, table: pl.DataFrame, place: Path) -> None:
    """Write the rows of each name: head offices first, then by département."""
    ordered = held.join(table.select("row", "head_office", "departement"), on="row").sort(
        "text", pl.col("head_office").not_(), "departement", "row"
    )
    np.save(place / "rows.npy", ordered["row"].to_numpy().astype(np.uint32))
    counts = ordered.group_by("text", maintain_order=True).len()["len"].to_numpy()
    np.save(place / "row_starts.npy", np.concatenate([[0], np.cumsum(counts)]).astype(np.int64))


def _write_terms(entries: list[str], place: Path) -> list[str]:
    """Write the terms with the names that hold each; return the words that may be misspelt."""
    each = [terms_of(text.split()) for text in entries]
    flat = pl.DataFrame(
        {
            "term": pl.Series(list(chain.from_iterable(each)), dtype=pl.String),
            "entry": np.repeat(np.arange(len(each), dtype=np.uint32), [len(terms) for terms in each]),
        }
    ).sort("term", "entry")
    counts = flat.group_by("term", maintain_order=True).len()
    counts.write_parquet(place / "terms.parquet")
    np.save(place / "postings.npy", flat["entry"].to_numpy())
    idf = np.log((len(entries) + 1) / (counts["len"].to_numpy() + 0.5)).clip(0.1)
    _write_masses(entries, counts["term"], idf, place)
    return [term if not term.startswith(INITIALS) else "" for term in counts["term"].to_list()]


def _write_masses(entries: list[str], terms: pl.Series, idf: np.ndarray, place: Path) -> None:
    """Write how much each name's words tell together, in nats."""
    words = pl.Series("term", [text.split() for text in entries], dtype=pl.List(pl.String))
    flat = words.to_frame().with_row_index("entry").explode("term", empty_as_null=True)
    told = pl.DataFrame({"term": terms, "idf": idf})
    masses = flat.join(told, on="term").group_by("entry").agg(pl.col("idf").sum()).sort("entry")
    np.save(place / "masses.npy", masses["idf"].to_numpy().astype(np.float32))
