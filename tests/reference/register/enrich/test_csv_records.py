"""Records one by one in bounded memory: good files whole, bad lines one by one."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillon.reference.register.enrich.csv_records import (
    BrokenFile,
    read_records,
)

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)


def read(text, separator=";"):
    return list(read_records(io.StringIO(text, newline=""), separator))


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=5), max_size=8), st.sampled_from(";,\t|"))
def test_what_a_writer_wrote_is_read_back(rows, separator):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    assert [r.cells for r in read(text.getvalue(), separator)] == [row for row in rows if any(row)]


def test_an_unclosed_quote_costs_its_own_line_only():
    records = read('a;b\n1;"never closed\n2;x\n3;"good\nin two lines"\n4;y\n')
    assert [(r.line, r.cells, r.broken) for r in records] == [
        (1, ["a", "b"], None),
        (2, ['1;"never closed\n'], "unclosed-quote"),
        (3, ["2", "x"], None),
        (4, ["3", "good\nin two lines"], None),
        (6, ["4", "y"], None),
    ]


def test_a_quote_left_open_on_the_last_line_is_told():
    assert [(r.line, r.broken) for r in read('a;b\n1;"x\n2;"y\n3;z')][-1] == (4, None)
    assert [(r.line, r.broken) for r in read('a;b\n1;x\n2;"y\n3;z\n')] == [
        (1, None),
        (2, None),
        (3, "unclosed-quote"),
        (4, None),
    ]


def test_a_cell_of_ten_megabytes_costs_its_row_and_no_more():
    records = read("a;b\n1;" + "x" * 10_000_000 + "\n2;y\n")
    assert [(r.line, r.broken) for r in records] == [(1, None), (2, "cell-too-long"), (3, None)]
    assert len(records[1].cells[0]) == 200


def test_a_long_cell_under_the_bound_of_lines_is_told_too():
    records = read("a;b\n1;" + "x" * 200_000 + "\n2;y\n")
    assert [(r.line, r.broken) for r in records] == [(1, None), (2, "cell-too-long"), (3, None)]


def test_the_bound_of_a_cell_is_ours_whatever_the_process_allows():
    usual = csv.field_size_limit(10_000_000)
    try:
        records = read("a;b\n1;" + "x" * 200_000 + "\n2;y\n")
        assert [record.broken for record in records] == [None, "cell-too-long", None]
        assert csv.field_size_limit() == 10_000_000
    finally:
        csv.field_size_limit(usual)


def test_a_file_of_open_quotes_is_no_table(monkeypatch):
    monkeypatch.setattr("maillon.reference.register.enrich.csv_records.MAX_BROKEN_QUOTES", 5)
    broken = '1;"x\n' + "y" * 70_000 + "\n" + "z" * 70_000 + "\n"
    assert sum(r.broken is not None for r in read(broken * 5)) == 5
    with pytest.raises(BrokenFile):
        read(broken * 6)


def test_blank_lines_and_lone_carriage_returns():
    assert [r.cells for r in read("a;b\r\r1;x\r2;y\r")] == [["a", "b"], ["1", "x"], ["2", "y"]]


def test_a_nul_stays_in_its_cell():
    assert [r.cells for r in read("a;b\n1;x\x00y\n")][1] == ["1", "x\x00y"]
