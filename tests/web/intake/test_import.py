"""An import from the file to the lines, as a buyer and an adviser do it."""

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_scopes import scope, scopes_disabled
from django_tasks_db.management.commands.db_worker import Worker

from maillon.web.intake.models import ColumnMemory, Import, Line, Upload, Version
from maillon.web.jobs.models import Job

pytestmark = pytest.mark.django_db(transaction=True)
EXAMPLES = Path(__file__).parents[3] / "examples"
SMALL = (
    "Réf.;Désignation;Qté;Prix unitaire HT;Fournisseur;Pays\n"
    "A1;carter aluminium;2;10,50;Fonderie Ormelune;FR\nA2;vis M6 inox;12;0,08;Visserie;CN\n"
    "A3;roulement 6204;4;3,10;Palier;JP\nTotal;;;34,36;;\n"
)


def work():
    """Do what is queued, as a worker does."""
    Worker(
        queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="test", excluded_queue_names=[],
    ).run()  # fmt: skip


def give(client, project, *files):
    answer = client.post(f"/projects/{project.pk}/import/", {"files": list(files)})
    assert answer.status_code == 302, answer.content.decode()
    work()
    return client.get(answer.url).url


def csv_file(text=SMALL, name="achats.csv"):
    return SimpleUploadedFile(name, text.encode(), content_type="text/csv")


def confirm(client, columns_url):
    """Pass from the columns to the check and import."""
    check = columns_url.replace("columns/", "check/")
    assert client.get(check).status_code == 200
    job = client.post(check).url
    work()
    return client.get(job).url


def test_nothing_is_written_before_the_person_imports(territory, signed_in):
    client = signed_in("owner")
    columns = give(client, territory.project, csv_file())
    page = client.get(columns).content.decode()
    assert "6 colonnes sur 6" in re.sub(r"\s+", " ", page) or "6" in page
    with scopes_disabled():
        assert Version.objects.filter(project=territory.project).count() == 1
    assert "3" in client.get(columns.replace("columns/", "check/")).content.decode()


def test_the_lines_are_those_of_the_file(territory, signed_in):
    client = signed_in("owner")
    done = confirm(client, give(client, territory.project, csv_file()))
    with scope(organisation=territory.firm.pk):
        version = Version.objects.get(project=territory.project, number=2)
        found = list(
            Line.objects.filter(version=version).values_list(
                "reference", "quantity", "unit_price", "supplier"
            )
        )
    assert found == [
        ("A1", 2.0, 10.5, "Fonderie Ormelune"), ("A2", 12.0, 0.08, "Visserie"), ("A3", 4.0, 3.1, "Palier"),
    ]  # fmt: skip
    assert client.get(done).status_code == 200


def test_the_same_file_twice_changes_nothing(territory, signed_in):
    client = signed_in("owner")
    for _ in range(2):
        confirm(client, give(client, territory.project, csv_file()))
    with scope(organisation=territory.firm.pk):
        assert Version.objects.filter(project=territory.project).count() == 2
        assert Upload.objects.filter(project=territory.project).count() == 1


def test_an_import_is_undone_and_brought_back_in_one_click(territory, signed_in):
    client = signed_in("owner")
    confirm(client, give(client, territory.project, csv_file()))
    with scope(organisation=territory.firm.pk):
        version = Version.objects.get(project=territory.project, number=2)
    for action, state in (("undo", "undone"), ("redo", "live")):
        client.post(f"/projects/{territory.project.pk}/versions/2/{action}/")
        version.refresh_from_db()
        assert version.state == state


def test_corrected_columns_are_used_and_remembered(territory, signed_in):
    client = signed_in("owner")
    columns = give(client, territory.project, csv_file())
    page = client.get(columns).content.decode()
    country = re.search(r'<label for="c(0-\d)">Pays</label>', page)[1]
    answer = client.post(columns, {country: "making_country", "remember": "on"})
    work()
    confirm(client, client.get(answer.url).url)
    with scope(organisation=territory.firm.pk):
        version = Version.objects.get(project=territory.project, number=2)
        made = Line.objects.filter(version=version).values_list("making_country", flat=True)
        assert list(made) == ["FR", "CN", "JP"]
        assert (
            ColumnMemory.objects.get(organisation=territory.firm).table["columns"]["making_country"] == "Pays"
        )


def test_two_columns_with_one_meaning_are_refused(territory, signed_in):
    client = signed_in("owner")
    columns = give(client, territory.project, csv_file())
    answer = client.post(columns, {"0-0": "designation", "0-1": "designation"})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("vide.xlsx", b""),
        ("page.xls", b"<html><table><tr><td>1</td></tr></table></html>"),
        ("x.xlsx", b"PK\x03\x04"),
    ],
)
def test_refused_files_are_told_in_words_and_write_nothing(territory, signed_in, name, content):
    client = signed_in("owner")
    file = SimpleUploadedFile(name, content)
    answer = client.post(f"/projects/{territory.project.pk}/import/", {"files": [file]})
    if answer.status_code == 302:
        work()
        answer = client.get(answer.url)
        with scopes_disabled():
            assert Job.objects.get().state == Job.State.FAILED
    assert 'class="note k"' in answer.content.decode()
    with scopes_disabled():
        assert Version.objects.filter(project=territory.project).count() == 1
        assert not Import.objects.exclude(version=None).exists()


def test_the_cobot_is_imported_whole(territory, signed_in):
    client = signed_in("owner")
    path = EXAMPLES / "cobot.xlsx"
    confirm(client, give(client, territory.project, SimpleUploadedFile(path.name, path.read_bytes())))
    from maillon.intake import read_file

    expected = read_file(path).bom
    with scope(organisation=territory.firm.pk):
        version = Version.objects.get(project=territory.project, number=2)
        assert version.lines_count == len(expected)
        assert Line.objects.filter(version=version).count() == len(expected)


def test_an_unconfirmed_adviser_brings_a_file_in_and_sees_nothing_of_it(territory, signed_in):
    client = signed_in("adviser_unconfirmed")
    columns = give(client, territory.project, csv_file())
    page = client.get(columns).content.decode()
    assert "Fonderie Ormelune" not in page
    done = client.get(confirm(client, columns)).content.decode()
    assert "A1" not in done
    with scopes_disabled():
        assert Upload.objects.get(project=territory.project).erase_at is not None


def test_a_cancelled_import_writes_nothing(territory, signed_in):
    client = signed_in("owner")
    columns = give(client, territory.project, csv_file())
    job = client.post(columns.replace("columns/", "check/")).url
    client.post(f"{job}cancel/")
    work()
    with scopes_disabled():
        assert Version.objects.filter(project=territory.project).count() == 1
        assert Job.objects.get(kind="import_files").state == Job.State.CANCELLED
