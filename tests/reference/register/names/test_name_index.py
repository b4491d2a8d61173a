"""Names of a register written, opened, and asked for names like others."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.register import establishments_frame, siret_of, write_snapshot
from maillon.core.errors import MissingData
from maillon.reference.register.names import build_names, open_names
from maillon.reference.register.names.cleaning import clean_words
from maillon.reference.register.names.index import INITIAL
from maillon.reference.register.names.terms import INITIALS, terms_of


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


_VOCABULARY = ("tolerie", "usinage", "decoupe", "fonderie", "martin", "duval", "leroy", "lacs", "vosges")


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Names of two or three words of a small vocabulary, so that most share words."""
    names = {f"{a} {b} {c}".strip() for a in _VOCABULARY for b in _VOCABULARY for c in ("", "jura") if a < b}
    frame = establishments_frame(*({"name": name} for name in sorted(names)))
    folder = write_snapshot(tmp_path_factory.mktemp("many") / "snapshot", frame)
    build_names(folder)
    return open_names(folder)


def _scanned(index, words):
    """Return the likeness of every name, term by term: what the postings are to give."""
    idf = dict(zip(index.terms, index.idf.tolist(), strict=True))
    asked, found = sum(idf[word] for word in words), {}
    for place, entry in enumerate(index.entries):
        shared = set(terms_of(words)) & set(terms_of(entry.split()))
        told = sum(idf[term] * (INITIAL if term.startswith(INITIALS) else 1.0) for term in shared)
        held = sum(idf[word] for word in entry.split())
        told = min(told, asked, held)
        if shared:
            found[place] = told / (asked + held - told)
    return found


@given(st.lists(st.sampled_from((*_VOCABULARY, "jura")), min_size=1, max_size=3, unique=True))
@settings(max_examples=60, deadline=None)
def test_finding_is_scanning_every_name(many, words):
    alike = many.find([tuple(words)], most=10_000)
    expected = _scanned(many, tuple(words))
    found = dict(zip(alike.entry.tolist(), alike.share.tolist(), strict=True))
    # words of other lengths may meet misspelt terms: none of this vocabulary does
    assert found == pytest.approx(expected, rel=1e-5)
    assert alike.share.tolist() == sorted(alike.share.tolist(), reverse=True)
