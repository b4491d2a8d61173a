"""The NAF and HS codes of families and processes exist: in the tables that ship and in the official files."""

import csv
from pathlib import Path

import pytest

from maillon.reference.classifications import cn, naf
from maillon.reference.classifications.families import all_families, family_label
from maillon.reference.classifications.processes import all_processes, find_process, process_label

REFERENCE = Path(__file__).parents[3] / "../shared/data/ref"
EVERYTHING = (*all_families(), *all_processes())


@pytest.mark.parametrize("entry", EVERYTHING, ids=lambda e: e.code)
def test_naf_codes_are_in_the_table_that_ships(entry):
    assert [naf.normalise(code) for code in entry.naf] == list(entry.naf)


def test_naf_codes_are_in_the_file_of_insee():
    path = REFERENCE / "naf_rev2/naf2008_5_niveaux.csv"
    if not path.exists():
        pytest.skip(f"missing {path.name}")
    with path.open(encoding="cp1252", newline="") as source:
        known = {row["NIV5"] for row in csv.DictReader(source, delimiter=";")}
    assert {code for entry in EVERYTHING for code in entry.naf} - known == set()


def test_hs_headings_are_in_the_file_of_eurostat():
    path = REFERENCE / "cn_2026_fr_en_hierarchy.csv"
    if not path.exists():
        pytest.skip(f"missing {path.name}")
    with path.open(encoding="utf-8", newline="") as source:
        known = {row["Goods code"][:4] for row in csv.DictReader(source)}
    assert {code for entry in EVERYTHING for code in entry.hs} - known == set()


def test_hs_headings_are_in_the_table_that_ships():
    headings = {code for entry in EVERYTHING for code in entry.hs}
    assert {code for code in headings if not cn.label(code, "fr")} == set()


def test_labels_in_both_languages():
    assert process_label("bar-turning", "fr") == "décolletage"
    assert family_label("seals-dynamic", "en") == "Seals and O-rings"
    with pytest.raises(KeyError):
        find_process("alchemy")
