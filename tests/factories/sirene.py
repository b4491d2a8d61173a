"""Files in the exact columns of SIRENE, INSEE's links and BODACC, from a few rows. All invented."""

from __future__ import annotations

import gzip
import json
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from maillon.reference.register.insolvency import INSOLVENCIES
from maillon.reference.register.loading.layouts import LINKS, NOTICES, POINTS, SITES, UNITS, Layout
from maillon.reference.register.loading.official import open_official
from maillon.reference.register.loading.run import load_establishments

Row = dict[str, str | None]
SITE: Row = {
    "statutDiffusion": "O",
    "dateCreation": "2001-05-17",
    "trancheEffectifs": "12",
    "dateDernierTraitement": "2026-10-03T08:12:11",
    "etablissementSiege": "true",
    "numeroVoie": "12",
    "typeVoie": "RUE",
    "libelleVoie": "DES LILAS",
    "codePostal": "90000",
    "libelleCommune": "BELFORT",
    "codeCommune": "90010",
    "etatAdministratif": "A",
    "activitePrincipale": "25.62B",
    "nomenclatureActivitePrincipale": "NAFRev2",
    "caractereEmployeur": "O",
}
UNIT: Row = {
    "statutDiffusion": "O",
    "dateDernierTraitement": "2026-10-02T08:12:11",
    "categorieEntreprise": "PME",
    "etatAdministratif": "A",
    "denomination": "ATELIER DES LILAS",
    "categorieJuridique": "5710",
}


def _full(layout: Layout, row: Row, suffix: str) -> Row:
    """Give short names the suffix of the file; refuse a name that the layout has not."""
    named = {name if name in layout.columns else name + suffix: value for name, value in row.items()}
    assert set(named) <= set(layout.columns), set(named) - set(layout.columns)
    return named


def sites(*rows: Row, **common: str | None) -> pl.DataFrame:
    """Rows of StockEtablissement: ``siret`` and what differs from an active workshop of Belfort."""
    told = [{**SITE, **_numbers(row), **common, **row} for row in rows]
    return _frame(SITES, [_full(SITES, row, "Etablissement") for row in told])


def _numbers(row: Row) -> Row:
    siret = row["siret"] or ""
    return {"siren": siret[:9], "nic": siret[9:]}


def units(*rows: Row, **common: str | None) -> pl.DataFrame:
    """Rows of StockUniteLegale: ``siren`` and what differs from a small company."""
    return _frame(UNITS, [_full(UNITS, {**UNIT, **common, **row}, "UniteLegale") for row in rows])


def points(*rows: Row) -> pl.DataFrame:
    """Rows of the geolocation: ``siret`` and what is known."""
    sure = {"qualite_xy": "11", "epsg": "2154"}
    return _frame(POINTS, [{**sure, **row} for row in rows])


def links(*rows: tuple[str, str, str]) -> pl.DataFrame:
    """Rows of the links of succession: predecessor, successor, day."""
    usual = {"transfertSiege": "false", "continuiteEconomique": "true"}
    names = LINKS.columns[:3]
    return _frame(LINKS, [{**usual, **dict(zip(names, row, strict=True))} for row in rows])


def notice(siren: str, published: str, family: str, nature: str, date: str | None = None, **more: str) -> Row:
    """One notice of BODACC: its SIREN written as the portal does, its judgment as JSON."""
    spaced = f"{siren[:3]} {siren[3:6]} {siren[6:]}"
    judgment = {"famille": family, "nature": nature} | ({"date": date} if date else {})
    told: Row = {"typeavis": "annonce", "familleavis": "collective", **more}
    return {
        **told,
        "registre": f"{spaced},{siren}",
        "dateparution": published,
        "jugement": json.dumps(judgment, ensure_ascii=False),
    }


def notices(*rows: Row) -> pl.DataFrame:
    """Rows of BODACC's export."""
    return _frame(NOTICES, list(rows))


def _frame(layout: Layout, rows: Sequence[Row]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(layout.columns, pl.String))


def former(table: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """The same rows in the layout of before."""
    return table.drop(*layout.added)


def save(table: pl.DataFrame, path: Path, separator: str = ",") -> Path:
    """Write rows as the name tells: ``.parquet``, ``.csv``, ``.csv.gz``, ``.csv.zip``."""
    text = table.write_csv(separator=separator).encode()
    match path.suffixes[-1]:
        case ".parquet":
            table.write_parquet(path)
        case ".gz":
            path.write_bytes(gzip.compress(text))
        case ".zip":
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(path.stem, text)
        case _:
            path.write_bytes(text)
    return path


NOTHING_BESIDE = {
    "named_sites": pl.DataFrame(schema={"siret": pl.String, "named_site": pl.Boolean}),
    "named_firms": pl.DataFrame(schema={"siren": pl.String, "named_firm": pl.Boolean}),
    "predecessors": pl.DataFrame(schema={"siret": pl.String, "predecessor": pl.String}),
    "insolvencies": pl.DataFrame(schema=INSOLVENCIES),
}


def load(
    folder: Path,
    *paths: Path,
    scope: str = "all",
    engine: str = "polars",
    beside: Mapping[str, pl.DataFrame] = NOTHING_BESIDE,
) -> pl.DataFrame:
    """The establishments of these files, as a build makes them, before anything is written."""
    work = Path(tempfile.mkdtemp(dir=folder))
    files = {file.layout.kind: file for file in (open_official(path, work) for path in paths)}
    rows = load_establishments(
        files, beside, scope=scope, engine=engine, folder=work, progress=lambda share: None
    )
    return rows.collect()
