"""The page in the room: reached by a QR code, confirmed by the code that was mailed and by nothing else."""

import re
import time

import pytest
from django.core import mail
from django_scopes import scopes_disabled

from maillon.web.people.models import Mandate
from maillon.web.people.queries.room import room_address

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(territory, client, django_capture_on_commit_callbacks):
    """Return the page on the phone and the code of the mail, after an adviser asked."""
    client.force_login(territory.adviser_without)
    page = f"/people/organisations/{territory.firm.pk}/"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{page}mandates/ask/", {"email": "owner@example.invalid", "prices": "on"})
    assert 'class="qr"' in client.get(page).content.decode()
    client.logout()
    with scopes_disabled():
        mandate = Mandate.objects.get(adviser=territory.adviser_without)
    address = room_address(mandate)
    assert address.startswith("http://127.0.0.1:8000/people/room/")
    return address.removeprefix("http://127.0.0.1:8000"), re.search(r"[A-Z2-9]{8}", mail.outbox[-1].body)[0]


def confirmed(territory):
    with scopes_disabled():
        return Mandate.objects.get(adviser=territory.adviser_without).confirmed_at is not None


def test_the_representative_reads_what_is_asked_and_says_yes_with_the_mailed_code(territory, client, asked):
    page, code = asked
    html = client.get(page).content.decode()
    for said in ("Valtrenne", "Antenne", "adviser_without", "prix", "owner@example.invalid"):
        assert said in html, said
    assert code not in html
    assert not confirmed(territory)
    assert client.post(page, {"code": "FAUX2222"}).status_code == 422
    assert not confirmed(territory)
    answer = client.post(page, {"code": code.lower()})
    assert "Le mandat est confirmé." in answer.content.decode()
    assert confirmed(territory)
    assert client.get(page).status_code == 404


def test_the_page_is_of_its_mandate_and_of_its_half_hour(territory, client, asked, monkeypatch):
    page, _code = asked
    assert client.get(page[:-3] + "xx/").status_code == 404
    later = time.time() + 31 * 60
    monkeypatch.setattr("time.time", lambda: later)
    assert client.get(page).status_code == 404


def test_five_mistakes_end_it_wherever_they_are_made(territory, client, asked):
    page, code = asked
    for _ in range(5):
        client.post(page, {"code": "FAUX2222"})
    assert client.post(page, {"code": code}).status_code == 422
    assert not confirmed(territory)


def test_a_mandate_that_was_ended_is_asked_for_no_more(territory, client, asked):
    page, code = asked
    with scopes_disabled():
        Mandate.objects.get(adviser=territory.adviser_without).delete()
    assert client.post(page, {"code": code}).status_code == 404
