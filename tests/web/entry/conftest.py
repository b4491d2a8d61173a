"""A provider that the application is set to, and a browser that goes there and comes back."""

from __future__ import annotations

from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import caches

from factories.identity_provider import CLIENT, SECRET, running_provider
from maillon.web.entry.setting import identity_settings
from maillon.web.env import Environment


def setting_of(issuer: str, kind: str = "proconnect") -> dict[str, object]:
    environment = Environment(oidc_issuer=issuer, oidc_client_id=CLIENT, oidc_secret=SECRET, oidc_kind=kind)
    return identity_settings(environment)


@pytest.fixture
def provider(settings, request):
    caches["process"].clear()
    with running_provider(getattr(request, "param", "RS256")) as running:
        settings.SOCIALACCOUNT_PROVIDERS = setting_of(running.issuer)
        yield running


@pytest.fixture
def known(territory):
    """The persons of the territory, with addresses verified as after a sign-up."""
    for name in ("owner", "adviser", "buyer"):
        user = territory[name]
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return territory


@pytest.fixture
def travel(client, provider):
    """Leave for the provider, be signed in there, and return what the browser brings back."""

    def leave(process: str = "login") -> SimpleNamespace:
        page = client.post("/accounts/identity/login/", {"process": process})
        assert page.status_code == 200, page.content
        address = page.context["address"]
        asked = dict(parse_qsl(urlsplit(address).query))
        back = urlsplit(provider.authorize(asked))
        return SimpleNamespace(address=address, asked=asked, back=f"{back.path}?{back.query}")

    return leave


@pytest.fixture
def come(client, travel):
    """Make the whole way; return the answer to the provider's redirect."""
    return lambda process="login": client.get(travel(process).back)


@pytest.fixture
def way(client, known, provider, come, caplog):
    """All of it together."""
    return SimpleNamespace(client=client, known=known, provider=provider, come=come, caplog=caplog)
