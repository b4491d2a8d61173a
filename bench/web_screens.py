"""Pictures of the screens for the user's guide: ``python -m bench.web_screens``.

The example is loaded by the application itself; people, firms and figures are invented.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from bench.web_pages import _browsing

FOLDER = Path(__file__).parents[1] / "docs" / "user" / "screens"
#: A picture larger than this is cut to its first screen.
LARGEST = 200 * 1024
#: Name, address below the project (or from the root), width.
SCREENS = [
    ("accueil", "/", 1280), ("accueil-telephone", "/", 360), ("a-faire", "/projects/due/", 1280),
    ("nouveau-dossier", "/projects/new/", 1280), ("dossier", "", 1280), ("import", "import/", 1280),
    ("nomenclature", "bom/", 1280), ("fournisseurs", "vendors/", 1280), ("diagnostic", "diagnosis/", 1280),
    ("besoins", "needs/", 1280), ("cout", "cost/", 1280), ("plan", "plan/", 1280),
    ("recherche", "/search/?q=usinage", 1280), ("recherche-telephone", "/search/?q=usinage", 360),
    ("donnees", "/sources/", 1280), ("accessibilite", "/accessibility/", 1280),
]  # fmt: skip


def main() -> None:
    """Load the example, have it diagnosed, and take the pictures."""
    with _browsing() as (browser, application, _):
        project = _example(browser, application)
        for name, address, width in SCREENS:
            path = address if address.startswith("/") else f"/projects/{project}/{address}"
            _take(browser, application, path, width, FOLDER / f"{name}.png")


def _example(browser: Any, application: Any) -> str:
    from browsing.hands import Hand  # noqa: PLC0415 - path set by _browsing
    from browsing.pages import opened_page  # noqa: PLC0415 - as above

    with opened_page(browser, application, "owner") as (page, _):
        hand = Hand(page)
        page.goto(f"{application.url}/projects/new/")
        page.locator("form[action$='/projects/example/'] button").click()
        page.locator("form[action$='/remove/']").wait_for(timeout=120_000)
        project = page.url.split("/projects/")[1].split("/")[0]
        page.goto(f"{application.url}/projects/{project}/diagnosis/")
        page.locator("form[action$='/compute/'] button").click()
        hand.await_shown(".find3")
    return str(project)


def _take(browser: Any, application: Any, path: str, width: int, file: Path) -> None:
    from browsing.pages import opened_page  # noqa: PLC0415 - path set by _browsing

    FOLDER.mkdir(parents=True, exist_ok=True)
    with opened_page(browser, application, "owner", width=width) as (page, _):
        answer = page.goto(application.url + path, wait_until="load")
        page.screenshot(path=file, full_page=True)
        if file.stat().st_size > LARGEST:
            page.screenshot(path=file)
    sys.stdout.write(f"{file.name} {answer.status} {file.stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    main()
