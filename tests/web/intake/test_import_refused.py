"""Files that the wizard refuses: a sentence of their own, and nothing of them in the project."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_scopes import scopes_disabled
from django_tasks_db.management.commands.db_worker import Worker

from factories.files import compound_file, deflated_zeros, raw_workbook, workbook_parts, worksheet, write_zip
from maillon.web.intake.models import Import, Upload, Version
from maillon.web.intake.services import uploads
from maillon.web.jobs.models import Job

pytestmark = pytest.mark.django_db(transaction=True)
SMALL = b"Ref;Qte\nA1;2\nA2;3\n"


def encrypted(folder):
    return compound_file({"EncryptionInfo": b"x" * 200, "EncryptedPackage": b"x" * 9000})


def bomb(folder):
    archive = raw_workbook()
    archive.add("xl/media/a.bin", b"", deflated=deflated_zeros(512), declared=512 << 20)
    return archive.write(folder / "bomb.xlsx").read_bytes()


def charts_only(folder):
    parts = workbook_parts({"Graphique": worksheet("")})
    return write_zip(folder / "chart.xlsx", parts).read_bytes()


def web_page(folder):
    return b"<html><table><tr><td>1</td></tr></table></html>"


def cut_short(folder):
    return b"PK\x03\x04"


@pytest.mark.parametrize("made", [encrypted, bomb, charts_only, web_page, cut_short])
def test_what_the_reader_refuses_is_told_and_writes_nothing(territory, signed_in, tmp_path, made):
    client = signed_in("owner")
    file = SimpleUploadedFile("achats.xlsx", made(tmp_path))
    answer = client.post(f"/projects/{territory.project.pk}/import/", {"files": [file]})
    assert answer.status_code == 302
    Worker(
        queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="test", excluded_queue_names=[],
    ).run()  # fmt: skip
    page = client.get(answer.url).content.decode()
    assert 'class="note k"' in page
    with scopes_disabled():
        assert Job.objects.get().state == Job.State.FAILED
        assert Import.objects.get().understood is None
        assert Version.objects.filter(project=territory.project).count() == 1


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("bad", ["empty", "large"])
def test_files_given_together_are_kept_all_or_none(territory, signed_in, monkeypatch, bad, order):
    monkeypatch.setattr(uploads, "LARGEST", 1024)
    files = [
        SimpleUploadedFile("bonne.csv", SMALL),
        SimpleUploadedFile("autre.csv", b"" if bad == "empty" else b"x" * 1025),
    ]
    with scopes_disabled():
        before = Upload.objects.count()
    answer = signed_in("owner").post(f"/projects/{territory.project.pk}/import/", {"files": files[::order]})
    assert answer.status_code == 422
    assert "autre.csv" in answer.content.decode()
    with scopes_disabled():
        assert Upload.objects.count() == before
        assert not Import.objects.exists()
