"""Pages of long work: a list, one job that reports on itself, cancelling."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from maillon.web.jobs.kinds import kind_of
from maillon.web.jobs.models import Job
from maillon.web.jobs.queries.jobs import jobs_for
from maillon.web.jobs.said import messages_from_json
from maillon.web.jobs.services.run import cancel_job, start_job


@require_GET
def job_list(request: HttpRequest) -> HttpResponse:
    """Return the latest jobs of the viewer's firms."""
    jobs = jobs_for(request.viewer).select_related("organisation")[:50]
    told = [{"job": one, "title": kind_of(one.kind).title} for one in jobs]
    return render(request, "jobs/list.html", {"jobs": told})


@require_GET
def job(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return how far a job is; as a fragment it asks again every two seconds until it is over."""
    found = get_object_or_404(jobs_for(request.viewer).select_related("organisation"), pk=pk)
    if found.state == Job.State.DONE and found.result_url:
        if request.htmx:
            return HttpResponse(headers={"HX-Redirect": found.result_url})
        return redirect(found.result_url)
    told = {"job": found, "title": kind_of(found.kind).title, "said": messages_from_json(found.said)}
    return render(request, "jobs/includes/job.html" if request.htmx else "jobs/job.html", told)


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask a job to stop."""
    found = get_object_or_404(jobs_for(request.viewer), pk=pk)
    cancel_job(found)
    return redirect("jobs:job", pk=pk)


@require_POST
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Start a job anew that failed or was cancelled."""
    found = get_object_or_404(jobs_for(request.viewer), pk=pk)
    key = found.key.removeprefix(f"{found.kind}:")
    start_job(found.kind, found.organisation_id, request.viewer.user, key, **found.params)
    return redirect("jobs:job", pk=pk)
