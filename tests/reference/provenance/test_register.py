"""Every shipped table is in the register, and is what the register says."""

import hashlib
import importlib
import re
from pathlib import Path

import polars as pl
import pytest

import maillon.reference
from maillon.core.errors import MissingData
from maillon.language import render
from maillon.reference.provenance import sources
from maillon.reference.tables import read_table

ROOT = Path(maillon.reference.__file__).parent
BUDGET = 5 * 1024 * 1024


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.name)
def test_the_shipped_file_is_the_registered_one(source):
    content = (ROOT / source.file).read_bytes()
    assert hashlib.sha256(content).hexdigest() == source.sha256
    assert pl.read_parquet(content).height == source.rows > 0


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.name)
def test_each_entry_says_where_the_data_came_from(source):
    assert source.origins
    for origin in source.origins:
        assert origin.title
        assert origin.publisher
        assert origin.edition
        assert origin.licence
        assert (origin.package == "") == (origin.sha256 == "")
        assert re.fullmatch(r"|[0-9a-f]{64}", origin.sha256)


def test_each_builder_exists():
    for builder in {source.builder for source in sources()}:
        assert callable(importlib.import_module(builder).build)


def test_no_shipped_table_without_an_entry():
    shipped = {path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.parquet")}
    folders = [ROOT / "places/data", ROOT / "classifications/data"]
    shipped |= {path.relative_to(ROOT).as_posix() for folder in folders for path in folder.iterdir()}
    assert shipped == {source.file for source in sources()}


def test_the_tables_stay_small():
    assert sum((ROOT / source.file).stat().st_size for source in sources()) <= BUDGET


def test_no_elected_person_and_no_address_is_shipped():
    columns = {column for source in sources() for column in read_table(source.file).columns}
    assert columns <= {
        *("code_insee", "nom", "key", "departement", "region", "population", "codes_postaux", "lat", "lon"),
        *(
            "origine_point",
            "commune",
            "code",
            "chef_lieu",
            "zone",
            "alpha3",
            "name_fr",
            "name_en",
            "counts_as",
        ),
        *("eu_from", "eu_to", "eea_from", "europe", "country", "kind", "name", "path_d", "x", "y"),
        *("parent", "label_fr", "label_en", "revision", "nace21", "nace2", "suffix", "unit"),
        *("level", "above", "other", "parts", "word", "node", "weight"),
    }


def test_a_missing_table_is_said_in_french_too():
    with pytest.raises(MissingData) as missing:
        read_table("places/data/absent.parquet")
    assert render(missing.value.what, "fr").startswith("La table de référence places/data/absent.parquet")
