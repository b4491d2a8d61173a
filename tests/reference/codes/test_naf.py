import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillon.reference.classifications import nace, naf


def test_five_levels():
    levels = [naf.level(code) for code in naf.codes()]
    assert [levels.count(level) for level in range(1, 6)] == [21, 88, 272, 615, 732]


def test_every_parent_has_its_children():
    for code in naf.codes():
        above = naf.parent(code)
        assert above is None or code in naf.children(above)
        assert all(naf.parent(below) == code for below in naf.children(code))
        assert naf.section(code) in "ABCDEFGHIJKLMNOPQRSTU"


def test_both_labels_everywhere():
    for code in naf.codes():
        assert naf.label(code, "fr")
        assert naf.label(code, "en") == nace.label(code[:5])


@settings(deadline=None)  # the first example reads a table
@given(st.sampled_from(naf.codes()))
def test_codes_are_recognised_however_they_are_written(code):
    assert naf.normalise(code) == code
    assert naf.normalise(f" {code.lower()} ") == code
    if len(code) == 6:
        assert naf.normalise(code.replace(".", "")) == code


@settings(deadline=None)  # the first example reads a table
@given(st.text(max_size=10))
def test_normalise_never_invents_a_code(text):
    code = naf.normalise(text)
    assert code is None or code in naf.codes()


def test_unknown_codes():
    assert naf.normalise("25.62C") is None
    assert naf.normalise("") is None
    with pytest.raises(KeyError):
        naf.label("25.62C", "fr")
    assert naf.children("25.62C") == ()


def test_wholesale_is_division_46():
    wholesale = [code for code in naf.codes() if naf.is_wholesale(code)]
    assert all(naf.section(code) == "G" for code in wholesale)
    assert {code for code in wholesale if len(code) == 2} == {"46"}
    assert len(wholesale) == len([code for code in naf.codes() if code == "46" or code.startswith("46.")])


def test_structure_equals_the_oracle(oracle):
    with oracle("naf_rev2/naf2008_5_niveaux.csv").open(encoding="cp1252") as source:
        rows = [*csv.DictReader(source, delimiter=";")]
    assert len(rows) == 732
    for row in rows:
        path = [row[f"NIV{level}"] for level in (5, 4, 3, 2, 1)]
        assert [naf.parent(code) for code in path] == [*path[1:], None]


def test_labels_equal_the_oracle(oracle):
    with oracle("naf_rev2/int_courts_naf_rev_2.csv").open(encoding="cp1252", newline="") as source:
        _, *rows = csv.reader(source, delimiter=";")
    labels = {
        row[1].removeprefix("SECTION ").strip(): " ".join(row[2].split()) for row in rows if row[1].strip()
    }
    assert set(labels) == set(naf.codes())
    for code, label in labels.items():
        assert naf.label(code, "fr") == (label.capitalize() if len(code) == 1 else label)


def test_nace_revisions():
    assert [len(nace.codes(revision)) for revision in nace.REVISIONS] == [996, 1047]
    for revision in nace.REVISIONS:
        for code in nace.codes(revision):
            above = nace.parent(code, revision)
            assert (above is None) == (len(code) == 1)
            assert above is None or above in nace.codes(revision)


def test_passage_from_nace_21_to_2_covers_all_but_one_class():
    assert [code for code in nace.codes("2.1") if not nace.revision_2_of(code)] == ["46.89"]
    old = set(nace.codes("2"))
    assert all(set(nace.revision_2_of(code)) <= old for code in nace.codes("2.1"))
    assert nace.revision_2_of("25.53") == ("25.61", "25.62")
