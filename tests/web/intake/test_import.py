"""An import from the file to the lines, as a buyer and an adviser do it."""

import csv
import io
import json
import os
import re
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django_scopes import scope, scopes_disabled
from django_tasks_db.management.commands.db_worker import Worker
from python_calamine import CalamineWorkbook

from maillon.intake import read_file
from maillon.web.intake.forms.import_columns import ROLES
from maillon.web.intake.models import ColumnMemory, Import, Line, Upload, Version
from maillon.web.intake.queries.boms import bom_of, ledger_of
from maillon.web.intake.queries.understood import set_apart, undecided
from maillon.web.intake.services.imports import write_version
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
    assert re.search(r"<b>6 [^<]* 6 [^<]*</b>", page)
    check = client.get(columns.replace("columns/", "check/"))
    assert check.context["understood"]["changes"] == {
        "lines": 3, "created": 3, "kept": 0, "gone": 3, "stored": 3,
    }  # fmt: skip
    rows = check.context["understood"]["files"][0]["tables"][0]["rows"]
    assert (rows["parts"], rows["totals"], rows["quarantined"]) == (3, 1, 0)
    with scopes_disabled():
        assert Version.objects.filter(project=territory.project).count() == 1


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


def test_samples_of_prices_are_shown_to_those_who_may_see_prices(territory, signed_in):
    columns = give(signed_in("owner"), territory.project, csv_file())
    for who, seen in (("adviser_prices", True), ("adviser", False)):
        tables = signed_in(who).get(columns).context["tables"]
        samples = {column["role"]: column["samples"] for table in tables for column in table["columns"]}
        assert samples["supplier"][0] == "Fonderie Ormelune"
        assert bool(samples["unit_price"]) is seen


def test_every_column_that_the_library_knows_has_words():
    vocabulary = files("maillon.intake.understand").joinpath("vocabulary.toml").read_text("utf-8")
    assert set(tomllib.loads(vocabulary)) - {"other"} - set(ROLES) == set()


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
    expected = read_file(path).bom
    with scope(organisation=territory.firm.pk):
        version = Version.objects.get(project=territory.project, number=2)
        assert version.lines_count == 2298
        assert Line.objects.filter(version=version).count() == 2298
        assert bom_of(version).lines.equals(expected.lines, null_equal=True)
        # what a person must look at: columns not certain, rows set apart, and no more than 20 a thousand
        assert len(undecided(version.account)) + set_apart(version.account) <= 20 * 2.2


@pytest.mark.parametrize("name", ["000410019FEC20251231.txt", "factures-2025.zip", "importations-2025.csv"])
def test_records_are_imported_as_they_are(territory, signed_in, name):
    client = signed_in("owner")
    path = EXAMPLES / name
    confirm(client, give(client, territory.project, SimpleUploadedFile(name, path.read_bytes())))
    with scope(organisation=territory.firm.pk):
        version = Version.objects.get(project=territory.project, number=2)
        assert version.kind == Version.Kind.LEDGER
        assert (
            ledger_of(version)
            .purchases.drop("line")
            .equals(read_file(path).ledger.purchases.drop("line"), null_equal=True)
        )


def test_columns_spelled_out_as_guessed_or_remembered_are_the_same_import(territory, signed_in):
    client = signed_in("owner")
    columns = give(client, territory.project, csv_file())
    country = re.search(r'<label for="c(0-\d)">Pays</label>', client.get(columns).content.decode())[1]
    answer = client.post(columns, {country: "making_country", "remember": "on"})
    work()
    confirm(client, client.get(answer.url).url)
    done = client.get(confirm(client, give(client, territory.project, csv_file())))
    assert done.context["already"] is True
    with scope(organisation=territory.firm.pk):
        assert Version.objects.filter(project=territory.project).count() == 2


def test_columns_changed_after_the_click_are_not_imported_unseen(territory, signed_in):
    client = signed_in("owner")
    columns = give(client, territory.project, csv_file())
    job = client.post(columns.replace("columns/", "check/")).url
    with scopes_disabled():
        Import.objects.update(understood=None)
    work()
    assert 'class="note k"' in client.get(job).content.decode()
    with scopes_disabled():
        assert Version.objects.filter(project=territory.project).count() == 1


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


@pytest.mark.skipif(
    connection.vendor == "sqlite",
    reason="tests share one SQLite connection; bench.kill_import has two workers meet on a file",
)
def test_two_imports_of_one_file_at_the_same_moment_make_one_version(territory, signed_in):
    client = signed_in("owner")
    for _ in range(2):
        give(client, territory.project, csv_file())
    start = Barrier(2)

    def write(pk):
        try:
            with scope(organisation=territory.firm.pk):
                importing = Import.objects.select_related("project").get(pk=pk)
                return write_version(importing, lambda share: start.wait(30) if share == 0.9 else None).pk
        finally:
            connection.close()

    with scope(organisation=territory.firm.pk):
        both = list(Import.objects.values_list("pk", flat=True))
    with ThreadPoolExecutor(2) as threads:
        made = set(threads.map(write, both))
    with scope(organisation=territory.firm.pk):
        assert len(made) == 1
        assert Line.objects.filter(version__project=territory.project, version__number=2).count() == 3
        assert Version.objects.filter(project=territory.project).count() == 2


def test_a_worker_killed_at_any_moment_leaves_nothing_half_imported():
    """In processes and a database of its own; ``python -m bench kill_import`` does it a hundred times."""
    told = subprocess.run(
        [sys.executable, "-m", "bench.kill_import"], cwd=EXAMPLES.parent, check=True, capture_output=True,
        text=True, env={**os.environ, "KILLS": os.environ.get("KILLS", "2")}, timeout=300,
    )  # fmt: skip
    seen = json.loads(told.stdout.splitlines()[-1])
    assert seen["kills"] >= 2
    assert (seen["half_imported"], seen["lost"], seen["twice"]) == (0, 0, 0)


def test_rows_set_apart_are_given_back_with_their_reason(territory, signed_in):
    client = signed_in("owner")
    broken = SMALL.replace("A2;vis M6 inox;12", "=A2+1;=vis;douze") + "A9;;;;;\n"
    confirm(client, give(client, territory.project, csv_file(broken)))
    with scope(organisation=territory.firm.pk):
        version = Version.objects.get(project=territory.project, number=2)
    address = f"/projects/{territory.project.pk}/versions/2/rejects"
    text = client.get(f"{address}.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    assert len(rows) - 1 == set_apart(version.account) > 0
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"{address}.xlsx").content))
    assert [row[3] for row in book.get_sheet_by_index(0).to_python()] == [row[3] for row in rows]
    assert signed_in("adviser").get(f"{address}.csv").status_code == 404
