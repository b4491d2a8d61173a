"""The report in a real browser: narrow and wide, light and dark, by keyboard, with hostile names."""

from functools import cache
from pathlib import Path

import pytest

from factories.boms import flat_bom
from factories.dossiers import EVERY, dossier_of
from maillon.report.page import dossier_html

SCRIPTS = Path(__file__).parent
ENDLESS = "Ω" * 2500 + "M" * 2500
TURNED = "\u202eesrever \u2067rtl\u200f שלום مرحبا"


def endless_dossier():
    """Designations of 5,000 letters without a space, and names that turn the direction of writing."""
    return dossier_of(
        flat_bom(
            {"designation": ENDLESS, "unit_price": 900.0, "supplier": ENDLESS, "making_country": "CN"},
            {"designation": TURNED, "unit_price": 50.0, "supplier": TURNED, "making_country": "FR"},
            {"designation": "{{ 7*7 }}", "unit_price": 50.0, "supplier": "＝cmd", "making_country": None},
        ),
        name=ENDLESS,
    )


DOSSIERS = {**EVERY, "endless": endless_dossier}
SHOWN = ("known", "hostile", "unpriced", "unknown", "variants", "endless", "empty")


@cache
def html(name: str, language: str) -> str:
    return dossier_html(DOSSIERS[name](), language)


@pytest.fixture
def opened(browser, tmp_path):
    """Open the page of a dossier and record whatever it asks for, says or pops up."""
    contexts = []

    def open_page(name, *, width=1280, dark=False, language="fr"):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        page = context.new_page()
        page.noise = []
        page.on("console", lambda said: page.noise.append(said.text))
        page.on("pageerror", lambda error: page.noise.append(str(error)))
        page.on("dialog", lambda dialog: (page.noise.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda asked: page.noise.append(asked.url[:60]))
        file = tmp_path / f"{name}.html"
        file.write_text(html(name, language), encoding="utf-8")
        page.goto(file.as_uri())
        fetched = [noise for noise in page.noise if not noise.startswith("data:font/")]
        assert fetched == [file.as_uri()[:60]]
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("name", SHOWN)
def test_the_page_never_scrolls_sideways(opened, name, width) -> None:
    page = opened(name, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    escaping = page.evaluate((SCRIPTS / "escaping.js").read_text(encoding="utf-8"))
    assert escaping == []


@pytest.mark.parametrize("name", ["known", "hostile", "endless"])
def test_wide_tables_scroll_in_their_own_box_on_a_telephone(opened, name) -> None:
    page = opened(name, width=360)
    boxes = page.evaluate(
        "[...document.querySelectorAll('.tbl, .wide')].filter(b => b.scrollWidth > b.clientWidth + 1)"
        ".map(b => getComputedStyle(b).overflowX)"
    )
    assert boxes
    assert set(boxes) == {"auto"}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["known", "unpriced", "unknown", "variants", "hostile"])
def test_text_stands_out_from_its_ground(opened, name, dark) -> None:
    page = opened(name, dark=dark)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    weak = page.evaluate((SCRIPTS / "contrast.js").read_text(encoding="utf-8"))
    assert weak["seen"] > 40
    assert weak["weak"] == []


def test_dark_and_light_differ(opened) -> None:
    grounds = {
        dark: opened("known", dark=dark).evaluate("getComputedStyle(document.body).backgroundColor")
        for dark in (False, True)
    }
    assert grounds[False] != grounds[True]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_keyboard_reaches_every_link_and_table_with_a_visible_focus(opened, dark) -> None:
    page = opened("known", dark=dark)
    page.evaluate("document.querySelectorAll('a, summary').forEach((e, n) => e.dataset.stop = n)")
    wanted = page.evaluate("document.querySelectorAll('[data-stop]').length")
    stops = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(
            "(e => ({stop: +(e.dataset.stop ?? -1), style: getComputedStyle(e).outlineStyle,"
            " wide: parseFloat(getComputedStyle(e).outlineWidth)}))(document.activeElement)"
        ))  # fmt: skip
    assert [stop["stop"] for stop in stops] == list(range(wanted))
    assert wanted >= 6
    assert {stop["style"] for stop in stops} == {"solid"}
    assert min(stop["wide"] for stop in stops) >= 2


def test_enter_opens_the_data_behind_a_drawing(opened) -> None:
    page = opened("known")
    summary = page.locator("figure summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("figure details table").first.is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_finding_leads_to_what_it_rests_on(opened, width) -> None:
    page = opened("known", width=width)
    links = page.locator("main a")
    for place in range(links.count()):
        link = links.nth(place)
        target = link.get_attribute("href")[1:]
        link.click()
        top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", target)
        end = page.evaluate("innerHeight + scrollY >= document.documentElement.scrollHeight - 1")
        assert -1 <= top <= 1 or end, target


@pytest.mark.parametrize("name", ["hostile", "endless"])
def test_names_change_nothing_of_the_page(opened, name) -> None:
    page, plain = opened(name), opened("known")
    assert page.locator("script, iframe, object, embed, form, img, link, base").count() == 0
    assert page.locator("main").count() == 1
    assert page.locator("style").count() == 1
    colour = "getComputedStyle(document.querySelector('.find3')).borderTopColor"
    assert page.evaluate(colour) == plain.evaluate(colour)
    assert page.locator("h1, #lines, #doubts, #sources, footer").count() == 5


def test_a_name_that_turns_the_writing_turns_no_sentence(opened) -> None:
    page = opened("endless")
    turning = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
    sentences = page.locator("h1, h2, h3, .find3 p, .lead, ol.do li").all_inner_texts()
    assert [text for text in sentences if set(text) & set(turning)] == []
    assert TURNED in page.locator("#lines").inner_text()


def test_templates_are_not_run_on_names(opened) -> None:
    assert "{{ 7*7 }}" in opened("endless").locator("#lines").inner_text()
