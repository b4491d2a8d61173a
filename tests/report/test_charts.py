"""Charts: areas and widths are the amounts, the drawing is valid whatever the labels say."""

import itertools
import re
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from factories.dossiers import HOSTILE
from maillon.method.diagnose.results import Share
from maillon.reference.places import departement_outlines
from maillon.report.charts.departement_map import draw_departements, whole_units
from maillon.report.charts.interval_bar import draw_interval
from maillon.report.charts.pareto import draw_pareto
from maillon.report.charts.sankey import End, Flow, draw_sankey
from maillon.report.charts.treemap import Tile, draw_treemap, squarify

SVG = "{http://www.w3.org/2000/svg}"
#: What XML cannot hold at all is replaced before it is drawn.
TEXTS = [text for text in HOSTILE if "\x01" not in text]
WORDS = " ".join(TEXTS)

amounts = st.lists(st.floats(0.001, 1000.0), min_size=1, max_size=25).map(lambda a: sorted(a, reverse=True))


def parsed(svg: str) -> etree._Element:
    """Parse strictly: what follows an error is not guessed."""
    root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert not root.xpath("//*[local-name()='script'] | //@*[starts-with(name(), 'on')] | //@href")
    return root


@given(amounts, st.floats(1, 500), st.floats(1, 500))
def test_treemap_areas_are_proportional_inside_and_apart(amounts, width, height) -> None:
    boxes = squarify(amounts, (3.0, 5.0, width, height))
    slack = 1e-6 * max(width, height)
    for amount, (x, y, w, h) in zip(amounts, boxes, strict=True):
        assert w * h == pytest.approx(amount / sum(amounts) * width * height, rel=1e-6)
        assert x >= 3 - slack
        assert y >= 5 - slack
        assert x + w <= 3 + width + slack
        assert y + h <= 5 + height + slack
    for (x, y, w, h), (u, v, k, m) in itertools.combinations(boxes, 2):
        apart = x + w <= u + slack or u + k <= x + slack or y + h <= v + slack or v + m <= y + slack
        assert apart


def test_treemap_of_the_paper_is_as_square() -> None:
    worst = max(max(w / h, h / w) for *_, w, h in squarify([6, 6, 4, 3, 2, 2, 1], (0, 0, 6, 4)))
    assert worst == pytest.approx(25 / 9)  # the smallest of the published example


def test_a_treemap_names_every_tile_and_draws_none_without_amount() -> None:
    tiles = [Tile(text, 1.0 + place, "1%") for place, text in enumerate(TEXTS)]
    root = parsed(draw_treemap([*tiles, Tile("none", 0.0, "0%")], WORDS))
    titles = [title.text for title in root.iterfind(f".//{SVG}g/{SVG}title")]
    assert sorted(titles) == sorted(f"{text} : 1%".replace("\r", "\n") for text in TEXTS)


ends = st.integers(1, 5)
cell = st.one_of(st.just(0.0), st.floats(1.0, 1000.0))
tables = st.tuples(ends, ends).flatmap(
    lambda size: (
        st.lists(cell, min_size=size[0] * size[1], max_size=size[0] * size[1])
        .filter(any)
        .map(lambda cells: (size, cells))
    )
)


def drawn_flows(size, cells) -> tuple[str, dict[str, float], list[Flow]]:
    starts = [End(f"s{i}", f"Family {i}", "") for i in range(size[0])]
    stops = [End(f"t{j}", f"Country {j}", "", zone="fr") for j in range(size[1])]
    pairs = itertools.product(starts, stops)
    flows = [
        Flow(a.key, b.key, x, f"{a.key}→{b.key}") for (a, b), x in zip(pairs, cells, strict=True) if x > 0
    ]
    totals: dict[str, float] = defaultdict(float)
    for flow in flows:
        totals[flow.start] += flow.amount
        totals[flow.stop] += flow.amount
    used = [end for end in [*starts, *stops] if end.key in totals]
    left, right = ([end for end in used if end.key[0] == side] for side in "st")
    return draw_sankey(left, right, flows, "flows"), totals, flows


def thickness(path: etree._Element) -> float:
    """Return the width of a ribbon, drawn as its vertical step."""
    return float(re.search(r"v([\d.]+)", path.get("d"))[1])


@given(tables)
def test_sankey_ribbons_add_up_to_their_ends(table) -> None:
    size, cells = table
    svg, totals, flows = drawn_flows(size, cells)
    root = parsed(svg)
    ribbons = {path.find(f"{SVG}title").text: thickness(path) for path in root.iterfind(f"{SVG}path")}
    assert set(ribbons) == {flow.words for flow in flows}
    bars = [float(bar.get("height")) for bar in root.iterfind(f"{SVG}rect")]
    scale = sum(ribbons.values()) / sum(flow.amount for flow in flows)
    for flow in flows:
        assert ribbons[flow.words] == pytest.approx(scale * flow.amount, abs=0.02 * len(flows))
    drawn = sorted(max(scale * total, 0.8) for total in totals.values())
    assert sorted(bars) == pytest.approx(drawn, abs=0.02 * len(flows))


