"""Who comes in by the identity provider: linked, known by a verified address, or invited."""

from __future__ import annotations

import datetime as dt
import json
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core import mail
from django.utils import timezone
from django_scopes import scopes_disabled

from factories.web import give_second_factor
from maillon.web.journal.models import Event
from maillon.web.people.models import Invitation, Membership, User
from web.entry.conftest import setting_of

pytestmark = pytest.mark.django_db


def signed_in_as(client) -> str | None:
    return client.session.get("_auth_user_id")


def actions(firm) -> list[tuple[str, dict]]:
    with scopes_disabled():
        return list(Event.objects.filter(organisation=firm).values_list("action", "params"))


def invite(territory, email: str, role: str = "member", **values) -> Invitation:
    given = {"expires_at": timezone.now() + dt.timedelta(days=1), "token_hash": email, **values}
    return Invitation.objects.create(organisation=territory.firm, email=email, role=role, **given)


def test_a_link_made_by_the_address_is_told(client, known, come):
    come()
    link = SocialAccount.objects.get()
    assert (link.user, link.provider, link.extra_data["siret"]) == (
        known.owner,
        "proconnect",
        "73282932000074",
    )
    assert set(link.extra_data) == {"sub", "email", "siret", "idp_id", "acr", "amr"}
    assert mail.outbox[-1].to == ["owner@example.invalid"]
    assert ("identity_linked", {}) in actions(known.firm)


def test_the_link_holds_when_the_address_changes(client, known, provider, come):
    come()
    client.logout()
    provider.person |= {"email": "adviser@example.invalid"}
    come()
    assert signed_in_as(client) == str(known.owner.pk)
    assert SocialAccount.objects.count() == 1


def check_sent_away(client, answer, code):
    assert answer.status_code == 403
    assert answer.context["code"] == code
    assert signed_in_as(client) is None
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("who", ["adviser", "manager", "platform"])
def test_who_advises_or_administers_is_never_linked_silently(client, known, provider, come, who):
    user = known[who]
    Authenticator.objects.filter(user=user).delete()
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True})
    provider.person |= {"email": user.email}
    check_sent_away(client, come(), "link_first")


def test_a_refusal_is_in_the_journal_of_the_firm(client, known, provider, come):
    give_second_factor(known.owner)
    check_sent_away(client, come(), "link_first")
    assert ("sign_in_refused", {"reason": "link_first"}) in actions(known.firm)


def test_an_address_that_was_never_verified_here_opens_nothing(client, known, come):
    EmailAddress.objects.filter(user=known.owner).update(verified=False)
    check_sent_away(client, come(), "link_first")


def test_a_closed_account_stays_closed(client, known, come):
    User.objects.filter(pk=known.owner.pk).update(is_active=False)
    check_sent_away(client, come(), "link_first")


def test_nobody_comes_in_without_an_invitation(client, known, provider, come):
    provider.person |= {"email": "unknown@example.invalid"}
    people = User.objects.count()
    check_sent_away(client, come(), "not_invited")
    assert User.objects.count() == people


def test_who_was_invited_finds_the_place(client, known, provider, come):
    invite(known, "new@example.invalid")
    provider.person |= {"email": "New@example.invalid"}
    assert come().status_code == 302
    user = User.objects.get(email="new@example.invalid")
    assert (signed_in_as(client), user.name) == (str(user.pk), "Camille Inventée")
    assert user.has_usable_password() is False
    assert Membership.objects.get(user=user).organisation == known.firm


@pytest.mark.parametrize("values", [{"accepted_at": timezone.now()}, {"expires_at": timezone.now()}])
def test_an_invitation_used_or_late_opens_nothing(client, known, provider, come, values):
    invite(known, "new@example.invalid", **values)
    provider.person |= {"email": "new@example.invalid"}
    check_sent_away(client, come(), "not_invited")


def test_an_adviser_links_once_signed_in(client, known, provider, come):
    client.force_login(known.adviser)
    provider.person |= {"email": "adviser@example.invalid"}
    assert come("connect")["Location"] == "/accounts/3rdparty/"
    assert SocialAccount.objects.get().user == known.adviser


def test_nobody_links_the_identity_of_another_address(client, known, provider, come):
    client.force_login(known.adviser)
    answer = come("connect")
    assert (answer.status_code, answer.context["code"]) == (403, "other_address")
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    ("acr", "amr", "counts", "status"),
    [
        ("eidas2", ["pwd"], True, 200),
        ("https://proconnect.gouv.fr/assurance/consistency-checked-2fa", [], True, 200),
        ("eidas1", ["pwd", "mfa"], True, 200),
        ("eidas1", ["pwd"], True, 302),
        ("eidas2", ["pwd", "mfa"], False, 302),
    ],
)
def test_a_second_factor_at_the_provider_stands_for_ours(way, monkeypatch, acr, amr, counts, status):
    monkeypatch.setattr(settings.ENVIRONMENT, "oidc_second_factor", counts)
    adviser = way.known.adviser
    Authenticator.objects.filter(user=adviser).delete()
    way.client.force_login(adviser)
    way.provider.person |= {"email": adviser.email}
    way.come("connect")
    way.client.logout()
    way.provider.acr, way.provider.amr = acr, amr
    way.come()
    assert signed_in_as(way.client) == str(adviser.pk)
    assert way.client.get("/people/").status_code == status


def test_a_second_factor_set_here_is_asked_for_all_the_same(client, known, provider, come):
    client.force_login(known.adviser)
    provider.person |= {"email": "adviser@example.invalid"}
    come("connect")
    client.logout()
    provider.acr = "eidas3"
    assert come()["Location"] == "/accounts/2fa/authenticate/"
    assert signed_in_as(client) is None


def test_signing_out_goes_by_the_provider(client, known, provider, come):
    come()
    token = client.session["identity"]["id_token"]
    assert client.post("/accounts/logout/")["Location"] == "/accounts/identity/leave/"
    assert signed_in_as(client) is None
    address = client.get("/accounts/identity/leave/").context["address"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(f"{provider.issuer}/session/end?")
    assert asked["id_token_hint"] == token
    assert asked["post_logout_redirect_uri"] == "http://127.0.0.1:8000/accounts/identity/left/"
    told = client.get("/accounts/identity/left/", {"state": asked["state"]}, follow=True)
    assert [str(m.level_tag) for m in told.context["messages"]][-1] == "success"
    assert client.get("/accounts/identity/leave/")["Location"] == "/"


def test_somebody_who_came_by_password_leaves_at_once(client, known):
    client.force_login(known.owner)
    assert client.post("/accounts/logout/")["Location"] == "/"


@pytest.mark.parametrize(("verified", "status"), [(True, 302), (False, 403), ("true", 403)])
def test_another_provider_must_say_that_it_verified_the_address(way, settings, verified, status):
    settings.SOCIALACCOUNT_PROVIDERS = setting_of(way.provider.issuer, "plain")
    way.provider.write_userinfo, way.provider.userinfo_type = json.dumps, "application/json"
    way.provider.person |= {"email_verified": verified}
    assert way.come().status_code == status


def test_without_a_provider_there_is_no_such_page(client, db):
    assert client.post("/accounts/identity/login/").status_code == 404
    assert client.get("/accounts/login/").content.count(b"/accounts/identity/login/") == 0


def test_the_way_is_on_the_page_of_signing_in(client, provider):
    assert b'action="/accounts/identity/login/"' in client.get("/accounts/login/").content
