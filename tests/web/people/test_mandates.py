"""Mandates as they are given: by the firm or its representative in the room, never by the adviser."""

import re

import pytest
from django.core import mail
from django_scopes import scopes_disabled

from maillon.core.errors import InvalidRequest
from maillon.web.people.models import Mandate, Membership
from maillon.web.people.queries.viewers import viewer_of
from maillon.web.people.rights import MANDATE, UNCONFIRMED, Right
from maillon.web.people.services.mandates import TRIES, ask_in_the_room, confirm_by_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(territory, django_capture_on_commit_callbacks):
    """Ask for a mandate in the room as an adviser without any; return it with the code that was sent."""

    def asked(email="owner@example.invalid"):
        adviser, office = territory.adviser_without.pk, territory.office.pk
        with django_capture_on_commit_callbacks(execute=True):
            mandate = ask_in_the_room(territory.firm, office, adviser, email, prices=True)
        return mandate, re.search(r"\b[A-Z2-9]{8}\b", mail.outbox[-1].body)[0]

    return asked


def rights(territory):
    return viewer_of(territory.adviser_without).rights.get(territory.firm.pk)


def test_the_code_of_the_owner_opens_what_was_asked(territory, ask):
    mandate, code = ask()
    assert mail.outbox[-1].to == ["owner@example.invalid"]
    assert rights(territory) == UNCONFIRMED
    with scopes_disabled():
        assert confirm_by_code(mandate, f" {code.lower()} ", None)
    assert rights(territory) == MANDATE | {Right.PRICES, Right.FILES}


def test_a_wrong_code_opens_nothing_and_tries_are_counted(territory, ask):
    mandate, code = ask()
    with scopes_disabled():
        assert not any(confirm_by_code(mandate, "WRONG222", None) for _ in range(TRIES))
        assert not confirm_by_code(mandate, code, None)
    assert rights(territory) == UNCONFIRMED


def test_a_new_request_makes_the_former_code_worthless(territory, ask):
    former, code = ask()
    ask()
    with scopes_disabled():
        assert not confirm_by_code(former, code, None)
        assert Mandate.objects.alive().filter(adviser=territory.adviser_without).count() == 1


@pytest.mark.parametrize("email", ["adviser_without@example.invalid", "manager@example.invalid"])
def test_nobody_of_the_chambers_says_yes_for_a_firm(territory, ask, email):
    Membership.objects.filter(organisation=territory.firm, role=Membership.Role.OWNER).delete()
    with pytest.raises(InvalidRequest, match="in the firm’s place"):
        ask(email)
    assert mail.outbox == []


def test_the_code_goes_to_an_owner_where_there_is_one(territory, ask):
    with pytest.raises(InvalidRequest, match="no owner"):
        ask("somebody@example.invalid")


def test_a_firm_without_people_here_is_asked_at_the_address_told(territory, ask):
    Membership.objects.filter(organisation=territory.firm).delete()
    mandate, code = ask("gerant@example.invalid")
    with scopes_disabled():
        assert confirm_by_code(mandate, code, None)


def test_a_request_that_nobody_confirms_dies_after_a_few_days(territory, ask, settings):
    mandate, _code = ask()
    assert (mandate.ends_at - mandate.starts_at).days == settings.ENVIRONMENT.sealed_days


def test_an_adviser_is_invited_to_no_firm(territory, client):
    client.force_login(territory.owner)
    page = f"/people/organisations/{territory.firm.pk}/invite/"
    answer = client.post(page, {"email": "adviser@example.invalid", "role": "owner"})
    assert answer.status_code == 422
    assert mail.outbox == []


def test_an_invitation_is_accepted_once_and_by_its_addressee(
    territory, client, django_capture_on_commit_callbacks
):
    client.force_login(territory.owner)
    page = f"/people/organisations/{territory.firm.pk}/invite/"
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page, {"email": "startup@example.invalid", "role": "member"})
    link = re.search(r"/people/invitations/\S+/", mail.outbox[-1].body)[0]
    client.force_login(territory.supplier)
    client.post(f"{link}accept/")
    assert not Membership.objects.filter(user=territory.supplier, organisation=territory.firm).exists()
    client.force_login(territory.startup)
    client.post(f"{link}accept/")
    assert Membership.objects.get(user=territory.startup, organisation=territory.firm).role == "member"
    assert client.post(f"{link}accept/").status_code == 404


def test_a_mandate_given_online_holds_at_once_and_is_ended_at_once(territory, client):
    client.force_login(territory.owner)
    page = f"/people/organisations/{territory.firm.pk}/"
    from django.utils import timezone

    until = timezone.localdate().replace(year=timezone.localdate().year + 1) - timezone.timedelta(days=2)
    told = {"office": territory.office.pk, "purpose": "diagnostic", "ends_on": until.isoformat()}
    client.post(f"{page}mandates/give/", told)
    assert rights(territory) == MANDATE
    with scopes_disabled():
        mandate = Mandate.objects.get(adviser=None)
    client.post(f"{page}mandates/{mandate.pk}/revoke/")
    assert rights(territory) is None
