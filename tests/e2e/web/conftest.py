"""One running application for all the browser tests of the pages, with a small invented register."""

from __future__ import annotations

import pytest

from browsing.application import running_application
from browsing.pages import opened_page
from factories.register import write_snapshot
from maillon.reference.register.index import build_index
from method.search.suppliers.conftest import SIRET, firms, told


@pytest.fixture(scope="session")
def application(tmp_path_factory, browser):
    """Start everything once; ``browser`` first, so that a machine without one skips at once."""
    place = tmp_path_factory.mktemp("web-register")
    folder = write_snapshot(place / "register-20261101-invented", firms(), told())
    build_index(folder)
    (place / "register.current").write_text(folder.name, encoding="utf-8")
    with running_application(tmp_path_factory.mktemp("web-home") / "home", place) as started:
        started.objects["siret"] = SIRET["likely"]
        yield started


@pytest.fixture
def visit(browser, application):
    """Return a way to open a page as a person: ``with visit("owner", width=360) as (page, wrong): …``."""
    return lambda person, **how: opened_page(browser, application, person, **how)
