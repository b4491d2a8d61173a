"""Every page, in both languages, narrow and wide, light and dark: accessible, quiet, on this site only.

One browser page goes through all the addresses, and the combinations are paired so that every page is seen
in each language, each width and each theme.
"""

import pytest

from browsing.pages import overweight, sideways, violations
from browsing.routes import address_of, page_rows

VIEWS = [("fr", 1280, "light"), ("en", 360, "dark"), ("fr", 360, "light"), ("en", 1280, "dark")]


@pytest.mark.parametrize(("language", "width", "theme"), VIEWS)
def test_pages_are_accessible_quiet_and_never_scroll_sideways(
    visit, application, language, width, theme
) -> None:
    found, opened = [], 0
    for person, rows in by_person(page_rows()).items():
        with visit(person, language=language, width=width, theme=theme) as (page, wrong):
            for row in rows:
                address = address_of(application, row)
                if address is None:
                    continue
                answer = page.goto(application.url + address, wait_until="load")
                told = [f"status {answer.status}"] if answer.status != 200 else violations(page)
                told += [f"{sideways(page)} pixels too wide"] if sideways(page) > 0 else []
                told += wrong + overweight(page)
                wrong.clear()
                opened += 1
                found += [f"{row.name} ({person}): {what}" for what in told]
    assert not found, "\n".join(["", *found])
    assert opened >= 12


def by_person(rows):
    """Return rows by who opens them: one browser context a person."""
    grouped = {}
    for row in rows:
        grouped.setdefault(row.person, []).append(row)
    return grouped


@pytest.mark.parametrize("path", ["/nothing/", "/projects/01890000-0000-7000-8000-000000000000/"])
def test_what_is_not_there_is_said_on_an_accessible_page(visit, application, path) -> None:
    with visit("owner", theme="dark") as (page, _):
        assert page.goto(application.url + path).status == 404
        assert violations(page) == []
        assert "Il n’y a rien à cette adresse" in page.inner_text("h1")
