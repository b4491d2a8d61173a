"""Long work of projects: bringing the example in."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillon.web.follow.models import Project
from maillon.web.follow.services.example import import_example
from maillon.web.jobs.kinds import Progress, job_kind
from maillon.web.jobs.models import Job
from maillon.web.people.queries.viewers import viewer_of
from maillon.web.people.rights import Right


@job_kind("load_example", _("Loading the example"), Right.UPLOAD)
def load_example(job: Job, progress: Progress) -> str:
    """Import the example's file into its project and return the project's page."""
    project = Project.objects.get(pk=job.params["project"])
    import_example(project, viewer_of(job.started_by), progress)
    return reverse("follow:project", args=[project.pk])
