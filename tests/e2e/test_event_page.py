"""The page of an event in a real browser: it fits a telephone and a desk, its plan scrolls, links lead."""

import datetime as dt

import pytest

from factories.engines import try_everything
from factories.events import event
from maillon.method.meet.propose import propose_meetings
from maillon.method.meet.schedule import schedule_event
from maillon.report.meet import Outcome
from maillon.report.meet.page import event_page


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    asked = event("A>B A>C B>C D>A", count=12, tables=8, place="Belfort")
    chosen = propose_meetings(asked)
    agenda = schedule_event(asked, [m.pair for m in chosen.meetings][:3], engine=try_everything)
    made = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    path = tmp_path_factory.mktemp("page") / "event.html"
    path.write_text(event_page(Outcome(asked, agenda, chosen, made), "fr"), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_runs_out_of_the_page(browser, page_file, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(page_file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == width
    heights = page.locator(".hall th[scope=row]").evaluate_all("all => all.map(one => one.clientHeight)")
    assert max(heights) < 60  # names of tables stay on one line
    assert page.locator("html").get_attribute("lang") == "fr"
    page.close()


def test_links_lead_to_agendas_and_the_plan_takes_the_keyboard(browser, page_file):
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(page_file.as_uri())
    page.locator(".index a").first.click()
    assert page.evaluate("document.querySelector(location.hash).className") == "person"
    region = page.get_by_role("region", name="Plan de salle – Morning")
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    assert region.evaluate("one => one.scrollLeft") > 0
    page.close()
