"""Reading a column: order, repetition, nulls, language, speed."""

import time

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillon.method.search import read_designation, read_designations


def test_rows_keep_their_order_and_equal_the_single_reading():
    texts = ["VIS CHC M8x20", None, "CARTER INOX 316L EP 2", "VIS CHC M8x20", ""]
    frame = read_designations(pl.Series(texts))
    assert frame["designation"].to_list() == texts
    assert frame["noun"].to_list() == [
        "socket head cap screw",
        None,
        "housing",
        "socket head cap screw",
        None,
    ]
    single = read_designation("CARTER INOX 316L EP 2", language="fr")
    assert frame["process"][2] == single.process
    assert frame["process_probability"][2] == pytest.approx(single.processes[0].probability)
    assert frame["families"][2].to_list() == [
        {"code": s.code, "probability": s.probability} for s in single.families
    ]
    assert frame["grade"][2] == "316L"
    assert frame["dimensions"][2].to_list() == [{"kind": "thickness", "values": [2.0], "unit": "mm"}]


PIECES = st.sampled_from(
    (
        *("VIS", "CHC", "M8x20", "INOX", "316L", "EP 2", "carter", "plié", "zingué", "joint", "de", "plat"),
        *("DN 25", "(any head)", "bolt", "of", "push-to-connect", "100nF", "0603", "6205-2RS", "ISO 4762"),
        *("H7", "RAL 7016", "ZORGLUB", "AXE", "5", "-", "motor side", "cap", "CAP", "fonderie", "usinage"),
        *("rouelment", "", "Ø20"),
    )
)
TEXTS = st.lists(st.lists(PIECES, max_size=6).map(" ".join), min_size=1, max_size=8)


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(["fr", "en"]))
def test_the_batch_reads_what_the_single_reading_reads(texts, language):
    frame = read_designations(pl.Series(texts), language=language)
    for row in frame.iter_rows(named=True):
        read = read_designation(row["designation"], language=language)
        noun, material = read.noun, read.material
        assert row["language"] == read.language
        assert [row[c] for c in ("noun", "noun_fr", "noun_en", "noun_confidence")] == (
            [noun.code, noun.fr, noun.en, noun.confidence] if noun else [None] * 4
        )
        assert [row["material"], row["grade"]] == (
            [material.code, material.grade] if material else [None, None]
        )
        for one, many, shares in (
            ("family", "families", read.families),
            ("process", "processes", read.processes),
        ):
            assert row[many] == [{"code": s.code, "probability": s.probability} for s in shares]
            best = (shares[0].code, shares[0].probability) if shares else (None, None)
            assert (row[one], row[f"{one}_probability"]) == best
        assert row["treatments"] == [t.code for t in read.treatments]
        assert row["dimensions"] == [
            {"kind": m.kind, "values": list(m.values), "unit": m.unit} for m in read.dimensions
        ]
        assert row["not_understood"] == list(read.not_understood)


def test_what_is_not_known_is_null():
    frame = read_designations(pl.Series(["ZORGLUB"]))
    assert frame.select("noun", "family", "process", "material").row(0) == (None, None, None, None)


def test_the_column_settles_words_of_both_languages():
    french = read_designations(pl.Series(["vis à bois", "palier de roulement", "écrou frein", "joint"]))
    english = read_designations(pl.Series(["wood screw", "ball bearing", "lock nut", "joint"]))
    assert french["noun"][3] == "seal"
    assert english["noun"][3] is None or english["noun"][3] != "o-ring"


def test_an_empty_column_gives_an_empty_frame():
    assert read_designations(pl.Series([], dtype=pl.String)).height == 0


@pytest.mark.slow
def test_repeated_designations_are_read_once():
    texts = [f"VIS CHC M{d}x{length}" for d in range(3, 13) for length in range(10, 60)]
    once = time.process_time()
    read_designations(pl.Series(texts))
    once = time.process_time() - once
    often = time.process_time()
    assert read_designations(pl.Series(texts * 200)).height == 100_000
    often = time.process_time() - often
    assert often < 20 * once + 2


@pytest.mark.slow
def test_distinct_designations_take_little_time_each():
    texts = [f"CARTER BRAS {i} FONDERIE AL LG {i % 977} H7 REF {i * 7919}" for i in range(5000)]
    start = time.process_time()
    assert read_designations(pl.Series(texts))["family"].unique().to_list() == ["castings"]
    assert time.process_time() - start < 5  # 0.5 s on a machine at rest
