"""A browser that looks at the running application as a person does, and what axe finds on its pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from browsing.application import Application

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: No sandbox: tests also run as root in a container. The rest keeps the browser from calling home.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update"]  # fmt: skip
AXE = Path(__file__).parents[1] / "e2e" / "vendor" / "axe-core-4.14.1" / "axe.min.js"
#: WCAG 2.2 A and AA, and good practices.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def opened_page(
    browser: Browser,
    application: Application,
    person: str | None,
    *,
    language: str = "fr",
    width: int = 1280,
    theme: str = "light",
    javascript: bool = True,
) -> Iterator[tuple[Page, list[str]]]:
    """Give a page of one person and the list of what it should not have done: errors, other sites."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=javascript, color_scheme=theme
    )
    kept = {"language": language, "theme": theme}
    if person is not None:
        kept["session"] = application.sessions[person]
    context.add_cookies([{"name": n, "value": v, "url": application.url} for n, v in kept.items()])
    context.set_default_timeout(15_000)
    page = context.new_page()
    wrong: list[str] = []
    page.on(
        "console", lambda said: wrong.append(f"{said.type}: {said.text}") if said.type == "error" else None
    )
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    page.on(
        "request",
        lambda asked: (
            None
            if asked.url.startswith((application.url, "data:"))
            else wrong.append(f"off site: {asked.url}")
        ),
    )
    try:
        yield page, wrong
    finally:
        context.close()


def violations(page: Page) -> list[str]:
    """Return what axe finds on the page as it stands: the rule, the element, the reason."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES)
    return [
        f"{one['id']}: {node['html'][:160]} – {' '.join(node['failureSummary'].split())[:220]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def sideways(page: Page) -> int:
    """Return by how many pixels the page scrolls sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


#: Bytes that a page may weigh as it travels: its own HTML, and all of it (interface.md, budgets).
MOST_HTML, MOST_BYTES = 30 * 1024, 100 * 1024
_WEIGHT = """() => {
  const own = performance.getEntriesByType('navigation')[0].encodedBodySize;
  return [own, performance.getEntriesByType('resource').reduce((sum, e) => sum + e.encodedBodySize, own)];
}"""


def overweight(page: Page) -> list[str]:
    """Return by what a page is heavier than it may be, cached files counted as at a first visit."""
    html, all_of_it = page.evaluate(_WEIGHT)
    told = [f"{html} bytes of HTML"] if html > MOST_HTML else []
    return told + ([f"{all_of_it} bytes in all"] if all_of_it > MOST_BYTES else [])
