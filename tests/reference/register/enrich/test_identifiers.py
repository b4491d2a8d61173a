"""Numbers of firms in the ways that files write them."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from factories.enrichment import make_siren, make_siret, spoil
from maillon.reference.register.enrich.identifiers import identify, read_identifier, set_unidentified_aside

NUMBERS = st.integers(0, 89_999_999)


@given(NUMBERS, st.integers(0, 9999))
def test_every_way_to_write_a_siret_gives_it_back(firm, establishment):
    siret = make_siret(firm, establishment)
    spaced = f"{siret[:3]} {siret[3:6]}\u00a0{siret[6:9]} {siret[9:]}"
    for written in (siret, spaced, f" {siret}.0", siret[:9] + "." + siret[9:]):
        assert read_identifier(written) == (siret, siret[:9])


@given(NUMBERS, st.integers(0, 13), st.integers(1, 9))
def test_a_changed_digit_is_never_a_siret(firm, place, more):
    siret = make_siret(firm)
    changed = siret[:place] + str((int(siret[place]) + more) % 10) + siret[place + 1 :]
    assert read_identifier(changed) == (None, None)


@given(st.integers(0, 999_999))
def test_leading_zeros_lost_in_a_spreadsheet_come_back(number):
    start = f"0{number:07d}"
    siren = start + luhn.calc_check_digit(start)
    whole = luhn.calc_check_digit(siren + "0001")
    expected = (f"{siren}0001{whole}", siren) if number else (None, None)
    if len(expected[0] or "") and len(str(int(siren))) == 8:
        assert read_identifier(str(int(f"{siren}0001{whole}"))) == expected


@pytest.mark.parametrize(
    "cell", ["", "0", "00000000000000", "1e13", "CDL", "x" * 10**6, "=1+1", "١٢٣٤٥٦٧٨٩", "12345"]
)
def test_what_is_no_number(cell):
    assert read_identifier(cell) == (None, None)


def test_post_office_numbers_have_their_own_key():
    assert read_identifier("35600000049837") == ("35600000049837", "356000000")


def test_the_first_column_that_holds_a_number_wins():
    frame = pl.DataFrame(
        {
            "row": [1, 2, 3, 4],
            "siret": [make_siret(1), spoil(make_siret(2)), None, None],
            "siren": [make_siren(9), make_siren(2), make_siret(3), None],
        },
        schema_overrides={"siret": pl.String},
    )
    found = identify(frame, "siret", "siren")
    assert found.select("siret", "siren").rows() == [
        (make_siret(1), make_siren(1)),
        (None, make_siren(2)),
        (make_siret(3), make_siren(3)),
        (None, None),
    ]
    known, aside = set_unidentified_aside(found)
    assert known["row"].to_list() == [1, 2, 3]
    assert sorted(aside.rows()) == [
        (2, "false-number", spoil(make_siret(2)), True),
        (4, "no-number", None, False),
    ]


def test_an_establishment_number_of_zeros_is_no_decimal():
    siret = make_siret(325441, 0)
    assert siret.endswith("00000")
    assert read_identifier(f"{siret[:9]}.{siret[9:]}") == (siret, siret[:9])
