"""What is kept of the sheets between two runs: equal to what they say, never out of date, never needed."""

import pytest

from maillon.reference.classifications.lexicon import nouns
from maillon.reference.classifications.lexicon.compiled import digest_of, load_or_compute

VALUE = (["a"], {("vis", "fin"): ("worm gear", None, False, None)})


def test_a_value_is_computed_once(tmp_path):
    assert load_or_compute("x", lambda: VALUE, tmp_path) == VALUE
    assert load_or_compute("x", lambda: pytest.fail("computed twice"), tmp_path) == VALUE


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 500])
def test_a_damaged_file_is_computed_again(tmp_path, damage):
    load_or_compute("x", lambda: VALUE, tmp_path)
    (tmp_path / "lexicon-x.bin").write_bytes(damage)
    assert load_or_compute("x", lambda: "new", tmp_path) == "new"
    assert load_or_compute("x", lambda: pytest.fail("not repaired"), tmp_path) == "new"


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path):
    file = tmp_path / "file"
    file.write_text("no folder")
    assert load_or_compute("x", lambda: VALUE, file) == VALUE


def test_only_the_last_one_is_kept(tmp_path):
    load_or_compute("x", lambda: 1, tmp_path)
    load_or_compute("y", lambda: 2, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["lexicon-y.bin"]


def test_any_change_of_a_sheet_changes_the_digest(tmp_path):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("a;b\n")
    before = digest_of([sheet])
    sheet.write_text("a;c\n")
    assert digest_of([sheet]) != before


def test_what_is_kept_says_what_the_sheets_say():
    kept, read = nouns._compiled(), nouns._compile()
    assert kept.nouns == read.nouns
    assert kept.namings == read.namings
