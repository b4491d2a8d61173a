"""Tasks of a project: written, put off, done, taken back; refused in words; never a stranger's."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scopes_disabled

from maillon.web.follow.models import Project, Task
from maillon.web.journal.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_scope")]


def add(client, project, **values):
    given = {"kind": "call", "title": "Appeler", "about": "Ormelune", "due": "2026-12-04", **values}
    return client.post(reverse("follow:add_task", args=[project.pk]), given)


def actions():
    with scopes_disabled():
        return [event.action for event in Event.objects.order_by("number")]


def test_a_task_is_added_postponed_done_and_taken_back(signed_in, territory) -> None:
    client, project = signed_in("owner"), territory.project
    assert add(client, project).status_code == 302
    task = Task.objects.get()
    assert (task.kind, task.title, task.due) == ("call", "Appeler", dt.date(2026, 12, 4))
    assert task.organisation_id == project.organisation_id
    Task.objects.update(due=timezone.localdate() - dt.timedelta(days=9))
    client.post(reverse("follow:postpone_task", args=[task.pk]), {"days": 7})
    assert Task.objects.get().due == timezone.localdate() + dt.timedelta(days=7)
    client.post(reverse("follow:finish_task", args=[task.pk]))
    client.post(reverse("follow:finish_task", args=[task.pk]))
    assert Task.objects.get().done_at is not None
    client.post(reverse("follow:finish_task", args=[task.pk]), {"undo": "1"})
    assert Task.objects.get().done_at is None
    assert actions() == ["task_added", "task_postponed", "task_done", "task_reopened"]


def test_what_was_typed_of_a_refused_task_is_not_lost(signed_in, territory) -> None:
    answer = add(signed_in("owner"), territory.project, title="", about="Fonderie typée")
    assert answer.status_code == 422
    assert "Fonderie typée" in answer.content.decode()
    assert not Task.objects.exists()


@pytest.mark.parametrize("name", ["other_owner", "adviser_without", "adviser_unconfirmed", "supplier"])
def test_a_stranger_reaches_no_task(signed_in, territory, name) -> None:
    task = Task.objects.create(organisation=territory.firm, project=territory.project, title="CANARYOURS")
    client = signed_in(name)
    assert add(client, territory.project).status_code == 404
    assert client.post(reverse("follow:finish_task", args=[task.pk])).status_code == 404
    assert client.post(reverse("follow:postpone_task", args=[task.pk]), {"days": 7}).status_code == 404
    assert Task.objects.get().done_at is None
    assert "CANARYOURS" not in client.get("/projects/due/").content.decode()


def test_a_form_returns_to_its_page_but_to_no_other_site(signed_in, territory) -> None:
    client, project = signed_in("owner"), territory.project
    assert add(client, project, next="/projects/due/?when=late").url == "/projects/due/?when=late"
    own = reverse("follow:project", args=[project.pk])
    assert add(client, project, next="https://example.invalid/").url == own
    assert add(client, project, next="//example.invalid/").url == own


def test_the_stage_is_set_and_a_project_closed_and_opened_again(signed_in, territory) -> None:
    client, pk = signed_in("adviser"), territory.project.pk
    client.post(reverse("follow:stage", args=[pk]), {"stage": "plan"})
    client.post(reverse("follow:stage", args=[pk]), {"stage": "moon"})
    assert Project.objects.get(pk=pk).stage == "plan"
    client.post(reverse("follow:close", args=[pk]))
    assert "Cobot" not in client.get("/projects/").content.decode()
    assert "Cobot" in client.get("/projects/?state=closed").content.decode()
    client.post(reverse("follow:close", args=[pk]), {"undo": "1"})
    assert "Cobot" in client.get("/projects/").content.decode()
    assert [action for action in actions() if action != "opened"] == [
        "stage_changed", "project_closed", "project_reopened",
    ]  # fmt: skip


def test_an_unconfirmed_adviser_sees_the_name_and_nothing_else(signed_in, territory) -> None:
    Task.objects.create(organisation=territory.firm, project=territory.project, title="CANARYOURS")
    page = signed_in("adviser_unconfirmed").get(reverse("follow:project", args=[territory.project.pk]))
    text = page.content.decode()
    assert "Cobot" in text
    assert "CANARYOURS" not in text
    assert "3 lignes" not in text
