"""Lists of firms that people bring: exclusions of a firm, an office's exhibitors and makers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from maillon.core.errors import MaillonError
from maillon.web.search.forms.lists import FirmListForm
from maillon.web.search.models import FirmList, OfficeList
from maillon.web.search.queries.engine import open_engine
from maillon.web.search.services.firm_lists import (
    keep_exclusions,
    keep_office_list,
    read_firm_list,
    remove_exclusions,
    remove_office_list,
)


@require_http_methods(["GET", "POST"])
def firm_lists(request: HttpRequest) -> HttpResponse:
    """Return the lists that one may see; take in one more."""
    form = FirmListForm(request.POST or None, request.FILES or None, viewer=request.viewer)
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            return _take_in(request, form.cleaned_data)
        except MaillonError as error:
            refused = error
    told = {
        "form": form,
        "refused": refused,
        "firm_lists": FirmList.objects.visible_to(request.viewer).select_related("organisation")[:100],
        "office_lists": OfficeList.objects.visible_to(request.viewer).select_related("office")[:100],
    }
    return render(request, "search/lists.html", told, status=422 if form.errors or refused else 200)


def _take_in(request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
    read = read_firm_list(given["file"], lambda: open_engine().register)
    name, owner = str(given["name"]), given["owner"].pk
    if given["kind"] == FirmListForm.EXCLUDED:
        keep_exclusions(name, read, owner, request.viewer)
    else:
        keep_office_list(name, str(given["kind"]), read, owner, request.viewer)
    count = len(read.numbers)
    told = ngettext("%(n)d firm taken in.", "%(n)d firms taken in.", count) % {"n": count}
    if read.unresolved:
        left = len(read.unresolved)
        told += " " + ngettext(
            "%(n)d row was not recognised: it is shown below.",
            "%(n)d rows were not recognised: they are shown below.",
            left,
        ) % {"n": left}
    messages.success(request, told)
    return redirect("search:firm_lists")


@require_POST
def remove_list(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Forget a list."""
    mine = FirmList.objects.changeable_by(request.viewer).filter(pk=pk).first()
    if mine is not None:
        remove_exclusions(mine, request.viewer)
    else:
        ours = OfficeList.objects.visible_to(request.viewer).filter(pk=pk).first()
        if ours is None:
            raise Http404
        remove_office_list(ours)
    messages.success(request, _("The list is forgotten."))
    return redirect("search:firm_lists")
