"""Pages of what is due: the list over all projects; adding, finishing, putting off."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from maillon.web.follow.forms import PostponeForm, TaskForm
from maillon.web.follow.models import Task
from maillon.web.follow.queries.due import Choice, Wanted, count_tasks, due_tasks, task_for
from maillon.web.follow.queries.projects import project_for
from maillon.web.follow.services.tasks import add_task, finish_task, postpone_task, reopen_task
from maillon.web.follow.views.back import back_to
from maillon.web.follow.views.projects import project_page
from maillon.web.people.rights import Right

WHEN_LABELS = {
    "late": gettext_lazy("late"),
    "week": gettext_lazy("within a week"),
    "later": gettext_lazy("later"),
    "undated": gettext_lazy("without a date"),
    "done": gettext_lazy("done"),
}


@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """Return what is due in every project of the viewer, fifty a page, by kind and time."""
    wanted = Wanted.read(request.GET.dict())
    kinds, whens = count_tasks(request.viewer, wanted)
    told = {
        "page_obj": Paginator(due_tasks(request.viewer, wanted), 50).get_page(request.GET.get("page")),
        "wanted": wanted,
        "kinds": [Choice(value, str(label), kinds[value]) for value, label in Task.Kind.choices],
        "whens": [Choice(value, str(label), whens[value]) for value, label in WHEN_LABELS.items()],
        "today": timezone.localdate(),
    }
    return render(request, "follow/includes/due.html" if request.htmx else "follow/due.html", told)


@require_POST
def add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down something due in a project."""
    project = project_for(request.viewer, pk, Right.RESULTS)
    form = TaskForm(request.POST)
    if not form.is_valid():
        return project_page(request, project, 422, task=form)
    add_task(form.save(commit=False), project, request.viewer)
    return back_to(request, reverse("follow:project", args=[pk]))


@require_POST
def finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mark a task as done, or take that back."""
    task = task_for(request.viewer, pk)
    if request.POST.get("undo"):
        reopen_task(task, request.viewer)
    else:
        finish_task(task, request.viewer)
        messages.success(request, _("Done: “%(title)s”.") % {"title": task.title})
    return back_to(request, reverse("follow:project", args=[task.project_id]))


@require_POST
def postpone(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a task off by some days."""
    task = task_for(request.viewer, pk)
    form = PostponeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A task can be put off by 1 to 366 days."))
        return project_page(request, project_for(request.viewer, task.project_id, Right.RESULTS), 422)
    postpone_task(task, form.cleaned_data["days"], request.viewer)
    return back_to(request, reverse("follow:project", args=[task.project_id]))
