"""Public contracts as questions: what was bought, where, when, and who won; read from a DECP file.

The layouts and their headers are those of the product's own importer; the buyer and the place of performance
are read besides, to know the region. Headers match whatever their case and punctuation.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from maillon.reference.places.communes import commune, communes_at, communes_named
from maillon.reference.places.divisions import (
    departement_at,
    departement_named,
    departements,
    region_named,
    regions,
)
from maillon.reference.register.enrich.cells import clean_text, read_date
from maillon.reference.register.enrich.decp.contracts import COLUMNS
from maillon.reference.register.enrich.decp.winners import list_winners
from maillon.reference.register.enrich.identifiers import identify
from maillon.reference.register.enrich.source import Column, Context, Source, Told, no_rows, nothing_aside
from maillon.reference.register.enrich.tables import open_file

#: CPV divisions of goods; 45 is works, 48 software, 50 and above services.
_GOODS = range(3, 45)
_LONGEST_NAME = 6  # words of a commune's name
_OURS = (
    Column("buyer_id", ("acheteur_id", "idAcheteur", "acheteur_siret", "acheteurs_id")),
    Column("place", ("lieuExecution_code", "lieuxExecution_code")),
    Column("place_kind", ("lieuExecution_typeCode", "lieuxExecution_typeCode")),
    Column("buyer_region", ("acheteur_region_code",)),
    Column("buyer_departement", ("acheteur_departement_code", "acheteur_departement")),
    Column("buyer_commune", ("acheteur_commune_code",)),
)


def _tell_nothing(frame: pl.DataFrame, context: Context) -> Told:
    return Told(no_rows(), nothing_aside())


_SOURCE = Source(
    code="decp",
    title="DECP: essential data of public contracts, with buyers",
    licence="Licence Ouverte 2.0",
    columns=(*COLUMNS, *_OURS),
    needs=(("object",), ("cpv",), ("winner_1",), ("notified", "published"), ("buyer_id", "buyer", "place")),
    read=_tell_nothing,
)


@dataclass(frozen=True, slots=True)
class Notice:
    """One contract for goods: its object, CPV (8 digits), day, region of the buyer, SIREN of the winners."""

    object: str
    cpv: str
    day: dt.date
    region: str
    winners: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """The notices kept, in the order of their days, and how many rows each rule left out."""

    notices: tuple[Notice, ...]
    left_out: dict[str, int]


def read_notices(path: Path, region_of_buyer: Callable[[str], str | None], latest: dt.date) -> Reading:
    """Read the contracts for goods of a DECP file (CSV or Parquet).

    A row without object, CPV, day, known region or true winner's number is left out and counted, and so are
    works, software and services. The same object bought in one region is one notice, whoever won its lots.
    Raises ``RefusedFile`` for a file without the columns of public contracts.
    """
    counts = dict.fromkeys(("without object, CPV or day", "no goods", "no true winner", "region unknown"), 0)
    found: dict[tuple[str, str, str], tuple[dt.date, set[str]]] = {}
    for batch in open_file(path, [_SOURCE]).batches:
        for row in _sound_rows(batch.rows, latest, counts):
            region = region_of_buyer(row["buyer_id"] or "") or _told_region(row)
            if region is None:
                counts["region unknown"] += 1
                continue
            key = (row["text"], row["code"], region)
            day, winners = found.setdefault(key, (row["day"], set()))
            found[key] = (min(day, row["day"]), winners | set(row["winners"]))
    notices = [Notice(*key[:2], day, key[2], frozenset(won)) for key, (day, won) in found.items()]
    return Reading(tuple(sorted(notices, key=lambda n: (n.day, n.cpv, n.object, n.region))), counts)


def _sound_rows(rows: pl.DataFrame, latest: dt.date, counts: dict[str, int]) -> list[dict[str, Any]]:
    read = rows.with_columns(
        text=clean_text(pl.col("object")),
        code=pl.col("cpv").str.extract(r"^\D{0,3}(\d{8})"),
        day=read_date(pl.coalesce("notified", "published"), latest),
    )
    whole = read.drop_nulls(["text", "code", "day"])
    counts["without object, CPV or day"] += read.height - whole.height
    goods = whole.filter(pl.col("code").str.slice(0, 2).cast(pl.Int32).is_in(list(_GOODS)))
    counts["no goods"] += whole.height - goods.height
    sirens = identify(list_winners(goods), "winner").drop_nulls("siren").group_by("row").agg("siren")
    won = goods.join(sirens.rename({"siren": "winners"}), on="row")
    counts["no true winner"] += goods.height - won.height
    return won.sort("row").to_dicts()


def _told_region(row: Mapping[str, Any]) -> str | None:
    """Return the region that the codes of the buyer tell, else the place of performance, else its name."""
    return (
        region_of_place(row["buyer_region"], "code région")
        or region_of_place(row["buyer_departement"], "code département")
        or region_of_place(row["buyer_commune"], "code commune")
        or region_of_place(row["place"], row["place_kind"])
        or region_of_name(row["buyer"] or "")
    )


@cache
def region_of_name(name: str) -> str | None:
    """Return the region of the commune, département or region that a buyer's name ends with, if only one.

    >>> region_of_name("LYCEE DE BESANCON"), region_of_name("Conseil départemental du Doubs")
    ('27', '27')
    >>> region_of_name("COMMUNE DE SAINTE-COLOMBE"), region_of_name("MINISTERE DES ARMEES")
    (None, None)
    """
    words = re.split(r"[\s'’]+", name.strip())
    for start in range(max(len(words) - _LONGEST_NAME, 0), len(words)):
        tail = " ".join(words[start:])
        division = departement_named(tail) or region_named(tail)
        found = {division.region} if division else {place.region for place in communes_named(tail)}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def region_of_place(code: str | None, kind: str | None) -> str | None:
    """Return the region of a place of performance, by its code and the kind of code; None if it is no place.

    >>> region_of_place("90010", "Code commune"), region_of_place("25000", "Code postal")
    ('27', '27')
    >>> region_of_place("59", "Code département"), region_of_place("FR", "Code pays")
    ('32', None)
    """
    bare, told = (code or "").strip().upper(), (kind or "").lower()
    if "pays" in told:
        return None
    if "région" in told or "region" in told:
        return bare if bare in regions() else None
    if bare in departements():
        return departements()[bare].region
    if "postal" not in told and (found := commune(bare)):
        return found.region
    served = {place.region for place in communes_at(bare)}
    if len(served) == 1:
        return served.pop()
    named = departement_at(bare) if len(bare) == 5 else None
    return named.region if named else None
