"""The first fifteen minutes, from a new project to a plan: by keys alone, and without JavaScript."""

from pathlib import Path

import pytest

from browsing.hands import Hand, Keys, Plain
from browsing.pages import overweight

COBOT = Path(__file__).resolve().parents[3] / "examples" / "cobot.xlsx"
#: What a person may have to do from the home page to the diagnosis (issue: forty acts at most).
MOST_ACTS = 40


def to_the_diagnosis(hand, application, name) -> None:
    """Go from the home page to the computed diagnosis of the example file."""
    hand.page.goto(application.url)
    hand.press("link", "New project")
    hand.type("Name", name)
    hand.press("button", "Open the project")
    hand.press("link", "Bring a file")
    hand.give("Files, as they are", COBOT)
    hand.press("button", "Read the files")
    hand.await_page("/columns/")
    hand.press("link", "Check what will be imported")
    hand.press("button", "Import")
    hand.await_page("/import/")
    hand.press("link", "See the diagnosis")
    hand.press("button", "Compute the diagnosis")
    hand.await_shown(".find3")


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "javascript"), [(Keys, True), (Plain, False)])
def test_from_a_file_to_a_diagnosis_and_on_to_needs_costs_and_plan(
    visit, application, kind, javascript
) -> None:
    with visit("owner", language="en", javascript=javascript) as (page, wrong):
        hand = kind(page)
        to_the_diagnosis(hand, application, f"Cobot {kind.__name__}")
        assert page.locator(".find3").count() == 3
        assert len(hand.acts) <= MOST_ACTS
        assert overweight(page) == []
        project = page.url.split("/projects/")[1].split("/")[0]
        for step in ("needs", "cost", "plan", "bom", "vendors"):
            answer = page.goto(f"{application.url}/projects/{project}/{step}/")
            assert answer.status == 200
            assert page.locator("main h1").count() == 1
            assert overweight(page) == []
        assert wrong == []


def test_the_example_is_loaded_and_removed_in_one_click_each(visit, application) -> None:
    with visit("other_owner") as (page, wrong):
        hand = Hand(page)
        page.goto(f"{application.url}/projects/new/")
        hand.press("button", "Charger l’exemple (cobot, 2\u202f200 composants)")
        hand.await_page("/projects/")
        page.get_by_role("heading", name="Cobot, exemple inventé").wait_for(timeout=60_000)
        hand.press("button", "Retirer l’exemple")
        assert "L’exemple a été retiré." in page.inner_text("main")
        assert wrong == []


def test_the_palette_leads_to_a_project_by_keys_alone(visit, application) -> None:
    with visit("owner") as (page, wrong):
        page.goto(f"{application.url}/projects/due/")
        page.keyboard.press("Control+k")
        page.keyboard.type("cobot")
        page.locator("[data-hit]").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/projects/*-*/")
        assert wrong == []


def test_keys_walk_rows_and_open_and_close_the_help(visit, application) -> None:
    with visit("owner") as (page, _):
        page.goto(f"{application.url}/projects/due/")
        page.keyboard.press("j")
        page.keyboard.press("j")
        second = page.locator("[data-row]").nth(1)
        assert second.evaluate("row => row.contains(document.activeElement)")
        page.keyboard.press("?")
        assert page.locator("dialog#keys").is_visible()
        page.keyboard.press("Escape")
        assert not page.locator("dialog#keys").is_visible()
        page.keyboard.press("/")
        assert page.locator("#box").evaluate("box => box === document.activeElement")
