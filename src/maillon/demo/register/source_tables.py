"""The files of other sources, written firm by firm."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl

from maillon.demo.draws import draws
from maillon.demo.register.coverage import FILES
from maillon.demo.register.sources import HEADERS, WRITERS

_KNOWN = [
    "siren",
    "siret",
    "lat",
    "lon",
    "departement",
    "commune_name",
    "postcode",
    "category",
    "name",
    "processes",
    "materials",
    "certificates",
    "max_size_mm",
    "tolerance_mm",
    "lot_low",
    "lot_ideal",
    "lot_high",
    "free_hours",
    "sources",
    "rank",
]


def begin_sources(folder: Path) -> dict[str, Path]:
    """Write the header of each file and return the files by the name of the source."""
    paths = {}
    for source, name in FILES.items():
        paths[source] = folder / f"{name}.csv"
        separator, header = HEADERS[name]
        with paths[source].open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=separator, lineterminator="\n").writerow(header)
    return paths


def append_sources(paths: dict[str, Path], seed: int, facts: pl.DataFrame, truth: pl.DataFrame) -> None:
    """Add a row for each establishment to each file that ``truth.sources`` names."""
    told = truth.drop("siren", "siret", "naf").hstack(facts).filter(pl.col("sources").list.len() > 0)
    firms = told.select(_KNOWN).to_dicts()
    for source, path in paths.items():
        name = FILES[source]
        with path.open("a", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, delimiter=HEADERS[name][0], lineterminator="\n")
            for firm in firms:
                if source in firm["sources"]:
                    # one stream a firm and source, whatever the stretch it is written in
                    chance = draws(seed, f"{source}/{firm['rank']}")
                    rows.writerow(WRITERS[name](chance, firm))
