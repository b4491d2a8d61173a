"""The quick cost for anybody signed in: seven figures, nothing kept."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from maillon.core.errors import MaillonError
from maillon.web.cost.cases import compare_case
from maillon.web.cost.forms.quick import QuickCostForm
from maillon.web.cost.queries.told import tell_comparison
from maillon.web.cost.views.workbook import workbook_of
from maillon.web.ui.templatetags.maillon import language


@require_http_methods(["GET", "POST"])
def quick(request: HttpRequest) -> HttpResponse:
    """Return the form and, once it is filled, the total cost of the import. Nothing is stored."""
    form = QuickCostForm(request.POST or None)
    context: dict[str, object] = {"form": form, "prices": True}
    if request.method == "POST" and form.is_valid():
        case = form.changed_case()
        try:
            context |= {"case": case, "told": tell_comparison(compare_case(case), case, language())}
        except MaillonError as error:
            context["refused"] = error
    page = "cost/includes/quick.html" if request.htmx else "cost/quick.html"
    return render(request, page, context, status=422 if form.errors or "refused" in context else 200)


@require_POST
def quick_workbook(request: HttpRequest) -> HttpResponse | FileResponse:
    """Return the workbook with live formulas of what the form holds."""
    form = QuickCostForm(request.POST)
    if not form.is_valid():
        return render(request, "cost/quick.html", {"form": form, "prices": True}, status=422)
    try:
        return workbook_of(compare_case(form.changed_case()), "cost.xlsx")
    except MaillonError as error:
        context = {"form": form, "prices": True, "refused": error}
        return render(request, "cost/quick.html", context, status=422)
