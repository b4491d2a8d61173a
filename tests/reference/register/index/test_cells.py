import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from maillon.reference.places import distance_km
from maillon.reference.register.index.cells import UNKNOWN, box_around, cells_of, number_cells

lats = st.floats(-89.9, 89.9)
lons = st.floats(-180, 180)


@given(lat=lats, lon=lons, km=st.floats(0.1, 900), bearing=st.floats(0, 2 * np.pi), share=st.floats(0, 0.999))
def test_every_point_of_a_circle_is_in_its_box_and_cells(lat, lon, km, bearing, share):
    """The point is reached along a great circle (E. Williams, "Aviation formulary", direct problem)."""
    angle, phi = share * km / 6371.0088, np.radians(lat)
    to = np.arcsin(np.sin(phi) * np.cos(angle) + np.cos(phi) * np.sin(angle) * np.cos(bearing))
    turn = np.arctan2(np.sin(bearing) * np.sin(angle) * np.cos(phi), np.cos(angle) - np.sin(phi) * np.sin(to))
    other_lat, other_lon = float(np.degrees(to)), lon + float(np.degrees(turn))
    assert distance_km(lat, lon, other_lat, other_lon) <= km
    south, north, west, east = box = box_around(lat, lon, km)
    assert south <= other_lat <= north
    assert west <= other_lon <= east or (west, east) == (-180.0, 180.0)
    wrapped = (other_lon + 180) % 360 - 180
    assert number_cells(np.array([other_lat]), np.array([wrapped]))[0] in cells_of(box)


def test_a_point_that_is_not_known_has_a_cell_of_its_own():
    assert number_cells(np.array([np.nan, 47.0]), np.array([6.0, np.nan])).tolist() == [UNKNOWN, UNKNOWN]
