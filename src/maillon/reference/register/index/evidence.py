"""Which processes each establishment shows: by codes that a source gives, by words, by its name."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from maillon.reference.classifications.processes import all_processes
from maillon.reference.classifications.processes.evidence import list_process_evidence
from maillon.reference.register.index.strengths import read_strengths

#: One row a statement: what ``write_postings`` takes.
HELD = {
    "key": pl.String,
    "row": pl.UInt32,
    "strength": pl.Float64,
    "kind": pl.String,
    "source": pl.String,
}
NAME = "name"
REGISTER = "register"
_SLICE = 20_000  # texts read between two signs of progress


def gather_evidence(
    capabilities: pl.DataFrame,
    names: pl.DataFrame,
    progress: Callable[[float], None] = lambda share: None,
) -> pl.DataFrame:
    """Return the statements on processes as ``HELD``.

    ``capabilities`` holds ``row, source, kind, code, text``; ``names`` holds ``row, text``.
    """
    kinds = pl.col("kind").is_in(list(read_strengths().kinds))
    stated = capabilities.filter(kinds).select("row", "kind", "source", "code", "text")
    coded = stated.filter(pl.col("code").is_in([process.code for process in all_processes()]))
    worded = stated.join(coded, on=["row", "kind", "source", "code", "text"], how="anti", nulls_equal=True)
    named = names.select("row", pl.lit(NAME).alias("kind"), pl.lit(REGISTER).alias("source"), "text")
    spoken = pl.concat([worded.drop("code"), named]).drop_nulls("text")
    known = _read_distinct(spoken["text"].unique(maintain_order=True), progress)
    return pl.concat(
        [
            coded.select(pl.col("code").alias("key"), "row", pl.lit(1.0).alias("weight"), "kind", "source"),
            spoken.join(known, on="text").select("key", "row", "weight", "kind", "source"),
        ]
    ).select(
        "key",
        pl.col("row").cast(pl.UInt32),
        strength=pl.col("weight")
        * pl.col("kind").replace_strict(read_strengths().kinds, return_dtype=pl.Float64),
        kind=pl.col("kind"),
        source=pl.col("source"),
    )


def _read_distinct(texts: pl.Series, progress: Callable[[float], None]) -> pl.DataFrame:
    """Return ``text, key, weight``: each distinct text is read once."""
    found = [pl.DataFrame(schema={"text": pl.String, "key": pl.String, "weight": pl.Float64})]
    for start in range(0, len(texts), _SLICE):
        some = texts.slice(start, _SLICE)
        read = list_process_evidence(some)
        told = some.gather(read["row"]).alias("text")
        found.append(read.select(told, pl.col("process").alias("key"), "weight"))
        progress(min(1.0, (start + _SLICE) / len(texts)))
    return pl.concat(found)
