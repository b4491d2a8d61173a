"""Pictures of the screens for the user's guide: ``python -m bench.web_screens``.

The example is loaded by the application itself; people, firms and figures are invented.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from bench.web_pages import browsing, loaded_example

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
    with browsing() as (browser, application, _):
        project = loaded_example(browser, application)
        for name, address, width in SCREENS:
            path = address if address.startswith("/") else f"/projects/{project}/{address}"
            _take(browser, application, path, width, FOLDER / f"{name}.png")


def _take(browser: Any, application: Any, path: str, width: int, file: Path) -> None:
    from browsing.pages import opened_page  # noqa: PLC0415 - path set by browsing

    FOLDER.mkdir(parents=True, exist_ok=True)
    with opened_page(browser, application, "owner", width=width) as (page, _):
        answer = page.goto(application.url + path, wait_until="load")
        page.screenshot(path=file, full_page=True)
        if file.stat().st_size > LARGEST:
            page.screenshot(path=file)
    sys.stdout.write(f"{file.name} {answer.status} {file.stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    main()
