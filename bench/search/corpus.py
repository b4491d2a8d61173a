"""What every system may read of the firms, and what only the judge may: texts, places, hidden truth.

A document is an active establishment of the register with what its sources say of it. **Bare** documents hold
what SIRENE alone gives: the name and the label of the activity. **Enriched** ones add the texts of the
capabilities. The truth never enters a document.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bench.search.labelled_set import Labelled
from maillon.reference.classifications import naf

#: The columns of the register that a document is made of.
COLUMNS = ["siret", "siren", "name", "trade_names", "naf", "departement", "active", "masked"]
_WHOLESALE = "46"


@dataclass(frozen=True)
class Corpus:
    """The documents, one a row of ``firms``: ``siret, siren, naf, departement, part``; and their texts."""

    firms: pl.DataFrame
    texts: tuple[str, ...]
    enriched: bool

    def candidates(self, departements: Sequence[str], part: str) -> NDArray[np.int64]:
        """Return the rows of the firms of a part (``dev`` or ``test``) in a territory."""
        inside = pl.col("departement").is_in(list(departements)) & (pl.col("part") == part)
        return self.firms.with_row_index("row").filter(inside)["row"].to_numpy().astype(np.int64)

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The row of each SIRET."""
        return {siret: row for row, siret in enumerate(self.firms["siret"].to_list())}


def part_of(siren: str) -> str:
    """Return the part of a firm: drawn by the SHA-256 of its SIREN, so all its sites fall together.

    >>> part_of("732829320"), part_of("552100554")
    ('test', 'dev')
    """
    drawn = hashlib.sha256(f"maillon firm {siren}".encode()).digest()[0]
    return "dev" if drawn % 2 else "test"


def make_corpus(establishments: pl.DataFrame, capabilities: pl.DataFrame, *, enriched: bool) -> Corpus:
    """Make the documents from the two tables of a snapshot; closed and masked establishments are left out."""
    firms = establishments.select(COLUMNS).filter("active", ~pl.col("masked").fill_null(value=False))
    texts_of = pl.col("text").sort().str.join(" ")
    said = capabilities.drop_nulls("text").group_by("siret").agg(texts_of)
    firms = firms.join(said, on="siret", how="left").sort("siret")
    documents = tuple(_document(row, enriched=enriched) for row in firms.iter_rows(named=True))
    parts = [part_of(siren) for siren in firms["siren"].to_list()]
    kept = firms.select("siret", "siren", "naf", "departement").with_columns(
        part=pl.Series(parts, dtype=pl.String)
    )
    return Corpus(kept, documents, enriched)


def _document(row: Mapping[str, object], *, enriched: bool) -> str:
    code = str(row["naf"] or "")
    label = naf.label(code, "fr") if naf.normalise(code) else ""
    names = row["trade_names"] or []
    words = [row["name"], *(names if isinstance(names, list) else []), label]
    return " . ".join(str(word) for word in [*words, row["text"] if enriched else None] if word)


class Judge(Protocol):
    """Says which firms are right for a need, and how much."""

    def grades(self, need: Labelled, rows: frozenset[int]) -> dict[int, float]:
        """Return the relevant firms among ``rows`` with their grades."""


@dataclass(frozen=True)
class ActivityJudge:
    """Holds the activity of each firm against the classes that the need was labelled with, by hand.

    Nothing of the product is in this judgement: neither its processes nor its links from processes to
    activities. It judges which *kinds* of firms are ranked first, all that a bare register can be asked.
    """

    classes: Mapping[str, frozenset[int]]

    def grades(self, need: Labelled, rows: frozenset[int]) -> dict[int, float]:
        """Return 2 for the firms of the need's first class, 1 for those of another of its classes."""
        return _grades(need.naf, self.classes, rows)


@dataclass(frozen=True)
class TruthJudge:
    """What each firm really makes: the hidden truth, aligned with the rows of a corpus."""

    makers: Mapping[str, frozenset[int]]

    def grades(self, need: Labelled, rows: frozenset[int]) -> dict[int, float]:
        """Return the relevant firms among ``rows``: 2 for the need's first process, 1 for another of its.

        Distributors and establishments without truth are never relevant.
        """
        return _grades(need.processes, self.makers, rows)


def _grades(
    labels: tuple[str, ...], firms: Mapping[str, frozenset[int]], rows: frozenset[int]
) -> dict[int, float]:
    first, *others = labels
    found = {row: 1.0 for label in others for row in firms.get(label, frozenset()) & rows}
    return found | dict.fromkeys(firms.get(first, frozenset()) & rows, 2.0)


def judge_activities(corpus: Corpus) -> ActivityJudge:
    """Return the judge that knows the class (``25.62``) of every firm; wholesale is never right."""
    classes = corpus.firms.with_row_index("row").select("row", pl.col("naf").str.slice(0, 5)).drop_nulls()
    makers = classes.filter(~pl.col("naf").str.starts_with(_WHOLESALE)).group_by("naf").agg("row")
    return ActivityJudge({code: frozenset(rows) for code, rows in makers.iter_rows()})


def read_judge(truth: Path, corpus: Corpus) -> TruthJudge:
    """Read the truth (``siret, processes, role``) of an invented register; traders are no makers.

    An establishment is a trader by the truth's role or by its activity (NAF division 46).
    """
    table = pl.read_parquet(truth, columns=["siret", "processes", "role"])
    true = corpus.firms.with_row_index("row").join(table, on="siret")
    true = true.filter((pl.col("role") == "maker") & ~pl.col("naf").fill_null("").str.starts_with(_WHOLESALE))
    pairs = true.select("row", "processes").explode("processes").drop_nulls().group_by("processes").agg("row")
    return TruthJudge({process: frozenset(rows) for process, rows in pairs.iter_rows()})
