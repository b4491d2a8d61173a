import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from maillon.reference.places.fold import fold, fold_commune
from maillon.reference.tables import read_table


@settings(deadline=None)  # the first example reads a table
@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)  # the first example reads a table
@given(st.text(alphabet="abcéèàçôœ' -", max_size=30))
def test_case_does_not_matter(text):
    assert fold(text.upper()) == fold(text)


def test_the_shipped_keys_are_those_that_the_code_computes():
    for table in ("communes", "former_communes"):
        names = read_table(f"places/data/{table}.parquet")
        keys = pl.Series("key", [fold_commune(name) for name in names["nom"]])
        assert names["key"].equals(keys)
