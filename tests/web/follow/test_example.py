"""The example: in one click, in one's own space, whole, and gone in one click."""

import pytest
from django.urls import reverse
from django.utils import translation

from maillon.web.follow.models import Project
from maillon.web.follow.services.example import import_example, open_example
from maillon.web.intake.models import Line, Upload
from maillon.web.jobs.models import Job

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_scope")]


def test_one_click_opens_the_example_and_starts_its_import(signed_in, territory) -> None:
    client = signed_in("owner")
    answer = client.post(reverse("follow:load_example"))
    project = Project.objects.get(example=True)
    job = Job.objects.get(kind="load_example")
    assert (project.organisation_id, job.params) == (territory.firm.pk, {"project": str(project.pk)})
    assert answer.url == reverse("jobs:job", args=[job.pk])
    client.post(reverse("follow:load_example"))
    assert Project.objects.filter(example=True).count() == 1


def test_the_example_is_whole_and_leaves_nothing_behind(signed_in, territory, viewer) -> None:
    shares = []
    with translation.override("fr"):
        project = open_example(territory.firm, viewer("owner"))
    version = import_example(project, viewer("owner"), shares.append)
    assert project.name == "Cobot, exemple inventé"
    assert version.lines_count == Line.objects.filter(version=version).count() > 2000
    assert shares == sorted(shares)
    file = Upload.objects.get(project=project).file
    assert file.storage.exists(file.name)
    signed_in("owner").post(reverse("follow:remove_example", args=[project.pk]))
    assert not Project.objects.filter(pk=project.pk).exists()
    assert not Line.objects.filter(version_id=version.pk).exists()
    assert not file.storage.exists(file.name)


def test_a_firms_own_project_is_never_removed(signed_in, territory) -> None:
    answer = signed_in("owner").post(reverse("follow:remove_example", args=[territory.project.pk]))
    assert answer.status_code == 404
    assert Project.objects.filter(pk=territory.project.pk).exists()


def test_the_example_opens_in_no_strangers_space(signed_in, territory) -> None:
    asked = {"organisation": str(territory.other.pk)}
    assert signed_in("owner").post(reverse("follow:load_example"), asked).status_code == 404
    assert not Project.objects.filter(example=True).exists()


def test_who_has_no_firm_is_told_so(signed_in) -> None:
    page = signed_in("adviser_without").post(reverse("follow:load_example"), follow=True)
    assert "Aucune entreprise ne vous a encore donné accès" in page.content.decode()
