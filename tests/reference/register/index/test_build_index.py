import datetime as dt

import numpy as np
import polars as pl
import pytest

from factories.register import capabilities_frame, establishments_frame, siret_of, write_snapshot
from maillon.core.errors import MissingData
from maillon.reference.register.index import build_index, open_index
from maillon.reference.register.index.columns import MASKED, NEVER
from maillon.reference.register.index.materials import LISTING

A, B, C, D = (siret_of(10_000_000 + place) for place in range(4))


def snapshot(folder):
    firms = establishments_frame(
        {"siret": A, "name": "FONDERIE DU LION", "naf": "24.51Z"},
        {"siret": B, "name": None, "masked": True, "trade_names": ["SECRET TOURNAGE"], "naf": None},
        {"siret": C, "active": False},
        {
            "siret": D,
            "naf": None,
            "naf25": "24.51Y",
            "lat": None,
            "lon": None,
            "insolvency": dt.date(2026, 1, 2),
        },
    )
    told = capabilities_frame(
        {"siret": A, "kind": "process", "code": "milling", "text": "fraisage"},
        {"siret": A, "kind": "material", "code": "steel", "text": "acier"},
        {"siret": D, "source": "relance", "text": "Achat d'un centre d'usinage pour pièces en aluminium"},
        {"siret": D, "kind": "size", "high": 800.0, "unit": "mm"},
        {"siret": D, "kind": "size", "high": 2.0, "unit": "kg"},
        {"siret": A, "kind": "certificate", "code": "iso-9001", "text": "ISO 9001"},
        {"siret": C, "kind": "process", "code": "milling"},
    )
    return write_snapshot(folder, firms, told)


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = snapshot(tmp_path_factory.mktemp("register"))
    build_index(folder)
    return open_index(folder)


def row(index, siret):
    (found,) = index.rows_of(np.array([int(siret)]))
    return int(found)


def test_only_active_establishments_stand_in_it_each_with_its_row_of_the_table(index):
    assert len(index) == 3
    assert index.rows_of(np.array([int(C)])).tolist() == []
    assert [int(index.columns.row[row(index, siret)]) for siret in (A, B, D)] == [0, 1, 3]


def test_activities_are_slices(index):
    sizes = dict(zip(index.activities, np.diff(index.starts), strict=True))
    # the class of revision 2 that 24.51 of revision 2.1 comes from stands for the NAF 2025 code
    assert sizes == {"": 1, "24.51": 1, "24.51Z": 1}


def test_unknown_stays_unknown(index):
    at = row(index, D)
    assert np.isnan(index.columns.lat[at])
    assert int(index.columns.insolvency[row(index, A)]) == NEVER
    assert int(index.columns.insolvency[at]) == (dt.date(2026, 1, 2) - dt.date(1970, 1, 1)).days


def test_a_masked_firm_gives_neither_name_nor_words(index):
    at = row(index, B)
    assert index.columns.flags[at] & MASKED
    assert index.names[at] is None
    assert index.text.find({"secret tournage": 1.0}).rows.tolist() == []
    assert at not in index.processes.find("turning").rows


def test_processes_come_from_codes_words_and_names(index):
    milling = index.processes.find("milling")
    kinds = [index.processes.kinds[code] for code in milling.kinds]
    assert dict(zip(milling.rows.tolist(), kinds, strict=True)) == {
        row(index, A): "process",
        row(index, D): "description",
    }
    casting = index.processes.find("sand-casting")
    assert casting.rows.tolist() == [row(index, A)]
    assert index.processes.kinds[casting.kinds[0]] == "name"


def test_materials_are_listed_or_mentioned(index):
    assert index.materials.find("steel").rows.tolist() == [row(index, A)]
    assert index.materials.find("aluminium").rows.tolist() == [row(index, D)]
    assert index.materials.find(LISTING).rows.tolist() == [row(index, A)]


def test_sizes_keep_to_their_unit(index):
    rows = np.array([row(index, A), row(index, D)], dtype=np.uint32)
    assert np.array_equal(index.limits["size"].at(rows)[2], [np.nan, 800.0], equal_nan=True)


def test_an_interruption_leaves_the_former_index(tmp_path):
    folder = snapshot(tmp_path)
    build_index(folder)
    before = (folder / "index" / "index.json").read_bytes()

    def stop(share):
        if share > 0.4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index(folder, stop)
    assert (folder / "index" / "index.json").read_bytes() == before
    assert [path.name for path in folder.iterdir() if "partial" in path.name] == []


def test_without_index_the_hint_says_what_to_do(tmp_path):
    with pytest.raises(MissingData, match="register build"):
        open_index(snapshot(tmp_path))


def test_an_empty_register_gives_an_empty_index(tmp_path):
    folder = write_snapshot(
        tmp_path, establishments_frame(), pl.DataFrame(schema=capabilities_frame().schema)
    )
    build_index(folder)
    assert len(open_index(folder)) == 0
