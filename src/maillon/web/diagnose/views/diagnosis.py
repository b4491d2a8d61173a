"""The page of a diagnosis, two side by side, and the documents printed from it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from maillon.web.diagnose.models import DiagnosisRun, Document
from maillon.web.diagnose.queries.marks import led
from maillon.web.diagnose.queries.runs import is_stale, latest_run
from maillon.web.follow.models import Project, Stage
from maillon.web.follow.queries.chain import chain_of
from maillon.web.follow.queries.projects import project_for
from maillon.web.intake.models import Version
from maillon.web.intake.queries.versions import current_version, version_for
from maillon.web.jobs.services.run import start_job
from maillon.web.journal.services.record import record
from maillon.web.people.rights import Right

#: Where the lines behind each part of the page are, as a filter of the table of lines.
LINES = {
    "local": "",
    "abroad": "abroad=on",
    "ask": "making=-",
    "suppliers": "sort=-amount",
    "flows": "sort=making",
    "lines": "",
    "label": "",
    "single": "single=on",
}

#: The page that helps with each of the next actions, by the part of the report that it is about.
HELPS = {
    "doubts": ("intake:bom", "unpriced=on"),
    "ask": ("intake:bom", "making=-"),
    "suppliers": ("intake:vendors", ""),
    "makers": ("search:needs", ""),
    "abroad": ("search:needs", ""),
    "costs": ("cost:costs", ""),
    "label": ("intake:bom", "evidence=-"),
}


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 9:
        raise Http404
    return int(text)


@require_GET
def diagnosis(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the diagnosis of the current version, or of those that the address names."""
    project = project_for(request.viewer, pk, Right.RESULTS)
    number, against = _number(request, "version"), _number(request, "against")
    version = version_for(project, number) if number else current_version(project)
    told: dict[str, Any] = {
        "project": project,
        "chain": chain_of(project, Stage.DIAGNOSE),
        "version": version,
        "may_compute": request.viewer.may(Right.RESULTS_WRITE, project.organisation_id),
        "may_lines": request.viewer.may(Right.BOM, project.organisation_id),
        "prices": request.viewer.may(Right.PRICES, project.organisation_id),
        "lines": LINES,
        "helps": {name: f"{reverse(page, args=[pk])}?{query}" for name, (page, query) in HELPS.items()},
    }
    run = latest_run(version) if version else None
    if run is None:
        return render(request, "diagnose/empty.html", told)
    told |= {"run": run, "stale": is_stale(run), "shown": _shown(run, request, told["prices"])}
    if against:
        other = latest_run(version_for(project, against))
        told |= {"other": other, "against": against}
        told["other_shown"] = _shown(other, request, told["prices"]) if other else None
    return render(request, "diagnose/diagnosis.html", told)


def _shown(run: DiagnosisRun, request: HttpRequest, prices: bool) -> dict[str, Any]:
    sees = request.viewer.may(Right.BOM, run.organisation_id)
    base = reverse("diagnose:lines", args=[run.project_id, run.pk]) if sees else None
    return led(run.shown(prices, request.LANGUAGE_CODE), base)


@require_POST
def compute(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have a version diagnosed; the same lines are diagnosed once."""
    project = project_for(request.viewer, pk, Right.RESULTS_WRITE)
    text = request.POST.get("version", "")
    version = _posted_version(project, text)
    job = start_job(
        "diagnose", project.organisation_id, request.viewer.user,
        f"{version.pk}:{version.revision}", version=str(version.pk),
    )  # fmt: skip
    return redirect("jobs:job", pk=job.pk)


def _posted_version(project: Project, text: str) -> Version:
    return version_for(project, int(text) if text.isdecimal() and len(text) < 9 else None)


@require_POST
def print_out(request: HttpRequest, pk: UUID, run: UUID, form: str) -> HttpResponse:
    """Have a document of a diagnosis printed in the reader's language."""
    project = project_for(request.viewer, pk, Right.PRICES)
    found = get_object_or_404(DiagnosisRun.objects.visible_to(request.viewer), pk=run, project=project)
    if form not in Document.Form.values:
        raise Http404
    language = "en" if request.LANGUAGE_CODE == "en" else "fr"
    job = start_job(
        "print_diagnosis", project.organisation_id, request.viewer.user,
        f"{found.pk}:{form}:{language}", run=str(found.pk), form=form, language=language,
    )  # fmt: skip
    return redirect("jobs:job", pk=job.pk)


@require_GET
def document(request: HttpRequest, pk: UUID, document: UUID) -> FileResponse:
    """Return a printed document as a download; who took it is written to the journal."""
    project = project_for(request.viewer, pk, Right.PRICES)
    documents = Document.objects.visible_to(request.viewer).filter(run__project=project)
    found = get_object_or_404(documents, pk=document)
    record("document_read", found.organisation_id, request.viewer.user, found, form=found.form)
    name = f"{'diagnostic' if found.language == 'fr' else 'diagnosis'}.{found.form}"
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=name)
