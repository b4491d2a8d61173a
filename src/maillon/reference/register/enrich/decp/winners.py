"""The winners of a contract: one column, three columns, a list in a cell, or JSON."""

from __future__ import annotations

import json

import polars as pl

from maillon.reference.register.enrich.source import Column

PLACES = 3
WINNERS = (
    Column(
        "winner_1",
        (
            "titulaire_id_1",
            "titulaire.id",
            "titulaires_id",
            "titulaire_id",
            "titulaires",
            "siretEtablissement",
            "titulaires_id_1",
            "titulaires.1.id",
            "titulaires.0.id",
            "idTitulaires",
            "titulaire",
        ),
    ),
    Column("winner_2", ("titulaire_id_2", "titulaires_id_2", "titulaires.2.id"), optional=True),
    Column("winner_3", ("titulaire_id_3", "titulaires_id_3", "titulaires.3.id"), optional=True),
)


def list_winners(frame: pl.DataFrame) -> pl.DataFrame:
    """Return ``row``, ``winner``: one row for each number in the winners' cells, without repeats.

    A cell may hold one number, several parted by commas, bars or spaces between numbers, or JSON.
    """
    columns = [column.name for column in WINNERS]
    long = (
        frame.select("row", *columns)
        .unpivot(index="row", on=columns, variable_name="place", value_name="cell")
        .filter(pl.col("cell").is_not_null())
    )
    json_like = pl.col("cell").str.contains(r"^\s*[\[{]")
    told = [_read_json(cell) for cell in long.filter(json_like)["cell"]]
    listed = long.filter(json_like).with_columns(pl.Series("winner", told, dtype=pl.List(pl.String)))
    parted = pl.col("cell").str.replace_all(r"[,;|]", "|").str.split("|")
    single = pl.concat([long.filter(~json_like).with_columns(parted.alias("winner")), listed]).explode(
        "winner"
    )
    cleaned = single.with_columns(pl.col("winner").str.strip_chars())
    void = pl.col("winner").str.to_uppercase().is_in(["", "CDL", "INX", "NC", "NAN", "NULL", "NONE"])
    return (
        cleaned.filter(pl.col("winner").is_not_null() & ~void)
        .select("row", "winner")
        .unique(maintain_order=True)
        .sort("row", maintain_order=True)
    )


def _read_json(cell: str) -> list[str]:
    """Return the ``id`` of every winner of a JSON cell; the cell itself where it is no such JSON."""
    try:
        told = json.loads(cell[:100_000])
    except (ValueError, RecursionError):
        return [cell]
    found: list[str] = []
    stack = [told]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            number = value.get("id") or value.get("titulaire_id")
            if isinstance(number, str | int):
                found.append(str(number))
            else:
                stack.extend(value.values())
        elif isinstance(value, list):
            stack.extend(reversed(value))
    return found or [cell]
