"""What a check tells of a file that differs from the published layout."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.register import siret_of
from factories.sirene import former, links, points, save, sites, units
from maillon.core.errors import RefusedFile
from maillon.reference.register.drift import check_source, moved_columns
from maillon.reference.register.loading.layouts import SITES

A, B = siret_of(11_111_111), siret_of(22_222_222)


def test_a_file_as_published_differs_in_nothing(tmp_path):
    table = sites({"siret": A}, {"siret": B, "enseigne1": "[ND]"})
    found = check_source(save(table, tmp_path / "s.parquet"))
    assert (found.kind, found.layout, found.rows, found.data_date) == (
        "establishments",
        "current",
        2,
        "2026-10-03",
    )
    assert found.missing == found.lacking_keys == found.unknown == found.moved == ()
    assert (found.coded["siret"], found.coded["enseigne1Etablissement"]) == (1.0, 0.0)
    assert found.hidden == {"enseigne1Etablissement": 0.5}
    assert found.types["siret"] == "String"


def test_the_former_layout_is_no_drift(tmp_path):
    found = check_source(save(former(sites({"siret": A}), SITES), tmp_path / "s.csv"))
    assert (found.layout, found.missing, found.moved) == ("former", (), ())


def test_missing_unknown_and_moved_columns_are_told(tmp_path):
    table = sites({"siret": A}).drop("enseigne3Etablissement")
    names = [name for name in table.columns if name != "siret"]
    drifted = table.select(*names, "siret").rename({"nic": "numeroInterne"})
    found = check_source(save(drifted, tmp_path / "s.csv.gz"))
    assert found.missing == ("nic", "enseigne3Etablissement")
    assert found.unknown == ("numeroInterne",)
    assert found.moved == ("siret",)
    assert found.lacking_keys == ()


def test_a_lacking_key_is_told_not_raised(tmp_path):
    found = check_source(save(units({"siren": A[:9]}).drop("siren"), tmp_path / "u.csv"))
    assert (found.kind, found.lacking_keys) == ("units", ("siren",))


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        (points({"siret": A}), "points"),
        (links((A, B, "2020-01-01")), "links"),
        (units({"siren": A[:9]}), "units"),
    ],
)
def test_kinds_are_known_by_their_columns_whatever_the_name(tmp_path, table, kind):
    assert check_source(save(table, tmp_path / "download.csv", separator=";")).kind == kind


def test_another_table_is_refused(tmp_path):
    (tmp_path / "x.csv").write_text("siret,price\n1,2\n")
    with pytest.raises(RefusedFile, match="StockEtablissement"):
        check_source(tmp_path / "x.csv")


def test_an_empty_table_is_known(tmp_path):
    found = check_source(save(sites({"siret": A}).clear(), tmp_path / "s.csv"))
    assert (found.rows, found.data_date) == (0, None)


@given(st.permutations(list("abcdefg")), st.sets(st.sampled_from("abcdefg")))
def test_without_the_moved_columns_the_order_holds(columns, dropped):
    there = [name for name in columns if name not in dropped]
    moved = moved_columns(there, list("abcdefg"))
    kept = [name for name in there if name not in moved]
    assert kept == sorted(kept)
    subsets = [[]]
    for name in there:  # the longest run in order, by trying all
        subsets += [[*one, name] for one in subsets if not one or one[-1] < name]
    assert len(kept) == max(len(one) for one in subsets)
