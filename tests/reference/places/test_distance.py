import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillon.reference.places import distance_km

LATS, LONS = st.floats(-90, 90), st.floats(-180, 180)


def test_known_distances():
    paris, marseille = (48.8566, 2.3522), (43.2965, 5.3698)
    assert distance_km(*paris, *marseille) == pytest.approx(660.5, abs=1.0)
    assert distance_km(0.0, 0.0, 0.0, 180.0) == pytest.approx(np.pi * 6371.0088)


def test_arrays_broadcast_and_unknown_stays_unknown():
    km = distance_km(np.array([47.6, np.nan]), np.array([6.8, 6.8]), 47.6, 6.8)
    assert km[0] == 0.0
    assert np.isnan(km[1])


@settings(deadline=None)  # the first example reads a table
@given(LATS, LONS, LATS, LONS)
def test_symmetric_and_bounded(lat, lon, other_lat, other_lon):
    km = distance_km(lat, lon, other_lat, other_lon)
    assert 0.0 <= km <= 20_016
    assert km == pytest.approx(distance_km(other_lat, other_lon, lat, lon), abs=1e-6)


@settings(deadline=None)  # the first example reads a table
@given(LATS, LONS, LATS, LONS)
def test_equals_the_vector_formula(lat, lon, other_lat, other_lon):
    def unit(a, b):
        a, b = np.radians(a), np.radians(b)
        return np.array([np.cos(a) * np.cos(b), np.cos(a) * np.sin(b), np.sin(a)])

    u, v = unit(lat, lon), unit(other_lat, other_lon)
    angle = np.arctan2(np.linalg.norm(np.cross(u, v)), u @ v)
    assert distance_km(lat, lon, other_lat, other_lon) == pytest.approx(6371.0088 * angle, abs=1e-3)