@given(tables)
def test_sankey_ends_do_not_overlap_and_stay_inside(table) -> None:
    root = parsed(drawn_flows(*table)[0])
    bottom = float(root.get("viewBox").split()[3])
    sides: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for bar in root.iterfind(f"{SVG}rect"):
        sides[bar.get("x")].append((float(bar.get("y")), float(bar.get("height"))))
    for bars in sides.values():
        for (y, height), (following, _) in itertools.pairwise(sorted(bars)):
            assert y + height <= following
        assert max(y + height for y, height in bars) <= bottom


def test_sankey_labels_are_escaped() -> None:
    starts = [End(f"s{i}", text, text) for i, text in enumerate(TEXTS)]
    flows = [Flow(start.key, "t", 1.0, start.label) for start in starts]
    root = parsed(draw_sankey(starts, [End("t", WORDS, WORDS, "unknown")], flows, WORDS))
    assert len(root.findall(f"{SVG}path")) == len(TEXTS)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_an_interval_bar_is_as_long_as_its_share(a, b, c) -> None:
    low, middle, high = sorted((a, b, c))
    share = Share(low, middle, high, 0.5, 1.0, "EUR")
    root = parsed(draw_interval(share, "title", "one"))
    full = float(root.get("viewBox").split()[2])
    bars = {bar.get("class"): bar for bar in root.iterfind(f"{SVG}rect")}
    assert float(bars["sure"].get("width")) == pytest.approx(full * low, abs=0.01)
    tick = bars["tick"]
    assert float(tick.get("x")) + float(tick.get("width")) / 2 == pytest.approx(full * middle, abs=0.02)
    if high > low:
        edge = bars["edge"]
        end = float(edge.get("x")) + float(edge.get("width"))
        assert end == pytest.approx(full * high, abs=0.02)
    else:
        assert "edge" not in bars


def test_an_interval_that_cannot_be_computed_is_an_empty_bar() -> None:
    root = parsed(draw_interval(Share(None, None, None, 0.0, 0.0, "EUR"), WORDS, "one"))
    assert [bar.get("class") for bar in root.iterfind(f"{SVG}rect")] == ["grid"]


def test_an_estimate_that_is_hidden_has_no_tick() -> None:
    assert 'class="tick"' not in draw_interval(Share(0.1, None, 0.9, 0.1, 1.0, "EUR"), "title", "one")


def test_pareto_escapes_its_words() -> None:
    words = {"title": WORDS, "x": "Lignes < & l’étranger", "mark": "2 lignes & plus < 80 %"}
    root = parsed(draw_pareto([50.0, 30.0, 20.0], 2, words, "fr"))
    assert root.get("aria-label") == re.sub(r"[\t\r\n]", " ", WORDS)
    assert {words["x"], words["mark"]} <= {text.text for text in root.iter(f"{SVG}text")}


def test_the_map_darkens_with_the_amount() -> None:
    root = parsed(draw_departements({"90": 900.0, "25": 10.0}, {"90": WORDS}, WORDS))
    areas = {path.find(f"{SVG}title").text: path.get("fill") for path in root.iter(f"{SVG}path")}
    assert len(areas) > 90
    coloured = {fill for fill in areas.values() if fill != areas["Ain"]}
    assert len(coloured) == 2


def test_the_shorter_outline_passes_by_the_same_points_in_whole_units() -> None:
    for outline in departement_outlines():
        rings = []
        for ring in outline.path_d.replace("Z", "").split("M")[1:]:
            points = [tuple(round(float(v)) for v in point.split(",")) for point in ring.split("L")]
            points = [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]
            rings += [points] if len(points) > 2 else []
        walked = []
        for ring in re.findall(r"M([^z]+)z", whole_units(outline.path_d)):
            numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
            steps = zip(numbers[::2], numbers[1::2], strict=True)
            walked.append(list(itertools.accumulate(steps, lambda a, b: (a[0] + b[0], a[1] + b[1]))))
        assert walked == rings
        assert rings


def test_marks_lead_to_their_lines_by_keyboard_and_name() -> None:
    """A drawing with links is no image: who hears it reaches each mark by its words."""
    label = "\"Vis\" <M6> & 'écrous'"
    tiles = [Tile(label, 2.0, "67%", href="/lines?a=1&b=2"), Tile("none", 1.0, "33%")]
    root = etree.fromstring(draw_treemap(tiles, "title").encode())
    (link,) = root.iterfind(f".//{SVG}a")
    assert root.get("role") == "group"
    assert (link.get("href"), link.get("aria-label")) == ("/lines?a=1&b=2", f"{label} : 67%")
    words = {"title": "t", "x": "x", "mark": "m"}
    bars = etree.fromstring(
        draw_pareto([5.0, 3.0, 2.0], 1, words, "fr", [("/1", "one"), ("/2", "two")]).encode()
    )
    assert [a.get("href") for a in bars.iterfind(f".//{SVG}a")] == ["/1", "/2"]
    assert len(bars.findall(f".//{SVG}rect")) == 3
    outlines = etree.fromstring(draw_departements({"90": 1.0}, {}, "t", {"90": "/90"}).encode())
    assert [a.get("href") for a in outlines.iterfind(f".//{SVG}a")] == ["/90"]
