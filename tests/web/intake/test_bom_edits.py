"""Changing cells: what is refused, what follows, history, undo, two people at once, many lines."""

import json

import pytest
from django_scopes import scopes_disabled

from maillon.web.intake.models import Line, LineEdit, Version
from maillon.web.journal.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(territory):
    return f"/projects/{territory.project.pk}/bom/"


@pytest.fixture
def line(territory):
    """Return a line of our project as it is stored, by its number."""

    def read(number):
        with scopes_disabled():
            return Line.objects.get(version__project=territory.project, line=number)

    return read


def put(client, page, number, column, value, seen, **headers):
    data = {"value": value, "seen": json.dumps(seen)}
    return client.post(f"{page}{number}/{column}/", data, headers=headers)


@pytest.mark.parametrize(
    "case",
    [
        ("quantity", "1 234,5", 1.0, 1234.5),
        ("quantity", "1\u202f234,5", 1.0, 1234.5),
        ("quantity", "", 1.0, None),
        ("unit_price", "12.50", 10.0, 12.5),
        ("making_country", "Allemagne", "CN", "DE"),
        ("making_country", "VN", "CN", "VN"),
        ("making_country", "", "CN", None),
        ("family", "machined-parts", None, "machined-parts"),
        ("evidence", "documented", "declared", "documented"),
        ("designation", "carter neuf", "carter aluminium 1 CANARYOURS", "carter neuf"),
        ("must_keep", "on", False, True),
    ],
)
def test_a_cell_takes_what_is_typed(signed_in, page, line, case):
    column, typed, seen, stored = case
    assert put(signed_in("owner"), page, 1, column, typed, seen).status_code == 302
    assert getattr(line(1), column) == stored


