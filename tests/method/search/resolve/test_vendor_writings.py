"""One vendor, written in many ways: the same establishment is found."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.register import establishments_frame, siret_of, write_snapshot
from maillon.method.search import Decision, resolve_vendors
from maillon.reference.register import open_register
from maillon.reference.register.names import build_names
from maillon.reference.register.snapshot import LINKS_FILE
from maillon.reference.register.succession import SUCCESSIONS

_BELFORT = {"city": "Belfort", "postcode": "90000"}


@pytest.mark.parametrize(
    "written",
    [
        "ENGRENAGES DE LA SAV", "Savoureuse (de la) Engrenages", "EngrenagesDeLaSavoureuse",
        "Etablissemetns Engrenages Savoureuse", "ETABLISSEM ENGRENAGES SAVOUREUSE",
        "Emgrenages Savoureuze", "NEGRENAGES SAVOUERUSE",
    ],
    ids=["cut", "other order", "joined", "form misspelt", "form cut", "a letter each", "letters exchanged"],
)  # fmt: skip
def test_however_it_is_written_the_establishment_comes_first(register, sirets, written):
    found = resolve_vendors(register, pl.DataFrame([{"name": written, **_BELFORT}])).matches[0]
    assert found.candidates[0].siret == sirets["gears"]


def test_two_letters_off_in_each_word_is_found_in_the_place_stated_alone(register, sirets):
    """No word of it is met by the index of words: the letters of the place's names tell it."""
    frame = pl.DataFrame([{"name": "Enfrenahes Saboureyse", **_BELFORT}, {"name": "Enfrenahes Saboureyse"}])
    here, nowhere = resolve_vendors(register, frame).matches
    assert here.candidates[0].siret == sirets["gears"]
    assert "vendor-nearby" in {reason.code for reason in here.candidates[0].reasons}
    assert all("vendor-nearby" not in {r.code for r in c.reasons} for c in nowhere.candidates)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(range(5)))
def test_the_order_of_the_rows_changes_no_answer(register, order):
    names = ["TOLERIE MARTIN", "Engrenage Savoureuse", "HOLDING PERRIN", "Usinage Dupon", "A GmbH"]
    towns = [None, "Lyon", "Montbéliard", "Belfort", None]
    vendors = pl.DataFrame({"name": names, "city": towns})
    straight = resolve_vendors(register, vendors).matches
    mixed = resolve_vendors(register, vendors[list(order)]).matches
    assert list(mixed) == [straight[place] for place in order]


def test_a_closed_siret_is_followed_to_its_successor(tmp_path):
    closed, middle, now = (siret_of(place) for place in (1, 2, 3))
    frame = establishments_frame(
        {"siret": closed, "name": "FONDERIE ANCIENNE", "active": False}, {"siret": now, "name": "FONTE NEUVE"}
    )
    folder = write_snapshot(tmp_path / "register", frame)
    day = dt.date(2025, 1, 1)
    links = pl.DataFrame(
        [{"predecessor": closed, "successor": middle, "date": day},
         {"predecessor": middle, "successor": now, "date": day}],
        schema=SUCCESSIONS,
    )  # fmt: skip
    links.write_parquet(folder / LINKS_FILE)
    build_names(folder)
    vendors = pl.DataFrame({"name": ["Fonderie ancienne", "Fonte neuve"], "siret": [closed, now]})
    moved, standing = resolve_vendors(open_register(folder), vendors).matches
    assert (moved.decision, moved.siret) == (Decision.ACCEPT, now)
    assert moved.reasons[0].code == "vendor-successor"
    assert standing.reasons[0].code == "vendor-siret"


def test_the_larger_of_two_homonyms_comes_first(tmp_path):
    rows = [
        {"siret": siret_of(place), "name": "CHAUDRONNERIE DES TROIS LACS", "headcount_low": size}
        for place, size in ((1, 0), (2, 50), (3, 10))
    ]
    folder = write_snapshot(tmp_path / "register", establishments_frame(*rows, {"name": "AUTRE CHOSE"}))
    build_names(folder)
    found = resolve_vendors(open_register(folder), pl.DataFrame({"name": ["Chaudronnerie Trois Lacs"]}))
    assert [one.siret for one in found.matches[0].candidates] == [siret_of(2), siret_of(3), siret_of(1)]
    assert found.matches[0].siret is None
