"""The page of a firm's journal: all reads, by person, action and day; its CSV after a fresh proof."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.utils import timezone
from django_scopes import scopes_disabled

from factories.web import PASSWORD
from maillon.web.journal.models import Event
from maillon.web.journal.services.record import record
from maillon.web.people.models import User
from web.journal.test_chain import behind

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(territory):
    record("opened", territory.firm.pk, territory.adviser.pk, territory.project, right="bom")
    record("imported", territory.firm.pk, territory.owner.pk, territory.project, lines=3)
    record("sealed_erased", territory.firm.pk, None)
    return territory.firm


def shown(client, firm, **asked) -> list[int]:
    answer = client.get(f"/journal/{firm.pk}/", asked)
    assert answer.status_code == 200
    return [one["event"].number for one in answer.context["events"]]


def test_the_owner_sees_every_read_of_the_firm(signed_in, territory, firm):
    client = signed_in("adviser_prices")
    for page in ("bom", "vendors", "diagnosis", "needs"):
        client.get(f"/projects/{territory.project.pk}/{page}/")
    owner = signed_in("owner")
    events = owner.get(f"/journal/{firm.pk}/").context["events"]
    reads = [one for one in events if one["event"].actor == territory.adviser_prices]
    assert len(reads) >= 4
    assert {one["event"].action for one in reads} == {"opened"}


def test_by_person_action_and_day(signed_in, territory, firm):
    client = signed_in("owner")
    today = timezone.localdate()
    assert shown(client, firm) == [3, 2, 1]
    assert shown(client, firm, who=str(territory.adviser.pk)) == [1]
    assert shown(client, firm, who="-") == [3]
    assert shown(client, firm, what="imported") == [2]
    assert shown(client, firm, what="imported", who="-") == []
    assert shown(client, firm, since=today.isoformat(), until=today.isoformat()) == [3, 2, 1]
    assert shown(client, firm, until=(today - dt.timedelta(days=1)).isoformat()) == []
    assert shown(client, firm, since=(today + dt.timedelta(days=1)).isoformat()) == []


def test_what_cannot_be_asked_is_said(signed_in, territory, firm):
    client = signed_in("owner")
    answer = client.get(f"/journal/{firm.pk}/", {"who": str(territory.other_owner.pk), "since": "hier"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"who", "since"}


@pytest.mark.parametrize("count", [1, 3])
def test_queries(signed_in, territory, django_assert_num_queries, count):
    for _each in range(count):
        record("opened", territory.firm.pk, territory.adviser.pk)
    client = signed_in("owner")
    client.get(f"/journal/{territory.firm.pk}/")
    with django_assert_num_queries(10):
        assert len(shown(client, territory.firm)) == count


def test_a_break_is_told(signed_in, firm):

    behind("DELETE FROM journal_event WHERE number = 3")
    html = signed_in("owner").get(f"/journal/{firm.pk}/").content.decode()
    assert "événement 2" in html
    assert 'role="alert"' in html


def test_the_csv_asks_for_a_fresh_proof_and_runs_nothing(client, territory, firm):
    User.objects.filter(pk=territory.adviser.pk).update(name="=cmd|' /C calc'!A0")
    client.force_login(territory.owner)
    url = f"/journal/{firm.pk}/journal.csv"
    sent = client.get(url)
    assert (sent.status_code, sent["Location"]) == (
        302,
        f"/accounts/reauthenticate/?next={url.replace('/', '%2F')}",
    )
    assert client.post(sent["Location"], {"password": "wrong"}).status_code == 200
    assert client.get(url).status_code == 302
    back = client.post(sent["Location"], {"password": PASSWORD})
    assert back["Location"] == url
    answer = client.get(url, {"what": "opened"})
    assert answer["Content-Disposition"] == 'attachment; filename="journal.csv"'
    rows = list(
        csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";")
    )
    assert [row[0] for row in rows] == ["Nº", "1"]
    assert rows[1][2:4] == ["'=cmd|' /C calc'!A0", "adviser@example.invalid"]
    with scopes_disabled():
        assert Event.objects.filter(organisation=firm).first().action == "journal_exported"
