import re

import pytest

from maillon.reference.places import VIEW_BOX, departement_outlines, region_outlines
from maillon.reference.places.divisions import departements, regions
from maillon.reference.places.outlines import INSETS

WIDTH, HEIGHT = (float(number) for number in VIEW_BOX.split()[2:])


def corners(path):
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", path)]


def area(path):
    """Area of the outer and inner rings by the shoelace formula, each without its sign."""
    total = 0.0
    for ring in path.strip("MZ").split("ZM"):
        points = corners(ring)
        total += abs(
            sum(x * v - u * y for (x, y), (u, v) in zip(points, points[1:] + points[:1], strict=True)) / 2
        )
    return total


def test_101_departements_and_18_regions():
    assert {outline.code for outline in departement_outlines()} == {
        code for code in departements() if code < "975" or code == "976"
    }
    assert [outline.code for outline in region_outlines()] == sorted(
        code for code in regions() if len(code) == 2
    )


def test_paths_are_closed_rings_inside_the_frame():
    for outline in [*departement_outlines(), *region_outlines()]:
        assert re.fullmatch(r"(M-?[\d.]+,-?[\d.]+(L-?[\d.]+,-?[\d.]+){2,}Z)+", outline.path_d)
        for x, y in [*corners(outline.path_d), (outline.x, outline.y)]:
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT


def test_each_overseas_departement_stays_in_its_inset():
    for outline in departement_outlines():
        inset = INSETS.get(outline.code)
        for x, y in corners(outline.path_d) if inset else []:
            assert inset.x - 0.1 <= x <= inset.x + inset.width + 0.1
            assert inset.y - 0.1 <= y <= inset.y + inset.height + 0.1


def test_regions_are_as_large_as_their_departements():
    parts = {}
    for outline in departement_outlines():
        parts[outline.region] = parts.get(outline.region, 0.0) + area(outline.path_d)
    for region in region_outlines():
        assert area(region.path_d) == pytest.approx(parts[region.code], rel=0.03)


def test_sizes_and_directions_are_right():
    by_code = {outline.code: outline for outline in departement_outlines()}
    assert area(by_code["33"].path_d) > 10 * area(by_code["90"].path_d)  # Gironde 9,976 km², Belfort 609 km²
    assert by_code["90"].x > by_code["29"].x  # Belfort is east of Finistère
    assert by_code["59"].y < by_code["66"].y  # Nord is north of Pyrénées-Orientales
    assert by_code["2A"].x > by_code["06"].x
