"""The entries 49 to 60, 68 and 71 of the 75 bad inputs, at the level of meaning."""

import math

import pytest

from factories.spreadsheets import codes, column, read_rows
from maillon.core.doubt import Treatment

_HEADER = ["Réf", "Désignation", "Qté", "Prix unitaire"]


def _with(*rows: list) -> list:
    return [_HEADER, ["A", "Carter", 2, 10.0], ["B", "Capot", 1, 5.0], *rows]


@pytest.mark.parametrize("bad", [math.nan, math.inf, "NaN", "inf", "-inf", "1e400"])
def test_51_52_numbers_that_are_none_are_set_apart(bad: object) -> None:
    reading = read_rows(_with(["C", "Vis", bad, 1.0]))
    assert column(reading, "reference") == ["A", "B"]
    assert [(d.code, d.cell, d.treatment) for d in reading.doubts] == [
        ("not-finite", "C4", Treatment.QUARANTINED)
    ]
    assert reading.tables[0].rows.balanced


@pytest.mark.parametrize(("place", "cell"), [(2, "C4"), (3, "D4")])
def test_53_negative_quantity_or_price_is_set_apart(place: int, cell: str) -> None:
    row: list = ["C", "Avoir sur vis", 3, 1.0]
    row[place] = -row[place]
    reading = read_rows(_with(row))
    assert column(reading, "reference") == ["A", "B"]
    doubt = reading.doubts[0]
    assert (doubt.code, doubt.cell, doubt.treatment) == ("negative-value", cell, Treatment.QUARANTINED)
    assert "credit note" in str(doubt.proposal)


def test_54_zero_quantity_is_kept_and_told() -> None:
    reading = read_rows(_with(["C", "Vis", 0, 1.0]))
    assert column(reading, "quantity") == [2.0, 1.0, 0.0]
    assert [(d.code, d.cell) for d in reading.doubts] == [("zero-quantity", "C4")]


def test_55_an_ambiguous_column_asks_once() -> None:
    rows = [
        ["Désignation", "Qté", "Prix unitaire"],
        ["Carter", 2, "1,234"],
        ["Capot", 1, "2,345"],
        ["Vis", 3, "3,456"],
    ]
    reading = read_rows(rows)
    assert [(d.code, d.cell, d.treatment) for d in reading.doubts] == [
        ("ambiguous-number", "C:C", Treatment.ASKED)
    ]
    assert column(reading, "unit_price") == [1.234, 2.345, 3.456]
    mapping = {"tables": [{"header_row": 1, "columns": {}, "decimal": "."}]}
    told = read_rows(rows, mapping=mapping)
    assert column(told, "unit_price") == [1234.0, 2345.0, 3456.0]
    assert told.doubts == ()


def test_55_one_proof_settles_the_column_and_its_neighbours() -> None:
    rows = [
        ["Désignation", "Qté", "Prix unitaire", "Total"],
        ["Carter", 2, "1,234", "2,468"],
        ["Capot", 1, "2.50", "2.50"],
    ]
    reading = read_rows(rows)
    assert column(reading, "unit_price") == [1234.0, 2.5]
    assert column(reading, "amount") == [2468.0, 2.5]
    assert "ambiguous-number" not in codes(reading)


def test_56_a_huge_quantity_is_told() -> None:
    reading = read_rows(_with(["C", "Vis", 1e9, 1.0]))
    assert column(reading, "quantity")[-1] == 1e9
    assert codes(reading) == ["huge-quantity"]


def test_57_mixed_units_and_currencies() -> None:
    rows = [
        ["Désignation", "Qté", "Prix"],
        ["Tube", "0,3 m", "10 €"],
        ["Vis", "4", "$2.00"],
        ["Huile", "2 L", "5 EUR"],
    ]
    reading = read_rows(rows)
    assert column(reading, "unit") == ["m", None, "l"]
    assert column(reading, "currency") == ["EUR", "USD", "EUR"]
    assert "mixed-currencies" in codes(reading)


def test_57_a_currency_shown_by_the_format_of_the_cells() -> None:
    formats = {(1, 3): "#,##0.00 [$€-40C]", (2, 3): "#,##0.00 [$€-40C]"}
    assert column(read_rows(_with(), formats=formats), "currency") == ["EUR", "EUR"]


@pytest.mark.parametrize(("written", "share"), [("12 %", 0.12), (0.12, 0.12), ("12", 0.12), ("0,12", 0.12)])
def test_58_a_share_as_percent_or_fraction(written: object, share: float) -> None:
    rows = [["Désignation", "Qté", "Part locale"], ["Carter", 1, written], ["Capot", 1, "50 %"]]
    assert column(read_rows(rows), "local_fraction") == [share, 0.5]


def test_59_60_codes_keep_their_zeros_and_letters() -> None:
    rows = [
        ["Réf", "Désignation", "Qté"],
        ["00123", "Carter", 1],
        ["1E10", "Capot", 1],
        ["2-3", "Vis", 1],
        [226614242.0, "Axe", 1],
    ]
    assert column(read_rows(rows), "reference") == ["00123", "1E10", "2-3", "226614242"]


def test_49_50_invisible_characters_and_look_alikes() -> None:
    rows = [
        ["Réf", "Désignation", "Qté"],
        ["\tAB\u200b-12\u00a0", "De\u0301signation", 1],
        ["АB-13", "Capot", 1],
    ]
    reading = read_rows(rows)
    assert column(reading, "reference") == ["AB-12", "АB-13"]
    assert column(reading, "designation") == ["Désignation", "Capot"]
    assert [(d.code, d.cell) for d in reading.doubts] == [("lookalike-letters", "A3")]


def test_68_a_reference_twice_at_one_price_or_two() -> None:
    reading = read_rows(_with(["A", "Carter", 3, 10.0], ["B", "Capot", 1, 7.0]))
    assert len(column(reading, "reference")) == 4
    assert [(d.code, d.cell) for d in reading.doubts] == [
        ("duplicate-reference-price", "D5"),
        ("duplicate-reference", "A:A"),
    ]


def test_many_doubts_of_one_kind_are_summed_up() -> None:
    rows = [_HEADER, *[[f"A{i}", "Carter", 0, 1.0] for i in range(50)]]
    reading = read_rows(rows)
    assert codes(reading).count("zero-quantity") == 21
    assert str(reading.doubts[-1].what) == "30 more doubts of the same kind (zero-quantity)."


def test_71_identifiers_are_checked() -> None:
    rows = [
        ["Désignation", "Qté", "Fournisseur", "SIRET"],
        ["Carter", 1, "A", "73282932000074"],
        ["Vis", 1, "B", "73282932000075"],
        ["Axe", 1, "La Poste", "35600000049837"],
    ]
    reading = read_rows(rows)
    assert column(reading, "supplier_id") == ["73282932000074", "73282932000075", "35600000049837"]
    assert [(d.code, d.cell) for d in reading.doubts] == [("bad-identifier", "D3")]
