"""A few establishments are found by their numbers, as corrected."""

import pytest

from factories.register import capabilities_frame, establishments_frame, siret_of, write_snapshot
from maillon.reference.register import open_register
from maillon.reference.register.overlay import Correction, add_corrections

A, SECOND, B = siret_of(1), siret_of(1, 2), siret_of(2)


@pytest.fixture
def register(tmp_path, monkeypatch):
    monkeypatch.setenv("MAILLON_HOME", str(tmp_path))
    rows = establishments_frame({"siret": A, "name": "ALPHA"}, {"siret": SECOND}, {"siret": B})
    told = capabilities_frame({"siret": A, "kind": "process", "code": "milling"}, {"siret": B})
    return open_register(write_snapshot(tmp_path / "s", rows, told))


def test_by_siret_or_by_siren(register):
    assert register.find_establishments([A])["name"].to_list() == ["ALPHA"]
    assert set(register.find_establishments([A[:9]])["siret"]) == {A, SECOND}
    assert register.find_establishments(["00000000000000"]).height == 0
    assert register.find_capabilities([A])["code"].to_list() == ["milling"]


def test_as_corrected(register):
    add_corrections(
        [Correction("2026-11-20", A, "name", "OMEGA"), Correction("2026-11-20", A, "process", "turning")]
    )
    fresh = open_register(register.folder)
    assert fresh.find_establishments([A])["name"].to_list() == ["OMEGA"]
    assert set(fresh.find_capabilities([A])["code"]) == {"milling", "turning"}
    assert fresh.find_capabilities([B])["code"].to_list() == [None]
