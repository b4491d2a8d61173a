"""The long work of this step."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillon.web.cost.queries.material import material_of
from maillon.web.cost.services.runs import KIND, keep_costs
from maillon.web.intake.models import Version
from maillon.web.jobs.kinds import Progress, job_kind
from maillon.web.jobs.models import Job
from maillon.web.people.rights import Right


@job_kind(KIND, _("True cost of imports"), Right.RESULTS_WRITE)
def cost_version(job: Job, progress: Progress) -> str:
    """Cost the dearest lines made abroad of a version."""
    from maillon.pipeline.costing import cost_lines  # noqa: PLC0415 - polars loads only in the worker

    version = Version.objects.select_related("project").get(pk=job.params["version"])
    progress(0.05)
    bom, diagnosis = material_of(version)
    progress(0.4)
    today = dt.date.fromisoformat(job.params["today"])
    per_year = job.params["per_year"] or version.project.per_year
    costs = cost_lines(
        bom, diagnosis, per_year=per_year, today=today, progress=lambda share: progress(0.4 + 0.5 * share)
    )
    keep_costs(version, costs, today, job.started_by_id)
    return reverse("cost:costs", args=[version.project_id])
