"""The parts of the builders that compute something, without the packages that they read."""

import datetime as dt
import struct
import tomllib

import numpy as np
import polars as pl
import pytest

from maillon.reference.builders import activities, cities, commune_points, goods, outlines, publish
from maillon.reference.builders.commune_points import Box
from maillon.reference.builders.packages import Package
from maillon.reference.provenance import Origin, Source
from maillon.reference.tables import read_table


def multipolygon(*rings):
    """Write rings as the little-endian WKB of a MultiPolygon, one polygon a ring."""
    polygons = [
        struct.pack("<BIII", 1, 3, 1, len(ring)) + b"".join(struct.pack("<dd", *corner) for corner in ring)
        for ring in rings
    ]
    return struct.pack("<BII", 1, 6, len(polygons)) + b"".join(polygons)


def wkb_point(lon, lat):
    """Write a point as little-endian WKB in hexadecimal."""
    return struct.pack("<BIdd", 1, 1, lon, lat).hex()


def test_outlines_and_town_halls_are_read_from_their_binary_form():
    outline = multipolygon(
        [(6.0, 47.0), (7.0, 47.0), (7.0, 48.0), (6.0, 47.0)], [(6.5, 46.0), (6.6, 46.0), (6.5, 46.0)]
    )
    assert commune_points._box(outline) == Box(46.0, 48.0, 6.0, 7.0)
    assert commune_points._town_hall(wkb_point(6.125, 47.5)) == (47.5, 6.125)
    assert commune_points._town_hall(wkb_point(float("nan"), float("nan"))) is None
    assert commune_points._town_hall("\\N") is None


BRETON = Box(48.18, 48.25, -4.25, -4.10)


@pytest.mark.parametrize(
    ("town_hall", "outline", "point"),
    [
        ((48.2, -4.2), BRETON, (48.2, -4.2, "mairie")),
        ((48.2, -4.29), BRETON, (48.2, -4.29, "mairie")),  # a little outside: within the margin
        ((48.2, 4.2), BRETON, (48.2, -4.2, "mairie, signe corrigé")),
        ((48.2, 48.2), BRETON, (48.215, -4.175, "bbox")),  # a latitude written twice
        ((45.0, -4.2), BRETON, (48.215, -4.175, "bbox")),
        (None, BRETON, (48.215, -4.175, "bbox")),
        ((48.2, 4.2), None, (48.2, 4.2, "mairie")),  # nothing but the territory to hold it against
        ((16.3, 61.7), None, None),  # east of Greenwich is no place of mainland France
        (None, None, None),
    ],
)
def test_a_town_hall_is_believed_within_its_outline(town_hall, outline, point):
    found = commune_points.point_of("29044", town_hall, outline)
    assert found == (None if point is None else (*map(pytest.approx, point[:2]), point[2]))


def test_overseas_the_sign_is_corrected_by_the_territory():
    found = commune_points.point_of("97129", (16.33168, 61.69547), None)
    assert found == (16.33168, -61.69547, "mairie, signe corrigé")


def test_the_register_survives_any_text(tmp_path, monkeypatch):
    origin = Origin(
        'A "quoted" title',
        "Éditeur \\ fils",
        "1",
        dt.date(2026, 1, 1),
        "Licence\touverte",
        "npm x 1",
        "0" * 64,
    )
    entries = [
        Source("b", "b.parquet", 2, "1" * 64, "builder", dt.date(2026, 2, 1), (origin, origin)),
        Source("a", "a.parquet", 1, "2" * 64, "builder", dt.date(2026, 2, 1), ()),
    ]
    monkeypatch.setattr(publish, "ROOT", tmp_path)
    publish.write_register(entries)
    first, second = tomllib.loads((tmp_path / "SOURCES.toml").read_text(encoding="utf-8"))["table"]
    assert (first["name"], second["name"]) == ("a", "b")
    assert [Origin(**fields) for fields in second["origins"]] == [origin, origin]


