"""The example in one click, and its removal."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from maillon.web.follow.forms import ExampleForm
from maillon.web.follow.queries.projects import project_for
from maillon.web.follow.services.example import open_example, remove_example
from maillon.web.jobs.services.run import start_job
from maillon.web.people.models import Organisation
from maillon.web.people.rights import Right


@require_POST
def load(request: HttpRequest) -> HttpResponse:
    """Open the example in the space of a firm, the first one's where none is named, and import its file."""
    firms = request.viewer.firms(Right.UPLOAD)
    form = ExampleForm(request.POST)
    if not form.is_valid():
        raise Http404
    open_to = Organisation.objects.visible_to(request.viewer).filter(pk__in=firms)
    named = form.cleaned_data["organisation"]
    firm = get_object_or_404(open_to, pk=named) if named else open_to.first()
    if firm is None:
        messages.error(request, _("No firm has given you access yet"))
        return redirect("follow:new")
    project = open_example(firm, request.viewer)
    job = start_job("load_example", firm.pk, request.viewer.user, str(project.pk), project=str(project.pk))
    return redirect("jobs:job", pk=job.pk)


@require_POST
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove an example; a firm's own project is not found here."""
    found = project_for(request.viewer, pk, Right.UPLOAD)
    if not found.example:
        raise Http404
    remove_example(found, request.viewer)
    messages.success(request, _("The example was removed."))
    return redirect("follow:projects")
