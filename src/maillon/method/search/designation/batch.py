"""Reading a whole column of designations: each distinct text once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from maillon.method.search.designation.designation import Share
from maillon.method.search.designation.reading import Reading
from maillon.method.search.designation.verdict import Clues, weigh
from maillon.reference.classifications.lexicon.nouns import find_noun

if TYPE_CHECKING:
    import polars as pl

SAMPLE = 300  # designations that settle the language of a column
ROW = "row"
Columns = dict[str, list[Any]]


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
    read = _read_distinct(distinct, usual)
    return column.to_frame().join(read, on=name, how="left", maintain_order="left")


def _usual_language(sample: list[str]) -> str | None:
    """Return the language of the sample where at least two thirds of the lines that have one share it."""
    votes = Counter(filter(None, (Reading(text, None).language for text in sample)))
    best = votes.most_common(1)
    return best[0][0] if best and best[0][1] >= 2 / 3 * votes.total() else None


def _read_distinct(distinct: pl.Series, language: str | None) -> pl.DataFrame:
    """Read distinct texts column by column: few verdicts serve many texts, each is built once."""
    import polars as pl  # noqa: PLC0415 - heavy, and only frames need it

    plain: Columns = {name: [] for name in _plain_schema()}
    lists: dict[str, Columns] = {name: {ROW: [], name: []} for name in ("treatments", "not_understood")}
    measures: Columns = {name: [] for name in (ROW, "kind", "values", "unit")}
    clues: list[int] = []
    verdicts: dict[Clues, int] = {}
    for row, text in enumerate(distinct.to_list()):
        reading = Reading(text, language)
        _append_plain(plain, reading)
        clues.append(verdicts.setdefault(reading.clues, len(verdicts)))
        if reading.treatments:
            _append_words(lists["treatments"], row, [t.code for t in reading.treatments])
        _append_words(lists["not_understood"], row, [w for figured, w in reading.left_over() if not figured])
        _append_measures(measures, row, reading)
    rows = len(distinct)
    parts = [
        distinct.to_frame(),
        pl.DataFrame(plain, schema=_plain_schema()),
        _verdict_frame(list(verdicts))[clues],
        _word_lists("treatments", lists["treatments"], rows),
        _measure_lists(measures, rows),
        _word_lists("not_understood", lists["not_understood"], rows),
    ]
    return pl.concat(parts, how="horizontal")


def _append_plain(columns: Columns, reading: Reading) -> None:
    head = reading.head
    noun = find_noun(head.code) if head else None
    material = reading.materials[0] if reading.materials else None
    columns["language"].append(reading.language)
    columns["noun"].append(head.code if head else None)
    columns["noun_fr"].append(noun.fr[0] if noun else None)
    columns["noun_en"].append(noun.en[0] if noun else None)
    columns["noun_confidence"].append(head.confidence if head else None)
    columns["material"].append(material.code if material else None)
    columns["grade"].append(material.grade if material else None)


def _append_words(columns: Columns, row: int, words: list[str]) -> None:
    """Append words to two columns: the row, and what the second is named after."""
    (name,) = (name for name in columns if name != ROW)
    columns[ROW] += [row] * len(words)
    columns[name] += words


def _append_measures(columns: Columns, row: int, reading: Reading) -> None:
    for measure in reading.figures.dimensions:
        columns[ROW].append(row)
        columns["kind"].append(measure.kind)
        columns["values"].append(measure.values)
        columns["unit"].append(measure.unit)


def _plain_schema() -> dict[str, pl.DataType]:
    import polars as pl  # noqa: PLC0415 - heavy, and only frames need it

    text, number = pl.String(), pl.Float64()
    return {
        "language": text, "noun": text, "noun_fr": text, "noun_en": text, "noun_confidence": number,
        "material": text, "grade": text,
    }  # fmt: skip


def _verdict_frame(clues: Sequence[Clues]) -> pl.DataFrame:
    """Return the probabilities of each set of clues, one row each."""
    import polars as pl  # noqa: PLC0415 - heavy, and only frames need it

    verdicts = [weigh(one) for one in clues]
    parts = []
    for one, many in (("family", "families"), ("process", "processes")):
        found: list[tuple[Share, ...]] = [getattr(verdict, many) for verdict in verdicts]
        best = {
            one: [shares[0].code if shares else None for shares in found],
            f"{one}_probability": [shares[0].probability if shares else None for shares in found],
        }
        schema = {one: pl.String(), f"{one}_probability": pl.Float64()}
        parts += [pl.DataFrame(best, schema=schema), _share_lists(many, found)]
    order = [*parts[0].columns, *parts[2].columns, "families", "processes"]
    return pl.concat(parts, how="horizontal").select(order)


def _share_lists(name: str, found: Sequence[tuple[Share, ...]]) -> pl.DataFrame:
    """Return shares by row as one column of lists: built flat, for a list a row costs far more."""
    import polars as pl  # noqa: PLC0415 - heavy, and only frames need it

    flat = {
        ROW: [row for row, shares in enumerate(found) for _ in shares],
        "code": [share.code for shares in found for share in shares],
        "probability": [share.probability for shares in found for share in shares],
    }
    schema = {ROW: pl.Int64(), "code": pl.String(), "probability": pl.Float64()}
    packed = pl.DataFrame(flat, schema=schema).select(ROW, pl.struct("code", "probability").alias(name))
    return _listed(packed, name, len(found))


def _word_lists(name: str, words: Columns, rows: int) -> pl.DataFrame:
    """Return words by row as one column of lists, empty where a row has none."""
    import polars as pl  # noqa: PLC0415 - heavy, and only frames need it

    found = pl.DataFrame(words, schema={ROW: pl.Int64(), name: pl.String()})
    return _listed(found, name, rows)


def _measure_lists(measures: Columns, rows: int) -> pl.DataFrame:
    """Return the measures by row as one column of lists, ``dimensions``."""
    import polars as pl  # noqa: PLC0415 - heavy, and only frames need it

    values = measures["values"]
    of = [measure for measure, numbers in enumerate(values) for _ in numbers]
    numbers = pl.DataFrame(
        {ROW: of, "values": list(chain.from_iterable(values))},
        schema={ROW: pl.Int64(), "values": pl.Float64()},
    )
    schema = {ROW: pl.Int64(), "kind": pl.String(), "unit": pl.String()}
    found = pl.DataFrame({name: measures[name] for name in schema}, schema=schema)
    found = found.with_columns(_listed(numbers, "values", found.height)["values"])
    packed = found.select(ROW, pl.struct("kind", "values", "unit").alias("dimensions"))
    return _listed(packed, "dimensions", rows)


def _listed(found: pl.DataFrame, name: str, rows: int) -> pl.DataFrame:
    """Gather the values of ``name`` by row, in order, for rows 0 to ``rows - 1``."""
    import polars as pl  # noqa: PLC0415 - heavy, and only frames need it

    index = pl.DataFrame({ROW: pl.int_range(rows, eager=True)})
    lists = found.group_by(ROW, maintain_order=True).agg(name)
    joined = index.join(lists, on=ROW, how="left", maintain_order="left")
    return joined.select(pl.col(name).fill_null([]))
