"""Parts of a page that only some of its readers find: what the answers' numbers alone do not tell."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from factories.web_objects import make_objects
from maillon.web.cost.models import CostRun
from maillon.web.cost.queries.runs import lines_of
from maillon.web.follow.models import Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def objects(territory):
    return make_objects(territory)


def opened(client, objects, persona, name, **params):
    client.force_login(objects[persona])
    return client.get(reverse(name, kwargs=params))


@pytest.mark.parametrize(
    ("persona", "follows", "prices", "tasks"),
    [
        ("owner", True, True, 1),
        ("member", True, False, 1),
        ("adviser", True, False, 1),
        ("adviser_prices", True, True, 1),
        ("adviser_unconfirmed", False, False, 0),
    ],
)
def test_a_project_follows_the_rights(client, objects, persona, follows, prices, tasks):
    told = opened(client, objects, persona, "follow:project", pk=objects["project"].pk).context
    assert (told["follows"], told["prices"], len(told["tasks"])) == (follows, prices, tasks)


@pytest.mark.parametrize(
    ("persona", "names"),
    [
        ("owner", ["import", "bom", "vendors", "diagnosis", "needs", "costs", "plans"]),
        ("member", ["diagnosis", "needs", "costs", "plans"]),
        ("reader", ["bom", "vendors", "diagnosis", "needs", "costs", "plans"]),
        ("adviser_unconfirmed", ["import"]),
    ],
)
def test_the_steps_are_those_one_may_take(client, objects, persona, names):
    told = opened(client, objects, persona, "follow:project", pk=objects["project"].pk).context
    assert [shown.step.name.partition(":")[2] for shown in told["steps"]] == names


@pytest.mark.parametrize(
    ("persona", "firms"),
    [("owner", 1), ("buyer", 1), ("member", 0), ("reader", 0), ("adviser_unconfirmed", 1)],
)
def test_a_new_project_is_offered_where_files_may_be_brought_in(client, objects, persona, firms):
    told = opened(client, objects, persona, "follow:new").context
    assert told["form"].fields["organisation"].queryset.count() == firms


@pytest.mark.parametrize("persona", ["member", "reader", "other_owner"])
def test_nobody_loads_the_example_where_no_file_may_be_brought_in(client, objects, persona):
    client.force_login(objects[persona])
    answer = client.post(reverse("follow:load_example"), {"organisation": objects["firm"].pk})
    assert answer.status_code == 404


@pytest.mark.parametrize("persona", ["member", "reader", "other_owner"])
def test_nobody_removes_the_example_of_others(client, objects, persona):
    with scopes_disabled():
        Project.objects.filter(pk=objects["project"].pk).update(example=True)
    client.force_login(objects[persona])
    answer = client.post(reverse("follow:remove_example", kwargs={"pk": objects["project"].pk}))
    assert answer.status_code == 404


@pytest.mark.parametrize(("persona", "kept"), [("buyer", "spend"), ("reader", None)])
def test_costs_are_sorted_by_money_only_for_who_sees_it(objects, viewer, persona, kept):
    with scope(organisation=objects["firm"].pk):
        run = CostRun.objects.get(organisation=objects["firm"])
        _lines, order = lines_of(run, viewer(persona), "spend")
    assert (order == "spend") is (kept == "spend")