def test_a_published_table_is_what_its_entry_says(tmp_path, monkeypatch):
    monkeypatch.setattr(publish, "ROOT", tmp_path)
    frame = pl.DataFrame({"code": ["a", "b"]})
    entry = publish.publish("codes", "data/codes.parquet", frame, "builder", [])
    again = publish.publish("codes", "data/codes.parquet", frame, "builder", [])
    assert entry.rows == 2
    assert again.sha256 == entry.sha256  # the same frame gives the same bytes
    assert pl.read_parquet(tmp_path / "data/codes.parquet").equals(frame)


def test_packages_are_named_as_their_archives():
    assert Package("npm", "@scope/some-data", "6.0.0")._glob == "scope-some-data-6.0.0.tgz"
    assert Package("pypi", "some-data", "1.1.0")._glob == "some_data-1.1.0-*.whl"


def test_labels_lose_the_marks_of_their_source():
    assert goods._clean("de 800|MPa  ou plus") == "de 800\N{NO-BREAK SPACE}MPa ou plus"
    assert goods._clean("OUVRAGES EN FONTE, FER OU ACIER") == "Ouvrages en fonte, fer ou acier"
    assert goods._clean("des n$o$s 2903") == "des nos 2903"


def test_parents_of_activities():
    sections = activities._sections(["A", "01", "01.1", "B", "05"])
    assert sections == {"01": "A", "05": "B"}
    assert [activities._parent(code, sections) for code in ("01.11Z", "01.11", "01.1", "01", "A")] == [
        "01.11",
        "01.1",
        "01",
        "A",
        None,
    ]


def test_arcs_are_joined_forwards_and_backwards():
    topology = {
        "transform": {"scale": [0.5, 2.0], "translate": [10, 20]},
        "arcs": [[[0, 0], [2, 1]], [[0, 0], [1, 1], [1, 0]]],
    }
    arcs = [*outlines._decode(topology)]
    assert arcs[0].tolist() == [[10.0, 20.0], [11.0, 22.0]]
    assert outlines._ring([~1, 0], arcs).tolist() == [[11.0, 22.0], [10.5, 22.0], [10.0, 20.0], [11.0, 22.0]]


@pytest.mark.parametrize("lat", [43.0, 44.0, 46.5, 49.0, 51.0])
def test_the_projection_is_conformal_and_true_on_its_parallels(lat):
    step = 1e-5
    here, east, north = outlines._lambert(np.array([[3.0, lat], [3.0 + step, lat], [3.0, lat + step]]))
    along_parallel = np.linalg.norm(east - here) / (np.radians(step) * np.cos(np.radians(lat)))
    along_meridian = np.linalg.norm(north - here) / np.radians(step)
    assert along_parallel == pytest.approx(along_meridian, rel=1e-4)
    if lat in (44.0, 49.0):
        assert along_parallel == pytest.approx(1.0, rel=1e-4)
    assert here[0] == pytest.approx(0.0, abs=1e-12)


def test_keys_of_cities_are_plain_letters():
    assert cities._keys(["Köln", "Sankt-Peterburg", "北京", "Ulm", "Zone 5"]) == {"koln", "sankt peterburg"}


def test_what_cities_say_is_never_what_communes_or_countries_say():
    keys = read_table("places/data/cities.parquet")
    named = keys.filter(pl.col("country").is_not_null())["key"]
    for table in ("communes", "former_communes"):
        assert not set(named) & set(read_table(f"places/data/{table}.parquet")["key"])
    assert not set(named) & set(read_table("places/data/country_keys.parquet")["key"])
    assert set(keys["country"].drop_nulls()) <= set(read_table("places/data/countries.parquet")["code"])


def test_no_address_of_an_index_in_the_register():
    register = (publish.ROOT / "SOURCES.toml").read_text(encoding="utf-8")
    assert "://" not in register
