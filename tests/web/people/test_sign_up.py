"""From an invitation to a place: opening writes nothing, the address is fixed, the place follows."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.utils import timezone

from maillon.web.people.models import Invitation, Membership, User
from maillon.web.people.services.members import invite

pytestmark = pytest.mark.django_db
NEW, PASSWORD = "nouvelle@example.invalid", "quatre mots assez longs"


@pytest.fixture
def send(territory, django_capture_on_commit_callbacks):
    """Send an invitation and return the path of the link in the mail."""

    def sent(email=NEW, where="firm", role="owner"):
        with django_capture_on_commit_callbacks(execute=True):
            invite(territory[where], email, role, territory.owner.pk, "http://testserver")
        return re.search(r"/people/invitations/\S+/", mail.outbox[-1].body)[0]

    return sent


def sign_up(client, link, **told):
    client.post(f"{link}start/")
    return client.post("/accounts/signup/", {"password1": PASSWORD, "password2": PASSWORD, **told})


def test_opening_an_invitation_writes_nothing(client, send):
    link = send()
    before = list(Invitation.objects.values())
    answer = client.get(link)
    assert answer.status_code == 200
    assert "sessionid" not in answer.cookies
    assert "session" not in answer.cookies
    assert Session.objects.count() == 0
    assert list(Invitation.objects.values()) == before
    assert client.get("/accounts/signup/").templates[0].name == "account/signup_closed.html"


def test_a_new_person_is_verified_placed_and_shown_the_firm(client, territory, send):
    answer = sign_up(client, send())
    assert answer.status_code == 302
    assert answer["Location"] == f"/people/organisations/{territory.firm.pk}/"
    person = User.objects.get(email=NEW)
    assert EmailAddress.objects.get(user=person).verified
    assert Membership.objects.get(user=person).organisation == territory.firm
    assert len([m for m in mail.outbox if m.to == [NEW]]) == 1  # the invitation itself, no second mail
    assert client.get(answer["Location"]).status_code == 200
    assert client.session.get("invitation") is None


def test_the_form_shows_the_address_and_takes_no_other(client, send):
    link = send()
    client.post(f"{link}start/")
    for page in ("/accounts/signup/", "/accounts/signup/?email=intrus@example.invalid"):
        field = re.search(r'<input[^>]*name="email"[^>]*>', client.get(page).content.decode())[0]
        assert f'value="{NEW}"' in field
        assert "disabled" in field


@pytest.mark.parametrize("page", ["/accounts/signup/", "/accounts/signup/?email=intrus@example.invalid"])
def test_a_crafted_address_is_ignored(client, send, page):
    client.post(f"{send()}start/")
    told = {"email": "intrus@example.invalid", "password1": PASSWORD, "password2": PASSWORD}
    client.post(page, told)
    assert User.objects.filter(email=NEW).exists()
    assert not User.objects.filter(email="intrus@example.invalid").exists()
    assert not EmailAddress.objects.filter(email="intrus@example.invalid").exists()


def test_a_short_password_opens_no_account(client, send):
    answer = sign_up(client, send(), password1="quinze signes 1", password2="quinze signes 1")
    assert answer.status_code == 200
    assert "password1" in answer.context["form"].errors
    assert not User.objects.filter(email=NEW).exists()


def test_a_new_adviser_sets_a_second_factor_first(client, territory, send):
    answer = sign_up(client, send(where="office", role="adviser"))
    assert answer["Location"] == "/"
    assert Membership.objects.get(user__email=NEW).organisation == territory.office
    assert client.get("/")["Location"] == "/accounts/2fa/"


def test_nobody_signs_up_with_an_invitation_gone_stale_meanwhile(client, send):
    link = send()
    client.post(f"{link}start/")
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    client.post("/accounts/signup/", {"password1": PASSWORD, "password2": PASSWORD})
    assert not User.objects.filter(email=NEW).exists()


def test_pages_of_links_that_cannot_be_used_say_what_to_do(client, send, territory):
    link = send("startup@example.invalid")
    client.force_login(territory.startup)
    client.post(f"{link}accept/")
    used = client.get(link)
    assert (used.status_code, used.context["spent"]) == (404, True)
    late = send()
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    answer = client.get(late)
    assert (answer.status_code, answer.context["spent"]) == (404, False)
    assert client.post(f"{late}start/").status_code == 404


def test_somebody_signed_in_with_another_address_chooses(client, send, territory):
    link = send()
    client.force_login(territory.supplier)
    page = client.get(link)
    assert page.context["addressed"] is False
    assert f'name="next" value="{link}"' in page.content.decode()
    assert f"{link}accept/" not in page.content.decode()
    assert client.post(f"{link}start/")["Location"] == link
    assert client.post("/accounts/logout/", {"next": link})["Location"] == link
    assert f"{link}start/" in client.get(link).content.decode()


def test_who_has_an_account_is_led_to_the_log_in(client, send):
    link = send("startup@example.invalid")
    answer = client.post(f"{link}start/")
    assert answer["Location"].startswith("/accounts/login/?next=%2Fpeople%2Finvitations%2F")
    assert Session.objects.count() == 0
