"""Every page of the web application in the system's browser: weight, time, layout shift, what axe finds.

The pages are those of the permission rows, on the invented territory of the tests. What axe found is also
written to ``maillon/web/ui/audit.toml``, which the accessibility page declares.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.harness import Table
from maillon.home import home

PEERS = ("playwright",)
TESTS = Path(__file__).parents[1] / "tests"
TOOL = "axe-core 4.14.1"
VIEWS = list(product(("fr", "en"), (360, 1280), ("light", "dark")))
#: Observed from the first byte on: the largest paint, and how much of the page moved by itself.
MEASURE = """() => new Promise(done => {
  const told = {lcp: 0, cls: 0};
  new PerformanceObserver(l => l.getEntries().forEach(e => told.lcp = e.startTime))
    .observe({type: 'largest-contentful-paint', buffered: true});
  new PerformanceObserver(l => l.getEntries().forEach(e => told.cls += e.hadRecentInput ? 0 : e.value))
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => {
    const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
    told.bytes = all.reduce((sum, e) => sum + e.encodedBodySize, 0);
    const page = performance.getEntriesByType('navigation')[0];
    told.html = page.encodedBodySize;
    told.server = (page.serverTiming.find(t => t.name === 'app') || {duration: 0}).duration;
    done(told);
  }, 250);
})"""

#: From here on: the longest time from a key or click to the next picture (none reported: below 16 ms).
LISTEN = """() => { window.slowest = 0;
  new PerformanceObserver(l => l.getEntries().forEach(
    e => { if (e.interactionId) window.slowest = Math.max(window.slowest, e.duration); }))
    .observe({type: 'event', durationThreshold: 16}); }"""


def table() -> Table:
    """Return one row a page; the declaration is written beside."""
    with browsing() as (browser, application, rows):
        heavy = [
            (f"example {path or 'project'}", address, "owner")
            for path, address in _of_example(browser, application)
        ]
        measured = [_measured(browser, application, *row) for row in (*rows, *heavy)]
        found, views = _audit(browser, application, rows)
        version = browser.version
    _declare([name for name, *_ in rows], views, len(found), version)
    shown = [[*cells, str(sum(name == cells[0] for name, _ in found))] for cells in measured]
    for name, what in found:
        sys.stderr.write(f"{name}: {what}\n")
    header = [
        "page",
        "HTML KB gz",
        "first visit KB",
        "server ms",
        "LCP ms",
        "CLS",
        "INP ms",
        f"axe, {len(VIEWS)} views",
    ]
    return "Pages of the web application (one visit each, empty cache, invented territory)", header, shown


@contextmanager
def browsing() -> Iterator[tuple[Any, Any, list[tuple[str, str, str | None]]]]:
    """Give the browser, a running application, and each page's name, address and person."""
    snapshots = home() / "snapshots"  # before the settings of tests name a home of their own
    sys.path.insert(0, str(TESTS))
    os.environ["DJANGO_SETTINGS_MODULE"] = "web_settings"
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - loaded where it is used

    from browsing.application import browser_program, running_application  # noqa: PLC0415 - path set above
    from browsing.pages import FLAGS  # noqa: PLC0415 - as above

    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_program(), args=FLAGS)
        with running_application(Path(folder) / "home", snapshots if snapshots.exists() else None) as started:
            yield browser, started, list(_rows(started))
        browser.close()


def _of_example(browser: Any, application: Any) -> Iterator[tuple[str, str]]:
    """Yield the pages that weigh most of the example, diagnosed and costed, and a search."""
    project = loaded_example(browser, application)
    for path in ("", "bom/", "vendors/", "diagnosis/", "needs/", "cost/", "plan/"):
        yield path, f"/projects/{project}/{path}"
    yield "search", "/search/?q=usinage"


def _rows(application: Any) -> Iterator[tuple[str, str, str | None]]:
    import django  # noqa: PLC0415 - as its settings

    from browsing.routes import address_of, page_rows  # noqa: PLC0415 - path set above

    django.setup()
    for row in page_rows():
        address = address_of(application, row)
        if address is not None:
            yield row.name, address, row.person


def loaded_example(browser: Any, application: Any) -> str:
    """Load the example, have it diagnosed and costed; return the identifier of its project."""
    from browsing.hands import Hand  # noqa: PLC0415 - path set by browsing
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
        page.goto(f"{application.url}/projects/{project}/cost/")
        page.locator("form[action$='/cost/run/'] button").first.click()
        hand.await_shown("#dearest")
    return str(project)


def _measured(browser: Any, application: Any, name: str, address: str, person: str | None) -> list[str]:
    from browsing.pages import opened_page  # noqa: PLC0415 - path set above

    with opened_page(browser, application, person) as (page, _):
        page.goto(application.url + address, wait_until="load")
        told = page.evaluate(MEASURE)
        told["inp"] = _touched(page)
    figures = (
        f"{told['html'] / 1024:.1f}",
        f"{told['bytes'] / 1024:.0f}",
        f"{told['server']:.0f}",
        f"{told['lcp']:.0f}",
        f"{told['cls']:.3f}",
        f"{told['inp']:.0f}",
    )
    return [name, *figures]


def _touched(page: Any) -> float:
    """Return the slowest answer of the page, in ms, to keys, to its first opening and its first box."""
    page.evaluate(LISTEN)
    for key in ("j", "k", "?", "Escape", "/"):
        page.keyboard.press(key)
    page.keyboard.type("vis")
    page.keyboard.press("Escape")
    for found in ("main summary", "main input[type=checkbox]"):
        each = page.locator(found).first
        if each.count() and each.is_visible():
            each.click(no_wait_after=True)
    page.wait_for_timeout(300)
    return float(page.evaluate("window.slowest"))


def _audit(browser: Any, application: Any, rows: list[tuple[str, str, str | None]]) -> tuple[list[Any], int]:
    from browsing.pages import opened_page, violations  # noqa: PLC0415 - path set above

    found, views = [], 0
    for (language, width, theme), person in product(VIEWS, {person for *_, person in rows}):
        how = {"language": language, "width": width, "theme": theme}
        with opened_page(browser, application, person, **how) as (page, _):
            for name, address, who in rows:
                if who == person:
                    page.goto(application.url + address, wait_until="load")
                    found += [(name, what) for what in violations(page)]
                    views += 1
    return found, views


def _declare(routes: list[str], views: int, violations: int, browser: str) -> None:
    lines = [
        "# Written by “python -m bench web_pages”: what the accessibility page declares.",
        f"date = {dt.datetime.now(dt.UTC).date()}",
        f'tool = "{TOOL}"',
        f'browser = "Chromium {browser.split(".", maxsplit=1)[0]}"',
        f"pages = {len(routes)}",
        f"views = {views}",
        f"violations = {violations}",
        "routes = [" + ", ".join(f'"{name}"' for name in sorted(set(routes))) + "]",
    ]
    Path(str(files("maillon.web.ui"))).joinpath("audit.toml").write_text(
        "\n".join(lines) + "\n", encoding="utf-8"
    )
