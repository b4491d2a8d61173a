"""Reading a whole column of designations: each distinct text once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from maillon.method.search.designation.designation import Designation
from maillon.method.search.designation.reading import read_designation

if TYPE_CHECKING:
    import polars as pl

SAMPLE = 300  # designations that settle the language of a column


def read_designations(series: pl.Series, *, language: str | None = None) -> pl.DataFrame:
    """Read a column of designations into a frame of one row per value, in the same order.

    Columns: ``designation`` (as given), ``language``, ``noun``, ``noun_fr``, ``noun_en``,
    ``noun_confidence``, ``material``, ``grade``, ``family``, ``family_probability``, ``process``,
    ``process_probability``, ``families`` and ``processes`` (lists of ``{code, probability}``, best first),
    ``treatments``, ``dimensions`` (list of ``{kind, values, unit}``), ``not_understood``. What is not known
    is null; a null designation gives a row of nulls. Without ``language`` the one that most of the column
    speaks settles ambiguous words.
    """
    import polars as pl  # noqa: PLC0415 - heavy, and only this function needs it

    name = "designation"
    column = series.cast(pl.String).alias(name)
    distinct = column.drop_nulls().unique(maintain_order=True)
    usual = language or _usual_language(distinct.head(SAMPLE).to_list())
    rows = [_row(text, read_designation(text, language=usual)) for text in distinct.to_list()]
    read = pl.DataFrame(rows, schema=_schema(), orient="row")
    return column.to_frame().join(read, on=name, how="left", maintain_order="left")


def _usual_language(sample: list[str]) -> str | None:
    """Return the language of the sample where at least two thirds of the lines that have one share it."""
    votes = Counter(filter(None, (read_designation(text).language for text in sample)))
    best = votes.most_common(1)
    return best[0][0] if best and best[0][1] >= 2 / 3 * votes.total() else None


def _schema() -> dict[str, pl.DataType]:
    import polars as pl  # noqa: PLC0415 - heavy, and only frames need it

    shares = pl.List(pl.Struct({"code": pl.String(), "probability": pl.Float64()}))
    measures = pl.List(pl.Struct({"kind": pl.String(), "values": pl.List(pl.Float64()), "unit": pl.String()}))
    text, number, texts = pl.String(), pl.Float64(), pl.List(pl.String())
    return {
        "designation": text, "language": text, "noun": text, "noun_fr": text, "noun_en": text,
        "noun_confidence": number, "material": text, "grade": text, "family": text,
        "family_probability": number, "process": text, "process_probability": number, "families": shares,
        "processes": shares,
        "treatments": texts, "dimensions": measures, "not_understood": texts,
    }  # fmt: skip


def _row(text: str, read: Designation) -> tuple[object, ...]:
    noun, material = read.noun, read.material
    return (
        text,
        read.language,
        noun.code if noun else None,
        noun.fr if noun else None,
        noun.en if noun else None,
        noun.confidence if noun else None,
        material.code if material else None,
        material.grade if material else None,
        read.family,
        read.families[0].probability if read.families else None,
        read.process,
        read.processes[0].probability if read.processes else None,
        [{"code": s.code, "probability": s.probability} for s in read.families],
        [{"code": s.code, "probability": s.probability} for s in read.processes],
        [t.code for t in read.treatments],
        [{"kind": m.kind, "values": m.values, "unit": m.unit} for m in read.dimensions],
        list(read.not_understood),
    )
