"""CO2 of carrying a part: legs and legal factors of the reference, a range at home, unknown never zero."""

import datetime as dt

import pytest

from maillon.core.estimate import Estimate
from maillon.core.place import Place
from maillon.method.cost.carbon import emit_unit_co2
from maillon.reference.freight.emissions import emit_co2, load_co2_factors
from maillon.reference.freight.routes import plan_route

TWO_KILOS = Estimate(2.0, 2.0, 2.0, "kg", "weighed", dt.date(2026, 1, 1))
ROUGHLY = Estimate(1.0, 2.0, 4.0, "kg", "guessed", dt.date(2026, 1, 1))


def test_a_sea_route_emits_what_its_legs_do():
    legs = plan_route(Place("CN"), Place("FR"), "sea").legs
    known = emit_co2(legs, 2.0, load_co2_factors())
    found = emit_unit_co2("CN", "sea", TWO_KILOS)
    assert (found.low, found.mid, found.high) == pytest.approx((known.low, known.mid, known.high))
    assert found.unit == "kgCO2e/unit"


def test_suez_closed_emits_more():
    assert (
        emit_unit_co2("CN", "sea", TWO_KILOS, via_suez=False).mid > emit_unit_co2("CN", "sea", TWO_KILOS).mid
    )


def test_a_mass_that_is_a_range_widens_the_emission():
    exact, wide = emit_unit_co2("DE", "road", TWO_KILOS), emit_unit_co2("DE", "road", ROUGHLY)
    assert wide.mid == pytest.approx(exact.mid)
    assert wide.low == pytest.approx(exact.low / 2)
    assert wide.high == pytest.approx(exact.high * 2)


def test_within_france_without_a_town_it_is_a_range():
    found = emit_unit_co2("FR", "road", TWO_KILOS)
    assert 0 < found.low < found.mid < found.high
    assert "hypothesis of the project" in found.source


@pytest.mark.parametrize(("country", "mode"), [("CN", None), ("CN", "air"), (None, "road")])
def test_what_is_unknown_is_not_zero(country, mode):
    assert emit_unit_co2(country, mode, TWO_KILOS) is None
