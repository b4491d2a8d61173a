"""The long work of an import: reading files, and writing what was read."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillon.web.intake.models import Import
from maillon.web.intake.services.imports import understand_import, write_version
from maillon.web.jobs.kinds import Progress, job_kind
from maillon.web.jobs.models import Job
from maillon.web.people.rights import Right


@job_kind("read_files", _("Reading the files"), Right.UPLOAD)
def read_files(job: Job, progress: Progress) -> str:
    """Read the files of an import and return the page of its columns."""
    importing = Import.objects.select_related("project").get(pk=job.params["importing"])
    understand_import(importing, progress)
    return reverse("intake:columns", args=[importing.project_id, importing.pk])


@job_kind("import_files", _("Importing the files"), Right.UPLOAD)
def import_files(job: Job, progress: Progress) -> str:
    """Write the version of an import and return the page that says so."""
    importing = Import.objects.select_related("project").get(pk=job.params["importing"])
    write_version(importing, progress)
    return reverse("intake:imported", args=[importing.project_id, importing.pk])
