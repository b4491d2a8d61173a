"""The invented files are read back by the product's own loader and readers."""

import polars as pl
import pytest

from maillon.demo.firm import VALTRENNE
from maillon.demo.register import build_demo_register, write_register_files
from maillon.demo.register.snapshot import PILOT_REGIONS
from maillon.demo.suppliers import all_suppliers
from maillon.reference.register import Register, build_register, open_register


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Register:
    told: list[float] = []
    folder = build_demo_register(told.append, tmp_path_factory.mktemp("snapshots"))
    assert told == sorted(told)
    assert told[-1] == 1.0
    return open_register(folder)


def test_demo_snapshot_holds_twenty_thousand_of_the_pilot_regions(demo):
    table = demo.establishments()
    assert table.height >= 20_000
    elsewhere = table.filter(~pl.col("region").is_in(PILOT_REGIONS))
    named = {one.siren for one in all_suppliers()}
    assert set(elsewhere["siren"]) <= named


def test_demo_snapshot_knows_the_buyer_and_its_french_suppliers(demo):
    found = dict(demo.establishments(["siren", "name"]).iter_rows())
    assert found[VALTRENNE.siren] == "VALTRENNE ROBOTIQUE"
    assert all(one.siren in found for one in all_suppliers() if one.country == "FR")


def test_every_source_of_capabilities_is_read(demo):
    kinds = set(demo.capabilities().select("source", "kind").iter_rows())
    assert {
        ("relance", "description"),
        ("decp", "contract"),
        ("members", "process"),
        ("members", "machine"),
        ("members", "material"),
        ("members", "size"),
        ("members", "tolerance"),
        ("members", "certificate"),
        ("members", "lot"),
        ("members", "capacity"),
        ("members", "description"),
        ("epv", "certificate"),
    } <= kinds


@pytest.mark.parametrize(("layout", "form"), [("current", "parquet"), ("former", "csv")])
def test_rows_written_are_rows_loaded(tmp_path, layout, form):
    files = write_register_files(tmp_path / "files", size=2_000, layout=layout, form=form)
    built = build_register(files.sources, enrichment=files.enrichment, scope="all", folder=tmp_path / "built")
    loaded = open_register(built).establishments()
    truth = pl.read_parquet(files.truth)
    assert loaded["siret"].to_list() == truth["siret"].to_list()
    assert loaded["active"].to_list() == truth["active"].to_list()
    now = loaded.join(truth, on="siret").filter("active")
    assert now["naf"].to_list() == now["naf_right"].to_list()
    assert (loaded["naf25"].null_count() == loaded.height) is (layout == "former")
    located = loaded.filter(pl.col("point_source") == "address")
    assert located.height > 1_500


def test_members_say_what_is_true(tmp_path):
    files = write_register_files(tmp_path / "files", size=3_000)
    built = build_register(files.sources, enrichment=files.enrichment, folder=tmp_path / "built")
    told = open_register(built).capabilities().filter(pl.col("source") == "members")
    truth = {row["siret"]: row for row in pl.read_parquet(files.truth).to_dicts()}
    sizes = told.filter(pl.col("kind") == "size")
    assert sizes.height > 20
    assert all(
        truth[siret]["max_size_mm"] == high for siret, high in sizes.select("siret", "high").iter_rows()
    )
    lots = told.filter(pl.col("kind") == "lot")
    for row in lots.to_dicts():
        true = truth[row["siret"]]
        assert (row["low"], row["ideal"], row["high"]) == (
            true["lot_low"],
            true["lot_ideal"],
            true["lot_high"],
        )
    certificates = told.filter(pl.col("kind") == "certificate")
    assert certificates.height > 5
    assert all(row["code"] in truth[row["siret"]]["certificates"] for row in certificates.to_dicts())
    processes = told.filter(pl.col("kind") == "process")
    assert all(row["code"] in truth[row["siret"]]["processes"] for row in processes.to_dicts())