@pytest.mark.parametrize(
    ("column", "typed", "words"),
    [
        ("quantity", "douze", "n’est pas un nombre"),
        ("quantity", "-3", "Un nombre négatif"),
        ("quantity", "1e999", "n’est pas un nombre"),
        ("making_country", "Atlantide", "n’est pas un pays connu"),
        ("family", "nothing", "Sélectionnez un choix valide"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(signed_in, page, line, column, typed, words):
    before = getattr(line(1), column)
    answer = put(signed_in("owner"), page, 1, column, typed, before)
    assert (answer.status_code, getattr(line(1), column)) == (422, before)
    assert words in answer.content.decode()


def test_a_new_country_is_declared_and_leaves_no_place_of_the_old(signed_in, page, line):
    with scopes_disabled():
        Line.objects.filter(pk=line(1).pk).update(
            evidence="documented",
            more={"making_site": "Shenzhen", "making_lat": 22.5, "evidence_source": "DAU 12"},
        )
    put(signed_in("owner"), page, 1, "making_country", "Vietnam", "CN")
    found = line(1)
    assert (found.making_country, found.evidence) == ("VN", "declared")
    assert [found.more[name] for name in ("making_site", "making_lat", "evidence_source")] == [
        None,
        None,
        None,
    ]


def test_a_site_gives_its_place(signed_in, page, line):
    put(signed_in("owner"), page, 1, "supplier_site", "25000 Besançon", None)
    found = line(1)
    assert (found.supplier_country, found.more["supplier_departement"]) == ("FR", "25")
    assert found.more["supplier_lat"] == pytest.approx(47.24, abs=0.05)


def test_a_ledger_gets_no_column_that_it_has_not(signed_in, page, line):
    with scopes_disabled():
        Version.objects.filter(pk=line(1).version_id).update(kind="ledger")
    put(signed_in("owner"), page, 1, "making_country", "Vietnam", "CN")
    assert (line(1).making_country, line(1).more) == ("VN", {"evidence_source": None} if line(1).more else {})
    assert put(signed_in("owner"), page, 1, "making_site", "Hanoi", None).status_code == 404


def test_each_edit_is_kept_journalled_and_raises_the_revision(signed_in, territory, page, line):
    put(signed_in("owner"), page, 1, "reference", "NEUVE-7", "R1CANARYOURS")
    with scopes_disabled():
        edit = LineEdit.objects.get(line=line(1))
        event = Event.objects.filter(organisation=territory.firm).first()
        assert Version.objects.get(pk=line(1).version_id).revision == 1
    assert (edit.column, edit.before, edit.after, edit.by) == (
        "reference", "R1CANARYOURS", "NEUVE-7", territory.owner,
    )  # fmt: skip
    assert (event.action, event.params) == ("cell changed", {"lines": 1, "columns": ["reference"]})


def test_the_same_value_changes_nothing(signed_in, page, line):
    put(signed_in("owner"), page, 1, "quantity", "1", 1.0)
    with scopes_disabled():
        assert not LineEdit.objects.exists()
        assert Version.objects.get(pk=line(1).version_id).revision == 0


def test_two_people_at_one_cell_are_told_and_the_second_decides(signed_in, page, line):
    client = signed_in("owner")
    put(client, page, 1, "designation", "la première", "carter aluminium 1 CANARYOURS")
    late = put(client, page, 1, "designation", "la seconde", "carter aluminium 1 CANARYOURS")
    assert (late.status_code, line(1).designation) == (422, "la première")
    text = late.content.decode()
    assert "la première" in text
    assert 'value="la seconde"' in text
    again = put(
        client, page, 1, "designation", "la seconde", json.loads(late.context["form"]["seen"].value())
    )
    assert (again.status_code, line(1).designation) == (302, "la seconde")


def test_undo_gives_back_and_can_itself_be_undone(signed_in, territory, page, line):
    client = signed_in("owner")
    put(client, page, 1, "making_country", "DE", "CN")
    with scopes_disabled():
        first = LineEdit.objects.filter(line=line(1)).first().batch
    client.post(f"{page}undo/{first}/")
    assert line(1).making_country == "CN"
    with scopes_disabled():
        back = LineEdit.objects.filter(line=line(1)).first()
        assert LineEdit.objects.filter(pk=back.undoes, batch=first).exists()
    client.post(f"{page}undo/{back.batch}/")
    assert line(1).making_country == "DE"
    history = client.get(f"{page}1/").context["history"]
    assert [entry.undo for entry in history] == [True, True, False]


def test_undo_leaves_what_was_changed_since(signed_in, page, line):
    client = signed_in("owner")
    put(client, page, 1, "designation", "un", "carter aluminium 1 CANARYOURS")
    with scopes_disabled():
        first = LineEdit.objects.get(line=line(1)).batch
    put(client, page, 1, "designation", "deux", "un")
    answer = client.post(f"{page}undo/{first}/", follow=True)
    assert line(1).designation == "deux"
    assert "laissé tel quel" in answer.content.decode()


def test_lines_of_an_undone_import_are_not_changed(signed_in, page, line):
    with scopes_disabled():
        Version.objects.filter(pk=line(1).version_id).update(state="undone")
    client = signed_in("owner")
    assert put(client, f"{page}", 1, "reference", "X", "R1CANARYOURS").status_code == 404
    address = f"{page}1/reference/?version=1"
    assert client.post(address, {"value": "X", "seen": '"R1CANARYOURS"'}).status_code == 404
    assert line(1).reference == "R1CANARYOURS"


@pytest.mark.parametrize(
    ("name", "status"),
    [("owner", 302), ("buyer", 302), ("reader", 404), ("member", 404), ("other_owner", 404)],
)
def test_who_changes_lines(signed_in, page, line, name, status):
    assert put(signed_in(name), page, 1, "reference", "X", "R1CANARYOURS").status_code == status
    assert line(1).reference == ("X" if status == 302 else "R1CANARYOURS")


def test_prices_are_changed_only_by_who_sees_them(signed_in, settings, page, line):
    settings.DEMO = True
    assert put(signed_in("adviser"), page, 1, "amount", "5", 10.0).status_code == 404
    assert put(signed_in("adviser_prices"), page, 1, "amount", "5", 10.0).status_code == 302
    assert line(1).amount == 5.0
    history = signed_in("adviser").get(f"{page}1/")
    assert history.context["history"] == []


def test_a_fragment_answers_with_the_cell_those_that_follow_and_undo(signed_in, page):
    client = signed_in("owner")
    with_form = client.get(f"{page}1/making_country/", headers={"HX-Request": "true"}).content.decode()
    assert with_form.startswith('<td class="editing">')
    assert 'value="Chine"' in with_form
    answer = put(client, page, 1, "making_country", "DE", "CN", **{"HX-Request": "true"}).content.decode()
    assert answer.startswith('<td class="" id="c1-making_country">')
    assert 'hx-target="#toast"' in answer
    left = client.get(f"{page}1/making_country/?leave=1", headers={"HX-Request": "true"}).content.decode()
    assert "Allemagne" in left


def test_many_lines_are_set_and_undone_as_one(signed_in, page, line):
    client = signed_in("owner")
    data = {"line": ["1", "3"], "making_country": "Pologne", "must_keep": "yes", "family": "machined-parts"}
    answer = client.post(f"{page}change/", data)
    assert [(line(n).making_country, line(n).must_keep) for n in (1, 2, 3)] == [
        ("PL", True), ("FR", False), ("PL", True),
    ]  # fmt: skip
    batch = answer["Location"].partition("done=")[2]
    client.post(f"{page}undo/{batch}/")
    assert [(line(n).making_country, line(n).must_keep, line(n).family) for n in (1, 3)] == [
        ("CN", False, None), ("CN", False, None),
    ]  # fmt: skip


def test_all_the_lines_of_a_filter_are_set(signed_in, page, line):
    data = {"all": "1", "filter": "making=CN", "evidence": "documented"}
    signed_in("owner").post(f"{page}change/", data)
    assert [line(n).evidence for n in (1, 2, 3)] == ["documented", "declared", "documented"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"line": "1"}, "Remplissez au moins une colonne"),
        ({"family": "machined-parts"}, "Aucune ligne n’est cochée"),
        ({"line": "1", "making_country": "Atlantide"}, "n’est pas un pays connu"),
    ],
)
def test_a_bulk_change_that_says_nothing_is_refused(signed_in, page, data, words):
    answer = signed_in("owner").post(f"{page}change/", data)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_lines_go_to_the_search_of_local_sources(signed_in, territory, page):
    answer = signed_in("owner").post(f"{page}search/", {"line": ["1", "3"]})
    assert answer["Location"] == f"/projects/{territory.project.pk}/needs/?line=1&line=3"


def test_a_change_leads_back_into_the_project_only(signed_in, page):
    client = signed_in("owner")
    data = {"value": "X", "seen": '"R1CANARYOURS"', "next": "https://example.invalid/projects/"}
    assert client.post(f"{page}1/reference/", data)["Location"].startswith(f"{page}?done=")
