"""The diagnosis of a version as its readers see it, with and without prices, fresh and stale."""

import pytest
from django.db.models import F
from django_scopes import scope
from django_tasks_db.management.commands.db_worker import Worker

from maillon.web.diagnose.models import DiagnosisRun, Document
from maillon.web.intake.models import Line, Version
from maillon.web.people.models import Membership

pytestmark = pytest.mark.django_db(transaction=True)


def work():
    Worker(
        queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="test", excluded_queue_names=[],
    ).run()  # fmt: skip


@pytest.fixture
def page(territory):
    return f"/projects/{territory.project.pk}/diagnosis/"


@pytest.fixture
def diagnosed(territory, signed_in, page):
    """The project diagnosed, its amounts recognisable: 777,001 € a line."""
    with scope(organisation=territory.firm.pk):
        Line.objects.filter(version__project=territory.project).update(amount=777_001.0, unit_price=777_001.0)
    client = signed_in("owner")
    job = client.post(f"{page}compute/", {"version": 1}).url
    work()
    assert client.get(job).url.startswith(page)
    return territory


def test_nothing_is_shown_before_it_is_computed(territory, signed_in, page):
    text = signed_in("owner").get(page).content.decode()
    assert "Calculer le diagnostic" in text or "Compute the diagnosis" in text
    assert "find3" not in text


def test_three_findings_come_first_in_both_languages(diagnosed, client, page):
    client.force_login(diagnosed.owner)
    french = client.get(page).content.decode()
    client.cookies["language"] = "en"
    english = client.get(page).content.decode()
    assert french.count('class="card find3"') == english.count('class="card find3"') == 3
    assert "style=" not in french
    assert french != english


def test_who_has_no_right_to_prices_sees_no_amount(diagnosed, client, page):
    client.force_login(diagnosed.member)
    assert "777" not in client.get(page).content.decode().replace("\u202f", "")
    Membership.objects.filter(user=diagnosed.member).update(lines="read", prices=True)
    assert "777" in client.get(page).content.decode()


def test_a_changed_line_makes_it_stale(diagnosed, client, page):
    client.force_login(diagnosed.owner)
    assert 'class="note k' not in client.get(page).content.decode()
    with scope(organisation=diagnosed.firm.pk):
        Version.objects.filter(project=diagnosed.project).update(revision=F("revision") + 1)
    assert 'class="note k' in client.get(page).content.decode()


def test_documents_are_printed_once_and_only_for_who_may_see_prices(diagnosed, client, page):
    with scope(organisation=diagnosed.firm.pk):
        run = DiagnosisRun.objects.get()
    client.force_login(diagnosed.member)
    assert client.post(f"{page}{run.pk}/xlsx/").status_code == 404
    client.force_login(diagnosed.owner)
    for _ in range(2):
        job = client.post(f"{page}{run.pk}/xlsx/").url
        work()
        answer = client.get(client.get(job).url)
        assert answer["Content-Disposition"].startswith("attachment")
        assert b"".join(answer.streaming_content)[:2] == b"PK"
        answer.close()
    with scope(organisation=diagnosed.firm.pk):
        assert Document.objects.count() == 1


@pytest.mark.parametrize("name", ["other_owner", "supplier", "adviser_unconfirmed", "platform", "manager"])
def test_others_find_nothing_there(diagnosed, client, page, name):
    client.force_login(diagnosed[name])
    assert client.get(page).status_code == 404
    assert client.post(f"{page}compute/").status_code == 404


def test_the_page_asks_as_much_of_the_database_whatever_the_lines(
    diagnosed, client, page, django_assert_num_queries
):
    client.force_login(diagnosed.owner)
    client.get(page)
    with django_assert_num_queries(7):
        client.get(page)
