"""A real browser, the system's own: nothing is downloaded, nothing but the page is opened."""

import os
import shutil

import pytest

#: No sandbox: tests also run as root in a container. The rest keeps the browser from calling home.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update"]  # fmt: skip


@pytest.fixture(scope="session")
def browser():
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None and os.environ.get("MAILLON_CI") != "1":
        pytest.skip("chromium is missing: apt-get install chromium to test pages in a browser")
    assert program is not None, "chromium is required in continuous integration"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()
