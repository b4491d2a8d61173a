"""The diagnosis of a version as its readers see it, with and without prices, fresh and stale."""

import re
from uuid import uuid4

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
    html = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", client.get(page).content.decode())
    assert "777" not in html.replace("\u202f", "")
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
        assert client.get(page).status_code == 200
    with scope(organisation=diagnosed.firm.pk):
        version = Version.objects.get(project=diagnosed.project)
        Line.objects.bulk_create(
            Line(
                organisation=diagnosed.firm, version=version, line=50 + n, designation="vis", supplier=f"V{n}"
            )
            for n in range(3)
        )
        Version.objects.filter(pk=version.pk).update(revision=F("revision") + 1)
    client.post(f"{page}compute/", {"version": 1})
    work()
    with django_assert_num_queries(7):
        assert 'class="note k' not in client.get(page).content.decode()
    with scope(organisation=diagnosed.firm.pk):
        assert DiagnosisRun.objects.count() == 2


def marks_of(text):
    return re.findall(r'<a href="([^"]+\?mark=m\d+)"', text)


def test_every_mark_leads_to_its_lines_for_who_may_see_them(diagnosed, client, page):
    client.force_login(diagnosed.owner)
    marks = marks_of(client.get(page).content.decode())
    assert marks
    with scope(organisation=diagnosed.firm.pk):
        lines = set(Line.objects.filter(version__project=diagnosed.project).values_list("line", flat=True))
    for mark in set(marks):
        text = client.get(mark).content.decode()
        shown = {int(n) for n in re.findall(r"/bom/(\d+)/\?version=1", text)}
        assert shown
        assert shown <= lines
    assert client.get(marks[0] + "9999").status_code == 404


def test_marks_lead_nowhere_for_who_may_not_see_lines(diagnosed, client, page):
    client.force_login(diagnosed.owner)
    mark = marks_of(client.get(page).content.decode())[0]
    client.force_login(diagnosed.member)
    text = client.get(page).content.decode()
    assert "<svg" in text
    assert "lines:" not in text
    assert marks_of(text) == []
    assert client.get(mark).status_code == 404


def test_lines_and_tables_hold_no_amount_for_who_may_not_see_prices(diagnosed, client, page):
    client.force_login(diagnosed.adviser)
    text = client.get(page).content.decode()
    answers = [client.get(mark) for mark in marks_of(text)]
    tables = re.findall(rf'href="({page}[^"]+\.csv)"', text)
    assert answers
    assert tables
    for answer in [*answers, *map(client.get, tables)]:
        assert answer.status_code == 200
        assert "777" not in answer.content.decode().replace("\u202f", "")


def test_the_table_of_a_chart_is_a_file(diagnosed, client, page):
    client.force_login(diagnosed.owner)
    table = re.search(rf'href="({page}[^"]+/suppliers\.csv)"', client.get(page).content.decode())[1]
    answer = client.get(table)
    assert answer["Content-Disposition"] == 'attachment; filename="suppliers.csv"'
    rows = answer.content.decode("utf-8-sig").splitlines()
    with scope(organisation=diagnosed.firm.pk):
        named = Line.objects.filter(version__project=diagnosed.project, supplier__isnull=False)
        assert any(named.first().supplier in row for row in rows[1:])


def test_two_versions_stand_side_by_side(diagnosed, client, page):
    with scope(organisation=diagnosed.firm.pk):
        first = Version.objects.get(project=diagnosed.project)
        lines = list(Line.objects.filter(version=first))
        first.pk, first.number, first.key, first._state.adding = None, 2, "second", True
        first.id = uuid4()
        first.save(force_insert=True)
        for line in lines:
            line.pk, line.version, line._state.adding = None, first, True
        Line.objects.bulk_create(lines)
    client.force_login(diagnosed.owner)
    waiting = client.get(f"{page}?version=1&against=2").content.decode()
    assert 'id="against"' in waiting
    client.post(f"{page}compute/", {"version": 2})
    work()
    beside = client.get(f"{page}?version=1&against=2").content.decode()
    assert beside.count('<dl class="ivs">') > waiting.count('<dl class="ivs">')
    assert client.get(f"{page}?version=1&against=3").status_code == 404


@pytest.mark.parametrize("lines", [1, 3])
def test_lines_behind_a_mark_ask_as_much_of_the_database_whatever_their_number(
    diagnosed, client, page, django_assert_num_queries, lines
):
    with scope(organisation=diagnosed.firm.pk):
        run = DiagnosisRun.objects.get()
        version = run.version
        Line.objects.bulk_create(
            Line(organisation=diagnosed.firm, version=version, line=100 + n, designation=f"part {n}")
            for n in range(lines)
        )
        run.marks = {"m0": [100 + n for n in range(lines)]}
        run.save()
    client.force_login(diagnosed.owner)
    address = f"{page}{run.pk}/lines/?mark=m0"
    client.get(address)
    with django_assert_num_queries(6):
        assert client.get(address).content.decode().count("<tr data-row>") == lines
