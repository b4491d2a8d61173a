"""Quotations of a line: typed in, read from a table, removed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from maillon.core.errors import MaillonError
from maillon.web.cost.cases import Case
from maillon.web.cost.forms.quotation import QuotationFile, QuotationForm
from maillon.web.cost.models import CostLine, CostQuotation
from maillon.web.cost.offers import rank_quotations
from maillon.web.cost.queries.runs import line_of, quotations_of
from maillon.web.cost.services.quotations import keep_quotations, read_offers, remove_quotation, typed_offer
from maillon.web.cost.views.costs import seen_by
from maillon.web.cost.views.line import project_to_edit
from maillon.web.follow.models import Project, Stage
from maillon.web.follow.queries.chain import chain_of
from maillon.web.follow.queries.projects import project_for
from maillon.web.people.rights import Right


@require_GET
def quotations(request: HttpRequest, pk: UUID, line: int) -> HttpResponse:
    """Return the quotations of a line by total cost, beside today's purchase."""
    project = project_for(request.viewer, pk, Right.PRICES)
    return _shown(request, project, line_of(project, line))


def _shown(
    request: HttpRequest, project: Project, line: CostLine, status: int = 200, **more: object
) -> HttpResponse:
    context = seen_by(request.viewer, project) | {
        "project": project,
        "chain": chain_of(project, Stage.COST),
        "line": line,
        "ranked": rank_quotations(Case(**line.case), quotations_of(project, line.line)),
        "form": QuotationForm(),
        "file_form": QuotationFile(),
    }
    return render(request, "cost/quotations.html", context | more, status=status)


@require_POST
def type_in(request: HttpRequest, pk: UUID, line: int) -> HttpResponse:
    """Keep a quotation that was typed."""
    project = project_to_edit(request, pk)
    found, form = line_of(project, line), QuotationForm(request.POST)
    if not form.is_valid():
        return _shown(request, project, found, 422, form=form)
    try:
        offer = typed_offer(form.cleaned_data)
    except MaillonError as error:
        return _shown(request, project, found, 422, form=form, refused=error)
    keep_quotations(project, found.line, [(offer, form.cleaned_data["rate"])], request.viewer)
    return redirect("cost:quotations", pk=pk, line=line)


@require_POST
def read_in(request: HttpRequest, pk: UUID, line: int) -> HttpResponse:
    """Keep the quotations of a table."""
    project = project_to_edit(request, pk)
    found, form = line_of(project, line), QuotationFile(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, project, found, 422, file_form=form)
    try:
        offers = read_offers(form.cleaned_data["file"], found)
    except MaillonError as error:
        return _shown(request, project, found, 422, refused=error)
    keep_quotations(project, found.line, offers, request.viewer)
    return redirect("cost:quotations", pk=pk, line=line)


@require_POST
def remove(request: HttpRequest, pk: UUID, quotation: UUID) -> HttpResponse:
    """Delete a quotation."""
    project = project_to_edit(request, pk)
    found = get_object_or_404(
        CostQuotation.objects.changeable_by(request.viewer).filter(project=project), pk=quotation
    )
    remove_quotation(found, request.viewer)
    return redirect("cost:quotations", pk=pk, line=found.line)
