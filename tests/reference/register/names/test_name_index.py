"""Names of a register written, opened, and asked for names like others."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.register import establishments_frame, siret_of, write_snapshot
from maillon.core.errors import MissingData
from maillon.reference.register.names import build_names, open_names
from maillon.reference.register.names.cleaning import clean_words


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    fillers = [{"name": f"GARAGE {name}"} for name in ("DURAND", "MOREL", "VIDAL", "COLIN", "BERGER")]
    frame = establishments_frame(
        {"siret": siret_of(1), "name": "ENGRENAGES SAVOUREUSE", "trade_names": ["ROUES ET PIGNONS"]},
        {"siret": siret_of(2), "name": None, "legal_name": None, "masked": True},
        {"siret": siret_of(3), "name": "COMPAGNIE RHODANIENNE POLISSAGE"},
        *fillers,
    )
    folder = write_snapshot(tmp_path_factory.mktemp("names") / "snapshot", frame)
    build_names(folder)
    return open_names(folder)


def test_names_and_signs_are_entries_and_masked_firms_are_not(index):
    assert {"engrenages savoureuse", "roues pignons"} <= set(index.entries)
    assert len(index.entries) == 8
    assert "" not in index.entries


def test_a_snapshot_without_index_is_missing_data(tmp_path):
    with pytest.raises(MissingData):
        open_names(write_snapshot(tmp_path / "bare", establishments_frame({"name": "A"})))


def test_an_empty_register_has_an_index_without_names(tmp_path):
    folder = write_snapshot(tmp_path / "none", establishments_frame({"name": None, "legal_name": None}))
    build_names(folder)
    opened = open_names(folder)
    assert opened.entries == []
    assert opened.find([("atelier",)]).query.tolist() == []


def test_the_index_is_the_same_each_time(index, tmp_path):
    table = pl.read_parquet(index.folder.parent / "establishments.parquet")
    folder = write_snapshot(tmp_path / "again", table)
    build_names(folder)
    for file in sorted(index.folder.iterdir()):
        assert (folder / "names" / file.name).read_bytes() == file.read_bytes(), file.name


@given(st.text(max_size=40))
def test_cleaning_again_changes_no_plain_name(text):
    words = clean_words(text)
    assert all(word.isalnum() and word == word.lower() for word in words)
    assert len(words) <= 12


@pytest.mark.parametrize("form", ["SARL", "S.A.S.", "SA", "Ets", "STE", "Société"])
def test_a_legal_form_more_or_less_is_the_same_name(form):
    assert clean_words(f"{form} Décolletage du Doubs") == clean_words("DECOLLETAGE DU DOUBS")


def test_the_most_alike_comes_first(index):
    asked = [clean_words("Engrenage SAVOUREUSE SARL"), clean_words("Roues Pignons"), clean_words("qzx")]
    alike = index.find(asked)
    firsts = {
        query: index.entries[entry]
        for query, entry in reversed(list(zip(alike.query.tolist(), alike.entry.tolist(), strict=True)))
    }
    assert firsts == {0: "engrenages savoureuse", 1: "roues pignons"}
