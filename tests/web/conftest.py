"""A small territory for the tests of the web application: one firm, its people, an office, an adviser."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from django_scopes import scopes_disabled

from factories.web import Territory, make_territory
from maillon.web.people.queries.viewers import viewer_of


@pytest.fixture
def territory(db) -> Territory:
    """Two firms of Belfort with an owner and members, a supplier, an office with advisers, a region."""
    return make_territory()


@pytest.fixture
def viewer(territory):
    """Return the viewer of a person of the territory, by name: ``viewer("adviser")``."""
    return lambda name: viewer_of(territory[name])


@pytest.fixture
def signed_in(client, territory):
    """Return a client signed in as a person of the territory."""

    def sign_in(name: str):
        client.force_login(territory[name])
        return client

    return sign_in


@pytest.fixture
def no_scope():
    """Let a test look into every firm: to check what was written."""
    with scopes_disabled():
        yield


@pytest.fixture
def tomorrow() -> dt.datetime:
    return timezone.now() + dt.timedelta(days=1)
