"""Ports, distances, routes, CO2: published figures, searoute as oracle, bad input."""

import pytest

from maillon.core.errors import InvalidRequest, MissingData, RefusedFile
from maillon.core.place import Place
from maillon.reference.freight.emissions import emit_co2, load_co2_factors
from maillon.reference.freight.ports import KM_PER_NAUTICAL_MILE, ports, sea_km
from maillon.reference.freight.routes import Leg, plan_route, weigh_legs


def test_published_distances():
    assert sea_km("CNSHA", "FRLEH") == 19_194
    assert round(sea_km("FRLEH", "CNSHA") / KM_PER_NAUTICAL_MILE) == 10_364
    assert round(sea_km("CNSHA", "FRLEH", via_suez=False) / KM_PER_NAUTICAL_MILE) == 13_289
    assert sea_km("INNSA", "FRLEH") == 11_445
    assert sea_km("VNCMT", "FRLEH") == 16_319


@pytest.mark.parametrize("end", ["USLAX", "BRSSZ", "ZADUR", "AUSYD", "KRPUS", "MAPTM", "TRIST", "CLSAI"])
def test_a_sample_recomputed_with_searoute(end):
    searoute = pytest.importorskip("searoute")
    if end not in ports():
        end = "MATNG"
    start, stop = ports()["FRMRS"], ports()[end]
    for closed, open_ways in ((["northwest"], {}), (["northwest", "suez"], {"via_suez": False})):
        route = searoute.searoute([start.lon, start.lat], [stop.lon, stop.lat], restrictions=closed)
        assert sea_km("FRMRS", end, **open_ways) == pytest.approx(route.properties["length"], rel=2e-3)


def test_closing_a_canal_never_shortens():
    for end in ("CNSHA", "USLAX", "NLRTM"):
        free = sea_km("FRLEH", end)
        assert sea_km("FRLEH", end, via_suez=False) >= free
        assert sea_km("FRLEH", end, via_panama=False) >= free
    assert sea_km("FRLEH", "USLAX", via_panama=False) > sea_km("FRLEH", "USLAX")


def test_ports_and_pairs_unknown_and_a_users_table(tmp_path):
    with pytest.raises(InvalidRequest, match="XXXXX is not in the table"):
        sea_km("XXXXX", "FRLEH")
    with pytest.raises(MissingData, match="No sea route"):
        sea_km("CNSHA", "USLAX")
    mine = tmp_path / "mine.csv"
    mine.write_text("origin;destination;km;km_without_suez;km_without_panama\nCNSHA;USLAX;10500,5;;\n")
    assert sea_km("USLAX", "CNSHA", file=mine) == 10_500.5
    mine.write_text("origin;destination;km;km_without_suez;km_without_panama\nCNSHA;USLAX;-3;;\n")
    with pytest.raises(InvalidRequest, match="Line 2 of"):
        sea_km("USLAX", "CNSHA", file=mine)
    mine.write_text("from,to\n")
    with pytest.raises(RefusedFile, match="lacks the columns"):
        sea_km("USLAX", "CNSHA", file=mine)


def test_an_unknown_origin_takes_the_labelled_assumption():
    route = plan_route(Place(), Place("FR"), "sea")
    assert route.assumed
    assert [(leg.mode, leg.km) for leg in route.legs] == [("road", 1_000), ("sea", 18_000)]
    assert plan_route(Place(), Place("FR"), "air").legs[1].km == 10_000
    assert weigh_legs(route.legs, 1, {"sea": 1.3, "road": 15.5}) == pytest.approx(38.9)
    with pytest.raises(MissingData, match="unknown origin"):
        plan_route(Place(), Place("FR"), "road")


def test_routes_by_road_by_sea_from_known_points_and_by_air():
    road = plan_route(Place("CZ"), Place("FR"), "road")
    assert len(road.legs) == 1
    assert 1_000 < road.km < 1_300
    sea = plan_route(
        Place("CN", lat=31.2, lon=121.5), Place("FR", lat=47.64, lon=6.86), "sea", via_suez=False
    )
    assert [leg.mode for leg in sea.legs] == ["road", "road", "sea"]
    assert sea.legs[-1].km > 24_000
    air = plan_route(Place("CN"), Place("FR"), "air")
    assert air.legs[-1].km == pytest.approx(9_270, rel=0.01)


def test_co2_of_a_route_and_its_missing_factor(tmp_path):
    found = emit_co2([Leg("road", 1_000, ""), Leg("sea", 19_194, "")], 1_000, load_co2_factors())
    assert found.mid == pytest.approx(84.0 + 19.194 * 13.4)
    assert found.low == pytest.approx(84.0 + 19.194 * 10.1)
    assert found.unit == "kg CO2"
    with pytest.raises(MissingData, match="No CO2 factor is known for the leg air"):
        emit_co2([Leg("air", 9_000, "")], 10, load_co2_factors())
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "code,mode,default,g_per_tkm,fuel_g_per_unit,units_per_km,load_t,source,date\n"
        "plane,air,yes,,3000,10,50,ours,2026-01-01\n"
    )
    assert emit_co2([Leg("air", 1_000, "")], 1_000, load_co2_factors(mine)).mid == 600
    with pytest.raises(InvalidRequest):
        emit_co2([], -1, load_co2_factors())
