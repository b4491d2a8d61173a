import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillon.reference.classifications import cn


def test_counts_by_length():
    lengths = [len(code) for code in cn.codes()]
    assert [lengths.count(length) for length in (2, 4, 6, 8)] == [98, 1234, 5443, 5996]


def test_every_code_has_a_path_from_its_chapter():
    for code in cn.codes():
        above = cn.parent(code)
        assert (above is None) == (len(code) == 2)
        assert above is None or (code.startswith(above) and code in cn.children(above))
        for language in ("fr", "en"):
            path = cn.label(code, language).split(" > ")
            assert path[0] == cn.label(code[:2], language)
            assert path[-1] == cn.label(code, language, full=False)
            assert len(code) == 2 or len(path) >= 2


def test_well_known_codes():
    assert cn.label("8482", "fr", full=False) == "Roulements à billes, à galets, à rouleaux ou à aiguilles"
    assert cn.label("84821090", "fr").endswith(" > Roulements à billes > autres")
    assert cn.label("73181588", "fr").endswith(
        "d'une résistance à la traction > de 800\N{NO-BREAK SPACE}MPa ou plus"
    )
    assert cn.heading("73181588") == "7318"
    assert cn.parent("73181588") == "731815"


def test_a_subheading_that_is_not_divided_is_its_own_cn_code():
    assert cn.label("01013000", "en") == cn.label("010130", "en")
    assert cn.nearest("01013000") == "010130"
    assert cn.supplementary_unit("01013000") == "p/st"


def test_supplementary_units():
    assert cn.supplementary_unit("87120030") == "p/st"
    assert cn.supplementary_unit("73181588") is None
    assert sum(cn.supplementary_unit(code) is not None for code in cn.codes()) > 2500


def test_unknown_codes_have_no_label_and_the_nearest_known_above():
    assert cn.label("84821099", "fr") is None
    assert cn.nearest("84821099") == "848210"
    assert cn.nearest("00") is None
    assert cn.parent("84821099") is None
    assert cn.children("84821099") == ()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("8482 10 90", "84821090"),
        ("8482.10.90", "84821090"),
        ("8482 1090 00", "84821090"),
        ("84821090 80", "84821090"),
        ("8482109000", "84821090"),
        ("8482", "8482"),
        ("848210", "848210"),
        ("1012100", "01012100"),
        ("101", "0101"),
        ("", None),
        ("8", None),
        ("n/a", None),
        ("-8482", "8482"),
        ("00123456", None),
        ("84.8x", None),
        ("٨٤٨٢", None),
    ],
)
def test_normalise(written, code):
    assert cn.normalise(written) == code


@settings(deadline=None)  # the first example reads a table
@given(st.sampled_from(cn.codes()))
def test_known_codes_are_already_normal(code):
    assert cn.normalise(code) == code
    assert cn.normalise(" ".join(code)) == code
    assert cn.nearest(code) == code


@settings(deadline=None)  # the first example reads a table
@given(st.text(max_size=16))
def test_normalise_gives_an_even_number_of_digits_or_nothing(text):
    code = cn.normalise(text)
    assert code is None or (code.isdecimal() and len(code) in (2, 4, 6, 8))


def test_labels_agree_with_the_next_year(oracle):
    """The CN of 2026 differs from ours of 2025 by its yearly changes only: under 1 % of the lines."""
    with oracle("cn_2026_fr_en_hierarchy.csv").open(encoding="utf-8", newline="") as source:
        rows = [row for row in csv.DictReader(source) if row["Goods code"].endswith(" 80")]
    known = set(cn.codes())
    codes = {row["Goods code"][: int(row["Hier. Pos."])]: row for row in rows}
    assert len(set(codes) ^ known) / len(known) < 0.01
    for language in ("fr", "en"):
        same = [
            plain(codes[code][f"Description_{language}"]) == plain(cn.label(code, language, full=False))
            for code in known & set(codes)
        ]
        assert sum(same) / len(same) > 0.998


def plain(label):
    return " ".join(label.replace("|", " ").replace("$", "").lower().split())


def test_indents_agree_with_the_next_year(oracle):
    """The depth of each path is the oracle's indent, plus what stands above the first dash."""
    with oracle("cn_2026_fr_en_hierarchy.csv").open(encoding="utf-8", newline="") as source:
        rows = [*csv.DictReader(source)]
    titled = {
        row["Goods code"][:2]
        for row in rows
        if row["Hier. Pos."] == "4" and row["Goods code"].endswith(" 10")
    }
    checked = 0
    for row in rows:
        code = row["Goods code"][: int(row["Hier. Pos."])]
        if (
            row["Goods code"].endswith(" 80")
            and len(code) > 4
            and code[:2] not in titled
            and cn.label(code, "fr")
        ):
            assert len(cn.label(code, "fr").split(" > ")) == 2 + row["Indent"].count("-")
            checked += 1
    assert checked > 9_000
