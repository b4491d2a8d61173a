"""The long work of this step."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillon.web.intake.models import Version
from maillon.web.jobs.kinds import Progress, job_kind
from maillon.web.jobs.models import Job
from maillon.web.people.queries.viewers import viewer_of
from maillon.web.people.rights import Right
from maillon.web.search.queries.asked import Asked
from maillon.web.search.queries.engine import open_engine
from maillon.web.search.queries.known import known_of
from maillon.web.search.queries.needs import bought_lines
from maillon.web.search.services.need_results import KIND, search_needs


@job_kind(KIND, _("Search for every line"), Right.RESULTS_WRITE)
def search_version(job: Job, progress: Progress) -> str:
    """Search every bought line of a version and keep the best candidates of each wording."""
    version = Version.objects.get(pk=job.params["version"])
    viewer = viewer_of(job.started_by)
    lines = bought_lines(version, viewer, job.params["origin"])
    texts = [text for text in lines.values_list("designation", flat=True) if text]
    asked = Asked(near=job.params["near"], km=job.params["km"])
    search_needs(open_engine(), version, texts, asked, known_of(viewer, [job.organisation_id]), progress)
    return reverse("search:needs", args=[version.project_id])
