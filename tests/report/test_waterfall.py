"""The waterfall: bars follow one another from nothing to the total, and say so without colour."""

import datetime as dt
import itertools
import re

import pytest
from lxml import etree

from factories.dossiers import HOSTILE
from maillon.core.estimate import Estimate
from maillon.core.quotation import PriceBreak, Quotation
from maillon.method.cost.assumptions import CostAssumptions
from maillon.method.cost.compare import compare_offers
from maillon.method.cost.layers import LAYER_OF, Layer
from maillon.method.cost.need import Demand
from maillon.report.charts.waterfall import draw_waterfall, waterfall_rows

SVG = "{http://www.w3.org/2000/svg}"
DAY = dt.date(2026, 11, 23)
TAKEN = CostAssumptions(rates={"USD": Estimate(0.85, 0.92, 1.0, "EUR/USD", "invented", DAY)}, today=DAY)


def compared(name="Invented Ltd", credit=None):
    far = Quotation(
        name, "bracket", (PriceBreak(1, 12.0),), "USD", "CN", "sea", "FOB", mass=0.8, credit=credit
    )
    near = Quotation("Atelier inventé", "bracket", (PriceBreak(1, 13.5),), "EUR", "FR", "road", mass=0.8)
    return compare_offers(far, near, Demand(1200.0), TAKEN)


def parsed(drawing):
    return etree.fromstring(drawing.encode(), etree.XMLParser(resolve_entities=False, no_network=True))


@pytest.mark.parametrize("credit", [None, 90.0, -60.0])
def test_each_bar_starts_where_the_former_ended_and_the_last_reaches_the_total(credit) -> None:
    found = compared(credit=credit)
    rows = waterfall_rows(found, "en")
    items = [row for row in rows if not row.summed]
    for side, cost in enumerate((found.imported, found.local)):
        assert items[0].rises[side].start == 0.0
        assert items[0].rises[side].mid == cost.quoted.mid
        for one, after in itertools.pairwise(items):
            assert after.rises[side].start == one.rises[side].start + one.rises[side].mid
        end = items[-1].rises[side]
        assert end.start + end.mid == pytest.approx(cost.per_unit.mid, rel=1e-12)
        total = rows[-1].rises[side]
        assert (total.low, total.mid, total.high) == pytest.approx(
            (cost.per_unit.low, cost.per_unit.mid, cost.per_unit.high)
        )
        for layer in Layer:
            (summed,) = [row for row in rows if row.summed and row.layer is layer]
            parts = [row.rises[side].mid for row in items if row.layer is layer]
            assert summed.rises[side].mid == pytest.approx(sum(parts), abs=1e-12)


def test_small_items_stand_together_and_none_is_lost() -> None:
    rows = waterfall_rows(compared(), "en")
    shown = {row.code for row in rows if row.code}
    assert "price" in shown
    grouped = sum(
        int(re.search(r"\((\d+)\)", row.label).group(1)) for row in rows if row.label.startswith("Others")
    )
    assert len(shown) + grouped == len(LAYER_OF)


def test_lengths_are_proportional_and_told_in_words() -> None:
    found = compared()
    root = parsed(draw_waterfall(found, "fr"))
    assert root.get("role") == "img"
    assert root.get("aria-label") == root.find(f"{SVG}title").text
    assert "Invented Ltd" in root.get("aria-label")
    prices = [
        group for group in root.iter(f"{SVG}g")
        if (t := group.find(f"{SVG}title")) is not None and t.text.startswith("Prix")
    ]  # fmt: skip
    widths = [float(group.find(f"{SVG}rect").get("width")) for group in prices]
    assert widths[0] / widths[1] == pytest.approx(
        found.imported.quoted.mid / found.local.quoted.mid, rel=1e-3
    )
    assert all("EUR, de" in group.find(f"{SVG}title").text for group in prices)


def test_every_layer_but_the_first_has_a_texture_of_its_own() -> None:
    root = parsed(draw_waterfall(compared(), "en"))
    paths = [pattern.find(f"{SVG}path").get("d") for pattern in root.iter(f"{SVG}pattern")]
    assert len(paths) == len(set(paths)) == len(Layer) - 1


def test_links_lead_within_the_page_only() -> None:
    drawing = draw_waterfall(compared(), "en", {"duty": "duty", "price": 'x" onload="'})
    root = parsed(drawing)
    assert {a.get("href") for a in root.iter(f"{SVG}a")} <= {"#duty", '#x" onload="'}
    assert not root.xpath("//@*[starts-with(name(), 'on')]")
    assert not parsed(draw_waterfall(compared(), "en")).xpath("//@href")


@pytest.mark.parametrize("name", [text for text in HOSTILE if "\x01" not in text])
def test_any_name_gives_a_valid_drawing(name) -> None:
    root = parsed(draw_waterfall(compared(name), "en"))
    assert not root.xpath("//*[local-name()='script'] | //@*[starts-with(name(), 'on')]")
