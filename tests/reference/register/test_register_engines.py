"""The same expressions give the same rows on Polars, DuckDB and Spark."""

import random
import shutil
import warnings

import polars as pl
import pytest

from factories.register import siret_of
from factories.sirene import load, points, save, sites, units

WORDS = ["LILAS", "FORGE", "ÉCLAIR", 'DIT "LE TOUR"', "A, B", "[ND]", "", None]
COMMUNES = ["90010", "75056", "97411", "2A004", "01015", "90999", "[ND]", None]


def invented(seed, count):
    """Rows of the three files with every kind of gap."""
    draw = random.Random(seed)  # noqa: S311 - a test needs no secrets
    numbers = [siret_of(draw.randrange(10**8), nic) for nic in range(1, count + 1)]
    site = [
        {
            "siret": siret,
            "statutDiffusion": draw.choice(["O", "O", "P", None]),
            "etatAdministratif": draw.choice("AAF"),
            "enseigne1": draw.choice(WORDS),
            "enseigne2": draw.choice(WORDS),
            "denominationUsuelle": draw.choice(WORDS),
            "codeCommune": draw.choice(COMMUNES),
            "dateCreation": draw.choice(["2020-02-29", "2021-02-29", "1999-12-31", None]),
            "trancheEffectifs": draw.choice(["NN", "00", "53", "12", None]),
            "etablissementSiege": draw.choice(["true", "false", None]),
            "activitePrincipale": draw.choice(["25.62B", "2562B", "46.69B", "28.5A", "[ND]", None]),
            "activitePrincipaleNAF25": draw.choice(["25.53Y", None]),
            "coordonneeLambertAbscisse": draw.choice([f"{draw.uniform(1e5, 1.2e6):.2f}", "[ND]", None]),
            "coordonneeLambertOrdonnee": f"{draw.uniform(6.05e6, 7.1e6):.2f}",
        }
        for siret in numbers
    ]
    unit = [
        {
            "siren": siren,
            "denomination": draw.choice(WORDS),
            "nom": draw.choice(WORDS),
            "prenom1": draw.choice(WORDS),
            "categorieJuridique": draw.choice(["1000", "5710", None]),
            "denominationUsuelle1": draw.choice(WORDS),
        }
        for siren in sorted({siret[:9] for siret in numbers})[::2]
    ]
    point = [
        {
            "siret": siret,
            "y_latitude": draw.choice([f"{draw.uniform(42, 51):.7f}", None, "x"]),
            "x_longitude": f"{draw.uniform(-4, 8):.7f}",
            "x": f"{draw.uniform(1e5, 1.2e6):.3f}",
            "y": f"{draw.uniform(6.05e6, 7.1e6):.3f}",
            "qualite_xy": draw.choice(["11", "33", None]),
        }
        for siret in numbers[::3]
    ]
    return sites(*site), units(*unit), points(*point)


@pytest.fixture
def files(tmp_path):
    site, unit, point = invented(seed=7, count=400)
    return (
        save(site, tmp_path / "s.csv"),
        save(unit, tmp_path / "u.parquet"),
        save(point, tmp_path / "p.csv", separator=";"),
    )


def agree(one, other):
    """Say which columns differ: none."""
    assert one.height == other.height
    return [name for name in one.columns if not one[name].equals(other[name])]


@pytest.mark.parametrize("scope", ["industry", "all"])
def test_polars_and_duckdb_give_identical_rows(tmp_path, files, scope):
    rows = load(tmp_path, *files, scope=scope)
    assert 40 < rows.height <= 400
    assert rows["point_source"].n_unique() == 3
    assert agree(rows, load(tmp_path, *files, scope=scope, engine="duckdb")) == []


@pytest.mark.slow
def test_spark_gives_identical_rows(tmp_path, files):
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not here")
    sql = pytest.importorskip("pyspark.sql")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of Spark's own imports
        small = {"spark.sql.shuffle.partitions": "1", "spark.sql.codegen.wholeStage": "false"}
        quick = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
        quick.config(map=small).getOrCreate()
        spark = load(tmp_path, *files, engine="spark")
    assert agree(load(tmp_path, *files), spark) == []
    assert isinstance(spark, pl.DataFrame)
