"""The desk and the list of what is due: what is shown, to whom, in how many queries."""

import datetime as dt

import pytest
from django.utils import timezone
from django_scopes import scopes_disabled

from factories.web import make_project
from maillon.web.follow.models import Task
from maillon.web.follow.queries.due import Wanted, count_tasks, due_tasks

pytestmark = pytest.mark.django_db


def add(project, title, days=None, kind="task", done=False):
    today = timezone.localdate()
    with scopes_disabled():
        return Task.objects.create(
            organisation_id=project.organisation_id,
            project=project,
            title=title,
            kind=kind,
            due=None if days is None else today + dt.timedelta(days=days),
            done_at=timezone.now() if done else None,
        )


@pytest.fixture
def tasks(territory):
    mine, theirs = territory.project, territory.other_project
    add(mine, "Relancer la fonderie", -2, "answer")
    add(mine, "Appeler l'acheteuse", 3, "call")
    add(mine, "Comité", 30, "date")
    add(mine, "Trier les doutes")
    add(mine, "Fait hier", -1, done=True)
    add(theirs, "SECRET", -5)


def titles(viewer, **wanted):
    with scopes_disabled():
        return [task.title for task in due_tasks(viewer, Wanted(**wanted))]


@pytest.mark.usefixtures("tasks")
def test_what_is_due_comes_first_and_only_ours(viewer) -> None:
    assert titles(viewer("adviser")) == [
        "Relancer la fonderie", "Appeler l'acheteuse", "Comité", "Trier les doutes",
    ]  # fmt: skip
    assert titles(viewer("other_owner")) == ["SECRET"]
    assert titles(viewer("adviser_unconfirmed")) == []


@pytest.mark.usefixtures("tasks")
@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"when": "late"}, ["Relancer la fonderie"]),
        ({"when": "week"}, ["Appeler l'acheteuse"]),
        ({"when": "later"}, ["Comité"]),
        ({"when": "undated"}, ["Trier les doutes"]),
        ({"when": "done"}, ["Fait hier"]),
        ({"kind": "call"}, ["Appeler l'acheteuse"]),
        ({"kind": "call", "when": "late"}, []),
    ],
)
def test_filters_by_time_and_kind(viewer, wanted, found) -> None:
    assert titles(viewer("owner"), **wanted) == found


@pytest.mark.usefixtures("tasks")
def test_the_count_of_a_choice_is_what_choosing_it_gives(viewer) -> None:
    owner = viewer("owner")
    for wanted in (Wanted(), Wanted(kind="answer"), Wanted(when="late"), Wanted("call", "week")):
        with scopes_disabled():
            kinds, whens = count_tasks(owner, wanted)
        assert kinds == {kind: len(titles(owner, kind=kind, when=wanted.when)) for kind in kinds}
        assert whens == {when: len(titles(owner, kind=wanted.kind, when=when)) for when in whens}


def test_an_address_asks_only_for_what_exists() -> None:
    assert Wanted.read({"kind": "x' OR 1", "when": "late"}) == Wanted("", "late")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("/", 8), ("/projects/", 6), ("/projects/due/", 6)])
def test_lists_cost_the_same_whatever_their_length(
    signed_in, territory, django_assert_num_queries, count, path, queries
) -> None:
    for number in range(count):
        add(make_project(territory.firm, f"P{number}"), f"À faire {number}", number)
    client = signed_in("owner")
    with django_assert_num_queries(queries):
        page = client.get(path).content.decode()
    assert all(f"P{number}" in page for number in range(count))
    assert "Fauteuil" not in page


def test_an_empty_desk_offers_the_first_step(signed_in) -> None:
    page = signed_in("supplier").get("/").content.decode()
    assert "Aucun dossier pour l’instant" in page
    assert 'href="/projects/new/"' in page
