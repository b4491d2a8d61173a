"""The queue in which a person says which establishment each vendor is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from maillon.core.errors import InvalidRequest
from maillon.core.reason import Reason
from maillon.language import render as say
from maillon.web.follow.models import Stage
from maillon.web.follow.queries.chain import chain_of
from maillon.web.follow.queries.projects import project_for
from maillon.web.intake.forms.lines_cells import reader_language
from maillon.web.intake.models import VendorMatch
from maillon.web.intake.queries.lines_door import Door, open_lines
from maillon.web.intake.queries.vendors_queue import FIRST, PILES, queue_of
from maillon.web.intake.queries.versions import current_version
from maillon.web.intake.services.vendors_answer import accept_sure, answer_vendor
from maillon.web.intake.views.lines_back import back_to
from maillon.web.jobs.services.run import start_job
from maillon.web.people.rights import Right

PILE_WORDS = {
    "doubtful": gettext_lazy("To look at"),
    "sure": gettext_lazy("Found, sure"),
    "none": gettext_lazy("Not found"),
    "abroad": gettext_lazy("Abroad"),
    "decided": gettext_lazy("Decided"),
}
#: Candidates side by side, each with its key; reasons told of each.
CANDIDATES, REASONS = 3, 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """An establishment as the queue shows it."""

    about: dict[str, Any]
    activity: str
    reasons: list[str]
    key: int


@dataclass(frozen=True, slots=True)
class Vendor:
    """A vendor with its candidates; ``first`` answers to the keys."""

    match: VendorMatch
    candidates: list[Candidate]
    why: list[str]
    first: bool


@require_GET
def vendors(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Return the queue of a version's vendors."""
    project = project_for(request.viewer, pk, Right.BOM)
    chain = chain_of(project, Stage.DIAGNOSE)
    if "version" not in request.GET and current_version(project) is None:
        return render(request, "intake/bom_empty.html", {"project": project, "chain": chain})
    door = open_lines(request.viewer, pk, request.GET)
    told = _queue(request, door, request.GET.get("pile", FIRST), request.GET.get("page", "1")) | {
        "chain": chain
    }
    return render(request, "intake/includes/vendors.html" if request.htmx else "intake/vendors.html", told)


def _queue(request: HttpRequest, door: Door, pile: str, page: str) -> dict[str, object]:
    queue = queue_of(door.version, pile, page, door.prices)
    shown = [_vendor(match, place == 0) for place, match in enumerate(queue.page.object_list)]
    return {
        "door": door, "project": door.project, "version": door.version, "queue": queue, "vendors": shown,
        "page_obj": queue.page, "done": request.GET.get("done", ""),
        "piles": [(name, PILE_WORDS[name], queue.counts[name]) for name in PILES],
        "here": back_to(request, door) if request.method == "POST" else request.get_full_path(),
    }  # fmt: skip


def _vendor(match: VendorMatch, first: bool) -> Vendor:
    candidates = [
        Candidate(about, _activity(about.get("naf")), _why(about["reasons"]), key)
        for key, about in enumerate(match.candidates[:CANDIDATES], 1)
    ]
    return Vendor(match, candidates, _why(match.reasons), first and match.answer == "")


def _activity(naf: str | None) -> str:
    from maillon.reference.classifications import naf as activities  # noqa: PLC0415 - reads a table

    if not naf:
        return _("activity unknown")
    try:
        return activities.label(naf, reader_language())
    except KeyError:
        return naf


def _why(reasons: list[dict[str, Any]]) -> list[str]:
    """Return what weighs most, for or against, in words; the common starting point left out."""
    from maillon.method.search.resolve import explain_vendor_reason  # noqa: PLC0415 - brings the index along

    told = [
        Reason(one["code"], one["weight"], one["params"]) for one in reasons if one["code"] != "vendor-none"
    ]
    heaviest = sorted(told, key=lambda reason: -abs(reason.weight))[:REASONS]
    language = reader_language()
    return [say(explain_vendor_reason(reason, language), language) for reason in heaviest]


@require_POST
def resolve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Start comparing the vendors with the register."""
    door = _writable(request, pk)
    version = door.version
    job = start_job(
        "vendors", door.project.organisation_id, request.user.pk, f"{version.pk}:{version.revision}",
        version=str(version.pk),
    )  # fmt: skip
    return redirect("jobs:job", pk=job.pk)


def _writable(request: HttpRequest, pk: UUID) -> Door:
    door = open_lines(request.viewer, pk, request.GET, Right.BOM_WRITE)
    if not door.writes:
        raise Http404
    return door


@require_POST
def answer(request: HttpRequest, pk: UUID, match: UUID) -> HttpResponse:
    """Say which candidate a vendor is, or none of them."""
    door = _writable(request, pk)
    found = get_object_or_404(VendorMatch, version=door.version, pk=match)
    try:
        done = answer_vendor(door.version, found, request.POST.get("siret", ""), request.user.pk)
    except InvalidRequest as error:
        messages.error(request, say(error.what, reader_language()))
        return _after(request, door, None)
    return _after(request, door, done.batch)


@require_POST
def accept(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Accept the vendors found for sure."""
    door = _writable(request, pk)
    done, vendors = accept_sure(door.version, request.user.pk)
    return _after(request, door, done.batch if vendors else None)


def _after(request: HttpRequest, door: Door, batch: UUID | None) -> HttpResponse:
    pile, page = request.POST.get("pile", FIRST), request.POST.get("page", "1")
    if request.htmx:
        told = _queue(request, door, pile, page) | {"done": batch}
        return render(request, "intake/includes/vendors.html", told)
    target = back_to(request, door)
    return redirect(f"{target}{'&' if '?' in target else '?'}done={batch}" if batch else target)
