"""How a person acts on pages: by mouse, by keyboard alone, without JavaScript. Every act is counted."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

#: Longer than any page's number of places that take the focus.
TABS = 400
PATIENCE = 90.0


class Hand:
    """Acts by mouse. ``acts`` tells what was done, in order: its length is what a person had to do."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.acts: list[str] = []

    def press(self, role: str, name: str) -> None:
        """Activate the link or button of this name in the content of the page."""
        found = self.page.locator("main").get_by_role(role, name=name, exact=True).first
        self.acts.append(f"{role} {name}")
        self._activate(found)

    def type(self, label: str, text: str) -> None:
        """Write into the field of this label."""
        field = self.page.get_by_label(label, exact=True)
        self.acts.append(f"type {label}")
        self._reach(field)
        field.fill(text)

    def give(self, label: str, file: Path) -> None:
        """Give a file to the field of this label."""
        field = self.page.get_by_label(label, exact=True)
        self.acts.append(f"file {label}")
        self._reach(field)
        field.set_input_files(file)

    def await_page(self, path: str) -> None:
        """Wait until the work in progress has led to an address that holds ``path``."""
        self.page.wait_for_url(f"**{path}**", timeout=1000 * PATIENCE, wait_until="load")

    def await_shown(self, selector: str) -> None:
        """Wait until the work in progress has led to a page that shows ``selector``."""
        self.page.locator(selector).first.wait_for(timeout=1000 * PATIENCE)

    def _activate(self, found: Locator) -> None:
        found.click()

    def _reach(self, found: Locator) -> None:
        found.scroll_into_view_if_needed()


class Keys(Hand):
    """Acts by Tab and Enter alone; what takes the focus must show it."""

    def _activate(self, found: Locator) -> None:
        self._reach(found)
        self.page.keyboard.press("Enter")

    def _reach(self, found: Locator) -> None:
        found.wait_for()
        for _ in range(TABS):
            self.page.keyboard.press("Tab")
            if found.evaluate("element => element === document.activeElement"):
                outline = found.evaluate("element => getComputedStyle(element).outlineStyle")
                assert outline != "none", f"the focus does not show on {self.acts[-1]}"
                return
        raise AssertionError(f"no Tab leads to {self.acts[-1]}")


class Plain(Hand):
    """Acts in a browser without JavaScript: the page of a job is opened again until it leads on."""

    def await_page(self, path: str) -> None:
        """Open the page again until the work has led to an address that holds ``path``."""
        until = time.monotonic() + PATIENCE
        while path not in self.page.url:
            assert time.monotonic() < until, f"the work leads nowhere: {self.page.inner_text('main')}"
            self.page.wait_for_timeout(500)
            self.page.reload()

    def await_shown(self, selector: str) -> None:
        """Open the page again until it shows ``selector``."""
        until = time.monotonic() + PATIENCE
        while not self.page.locator(selector).count():
            assert time.monotonic() < until, f"nothing shows {selector}: {self.page.inner_text('main')}"
            self.page.wait_for_timeout(500)
            self.page.reload()
