"""Keys, projections and draws against independent computation."""

import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.fr import siren, siret

from maillon.demo.identifiers import invented_siren, invented_siret
from maillon.demo.register.activities import activities
from maillon.demo.register.draws import Dice
from maillon.demo.register.names import initials
from maillon.demo.register.numbers import FIRST_BODY, luhn_digits, nic_numbers, siren_numbers, write_digits
from maillon.demo.register.projection import UTM_ZONES, project_lambert93, project_utm
from maillon.demo.register.snapshot import pilot_departements


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=20))
def test_luhn_digits_are_those_of_the_library(numbers):
    expected = [int(luhn.calc_check_digit(str(number))) for number in numbers]
    assert luhn_digits(np.array(numbers)).tolist() == expected


@given(st.integers(0, 90_000_000), st.integers(1, 60))
def test_numbers_are_valid_siren_and_siret(rank, place):
    sirens = siren_numbers(np.array([rank]))
    written = write_digits(sirens, 9)[0]
    assert siren.is_valid(written)
    assert siret.is_valid(written + write_digits(nic_numbers(sirens, np.array([place])), 5)[0])


def test_ranks_below_zero_give_the_numbers_of_the_example_files():
    sirens = siren_numbers(np.array([41_001 - FIRST_BODY]))
    assert write_digits(sirens, 9)[0] == invented_siren(1)
    nic = write_digits(nic_numbers(sirens, np.array([1])), 5)[0]
    assert invented_siren(1) + nic == invented_siret(invented_siren(1))


@given(st.floats(41.3, 51.1), st.floats(-5.1, 9.6))
def test_lambert93_agrees_with_the_constants_that_ign_publishes(lat, lon):
    exponent, constant, north_pole = 0.7256077650532670, 11_754_255.426096, 12_655_612.049876
    eccentricity = 0.08181919112
    sine = math.sin(math.radians(lat))
    stretched = ((1 - eccentricity * sine) / (1 + eccentricity * sine)) ** (eccentricity / 2)
    isometric = math.log(math.tan(math.pi / 4 + math.radians(lat) / 2) * stretched)
    reach = constant * math.exp(-exponent * isometric)
    angle = exponent * math.radians(lon - 3)
    x, y = project_lambert93(np.array([lat]), np.array([lon]))
    assert x[0] == pytest.approx(700_000 + reach * math.sin(angle), abs=0.01)
    assert y[0] == pytest.approx(north_pole - reach * math.cos(angle), abs=0.01)


def test_utm_keeps_lengths_near_the_central_meridian():
    zone = UTM_ZONES["974"]
    lat = np.array([-21.0, -21.001])
    x, y = project_utm(lat, np.array([57.0, 57.0]), zone)
    assert x.tolist() == [500_000.0, 500_000.0]
    # a thousandth of a degree of meridian at 21° is 110.72 m on GRS80, times the scale of 0.9996
    assert y[0] - y[1] == pytest.approx(110.72 * 0.9996, abs=0.02)


def test_draws_do_not_depend_on_their_neighbours():
    dice = Dice(7)
    together = dice.uniform("topic", np.arange(1000))
    alone = [dice.uniform("topic", np.array([rank]))[0] for rank in (0, 500, 999)]
    assert together[[0, 500, 999]].tolist() == alone
    assert together.min() >= 0
    assert together.max() < 1
    assert together.mean() == pytest.approx(0.5, abs=0.03)
    assert abs(np.corrcoef(together, dice.uniform("other", np.arange(1000)))[0, 1]) < 0.1


def test_weights_are_kept():
    places = Dice(3).weighted("weights", np.arange(20_000), np.array([1.0, 0.0, 3.0]))
    shares = np.bincount(places, minlength=3) / 20_000
    assert shares == pytest.approx([0.25, 0.0, 0.75], abs=0.01)


def test_normal_draws_have_mean_nought_and_deviation_one():
    drawn = Dice(3).normal("normal", np.arange(20_000))
    assert drawn.mean() == pytest.approx(0, abs=0.03)
    assert drawn.std() == pytest.approx(1, abs=0.03)


def test_every_activity_may_come_and_codes_of_naf_2025_are_well_formed():
    known = activities()
    assert len(known.codes) == 732
    assert known.weights.min() > 0
    assert all(code is None or (len(code) == 6 and code.endswith("Y")) for code in known.naf25)
    assert sum(code is None for code in known.naf25) <= 5
    assert known.naf25[known.codes.index("25.62B")] == "25.53Y"


def test_initials_are_first_letters():
    names = pl.DataFrame({"name": ["SOCIETE VALTRE USINAGE", "L'ATELIER", "SMP"]})
    assert names.select(initials("name")).to_series().to_list() == ["SVU", "LA", "S"]


def test_pilot_regions_have_26_departements():
    found = pilot_departements()
    assert len(found) == 26
    assert {"90", "59", "75", "76"} <= set(found)
