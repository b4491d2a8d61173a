"""The long work of a diagnosis: computing it, printing its documents."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillon.web.diagnose.models import DiagnosisRun
from maillon.web.diagnose.services.runs import diagnose_version, print_document
from maillon.web.intake.models import Version
from maillon.web.jobs.kinds import Progress, job_kind
from maillon.web.jobs.models import Job
from maillon.web.people.rights import Right


@job_kind("diagnose", _("Diagnosis"), Right.RESULTS_WRITE)
def diagnose(job: Job, progress: Progress) -> str:
    """Diagnose a version and return its page."""
    version = Version.objects.select_related("project").get(pk=job.params["version"])
    run = diagnose_version(version, job.started_by_id, progress)
    return f"{reverse('diagnose:diagnosis', args=[run.project_id])}?version={version.number}"


@job_kind("print_diagnosis", _("Document of the diagnosis"), Right.PRICES)
def print_diagnosis(job: Job, progress: Progress) -> str:
    """Print a document and return its address."""
    run = DiagnosisRun.objects.select_related("version__project").get(pk=job.params["run"])
    document = print_document(run, job.params["form"], job.params["language"], progress)
    return reverse("diagnose:document", args=[run.project_id, document.pk])
