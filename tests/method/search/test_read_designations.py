"""Reading a column: order, repetition, nulls, language, speed."""

import time

import polars as pl
import pytest

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
