"""The needs of a project: who sees which lines, the batch, lists and what became of each firm."""

import pytest
from django.urls import reverse

from maillon.web.intake.models import Line
from maillon.web.jobs.models import Job
from maillon.web.jobs.services.run import run_job
from maillon.web.people.rights import Right
from maillon.web.search.models import FirmList, ListEntry, NeedResult, Shortlist
from maillon.web.search.queries.known import known_of
from web.search.conftest import SIRET

pytestmark = pytest.mark.usefixtures("register")


@pytest.fixture
def address(territory):
    return lambda name, *rest: reverse(f"search:{name}", args=[territory.project.pk, *rest])


@pytest.fixture
def milled(territory, no_scope):
    """Make the lines of our project milled parts: two bought abroad, one in France."""
    lines = Line.objects.filter(version__project=territory.project)
    lines.update(designation="pièce fraisée CANARYOURS")
    return list(lines.order_by("line"))


@pytest.mark.parametrize("person", ["owner", "buyer", "reader", "adviser", "adviser_prices"])
def test_lines_bought_abroad_the_heaviest_first(signed_in, address, person):
    page = signed_in(person).get(address("needs"))
    assert [one.line.line for one in page.context["needs"]] == [3, 1]
    assert "CANARYOURS" in page.content.decode()


@pytest.mark.parametrize(
    ("person", "sees"), [("owner", True), ("adviser_prices", True), ("reader", False), ("adviser", False)]
)
def test_amounts_need_their_right(signed_in, address, person, sees):
    page = signed_in(person).get(address("needs"))
    assert ("30,00" in page.content.decode()) is sees
    # 30 of 60 euros; without prices to the whole percent
    assert page.context["needs"][0].share == 0.5
    assert page.context["needs"][1].share == (pytest.approx(1 / 6) if sees else 0.17)


def test_a_member_without_lines_sees_the_lists_only(signed_in, address):
    page = signed_in("member").get(address("needs"))
    assert page.status_code == 200
    text = page.content.decode()
    assert "needs" not in page.context
    assert "CANARYOURS" not in text.replace("Cobot CANARYOURS", "")
    assert signed_in("member").get(address("need", 1)).status_code == 404


@pytest.mark.parametrize(
    "person", ["other_owner", "supplier", "startup", "adviser_unconfirmed", "manager", "platform"]
)
def test_nobody_else_finds_the_page(signed_in, address, person):
    client = signed_in(person)
    assert client.get(address("needs")).status_code == 404
    assert client.get(address("need", 1)).status_code == 404
    assert client.post(address("search_all")).status_code == 404
    assert client.post(address("keep"), {"siret": SIRET["proven"], "shortlist": "x"}).status_code == 404


@pytest.mark.parametrize("lines", [1, 3])
def test_queries_do_not_grow_with_the_lines(
    signed_in, address, territory, no_scope, lines, django_assert_num_queries
):
    Line.objects.filter(version__project=territory.project, line__gt=lines).delete()
    Line.objects.filter(version__project=territory.project).update(making_country="CN")
    client = signed_in("owner")
    with django_assert_num_queries(10):
        assert len(client.get(address("needs")).context["needs"]) == lines


def test_one_line_is_searched_around_the_firm(signed_in, address, milled):
    page = signed_in("owner").get(address("need", 1))
    assert page.context["asked"].near == "Belfort (90)"
    assert "CANARYOURS" in page.context["asked"].words
    assert page.context["result"].found > 5


def run_batch(client, address, **given):
    answer = client.post(
        address("search_all"), {"near": "Belfort (90)", "km": "100", "origin": "abroad"} | given
    )
    job = Job.objects.get()
    assert answer["Location"] == reverse("jobs:job", args=[job.pk])
    run_job(job.pk)
    job.refresh_from_db()
    return job


@pytest.mark.django_db(transaction=True)
def test_every_line_is_searched_once_a_wording(client, territory, register, no_scope):
    client.force_login(territory.owner)
    pk = territory.project.pk
    Line.objects.filter(version__project=territory.project).update(designation="pièce fraisée")

    def address(name, *rest):
        return reverse(f"search:{name}", args=[pk, *rest])

    job = run_batch(client, address)
    assert (job.state, job.result_url) == (Job.State.DONE, address("needs"))
    [result] = NeedResult.objects.all()
    searched = client.get(address("need", 1), {"q": "pièce fraisée", "near": "Belfort (90)", "km": "100"})
    assert result.found == searched.context["result"].found > 3
    assert [one["siret"] for one in result.candidates] == [
        one.siret for one in searched.context["candidates"]
    ][:10]
    page = client.get(address("needs"))
    assert [one.result for one in page.context["needs"]] == [result, result]


@pytest.mark.parametrize("person", ["member", "reader"])
def test_readers_start_no_batch(signed_in, address, person):
    assert signed_in(person).post(address("search_all"), {"near": ""}).status_code == 404


def test_an_unknown_town_starts_nothing(signed_in, address, no_scope):
    signed_in("owner").post(address("search_all"), {"near": "Nullepartville"})
    assert not Job.objects.exists()


def keep(client, address, **given):
    return client.post(
        address("keep"), {"siret": SIRET["proven"], "shortlist": "Fraisage", "line": "1"} | given
    )


def test_a_firm_is_kept_once_and_followed(signed_in, address, no_scope):
    client = signed_in("adviser")
    keep(client, address)
    keep(client, address)
    [entry] = ListEntry.objects.all()
    assert (entry.name, entry.town, entry.line.line, entry.status) == ("PROVEN", "BELFORT", 1, "contact")
    place = address("entry", entry.pk)
    refused = client.post(place, {"status": "struck", "notes": "appelé"})
    assert refused.status_code == 422
    assert (
        client.post(place, {"status": "struck", "reason": "trop loin", "notes": "appelé"}).status_code == 302
    )
    entry.refresh_from_db()
    assert (entry.status, entry.reason, entry.notes) == ("struck", "trop loin", "appelé")
    client.post(place, {"status": "sent", "reason": "trop loin"})
    entry.refresh_from_db()
    assert (entry.status, entry.reason) == ("sent", "")


def test_the_reason_stands_beside_the_candidate(signed_in, address, milled, no_scope):
    client = signed_in("owner")
    keep(client, address)
    entry = ListEntry.objects.get()
    client.post(address("entry", entry.pk), {"status": "struck", "reason": "litige 2024"})
    page = client.get(address("need", 1)).content.decode()
    assert "litige 2024" in page


def test_a_list_returns_only_to_pages_of_this_site(signed_in, address):
    answer = keep(signed_in("owner"), address, next="https://elsewhere.invalid/")
    assert answer["Location"] == address("needs")


def test_a_firm_unknown_to_the_register_is_not_kept(signed_in, address, no_scope):
    keep(signed_in("owner"), address, siret="0" * 14)
    assert not Shortlist.objects.exists()


@pytest.mark.parametrize("n_entries", [1, 3])
def test_queries_of_a_list(signed_in, address, no_scope, n_entries, django_assert_num_queries):
    client = signed_in("owner")
    for name in ("proven", "likely", "own")[:n_entries]:
        keep(client, address, siret=SIRET[name])
    with django_assert_num_queries(8):
        page = client.get(address("shortlist", Shortlist.objects.get().pk))
    assert len(page.context["page_obj"]) == n_entries


def test_lists_of_another_firm_do_not_exist(signed_in, address, no_scope):
    keep(signed_in("owner"), address)
    made, entry = Shortlist.objects.get(), ListEntry.objects.get()
    other = signed_in("other_owner")
    assert other.get(address("shortlist", made.pk)).status_code == 404
    assert other.get(address("entry", entry.pk)).status_code == 404
    assert other.post(address("entry", entry.pk), {"status": "taken"}).status_code == 404


def test_suppliers_in_the_lines_are_known_as_such(signed_in, viewer, territory, address, milled, no_scope):
    Line.objects.filter(pk=milled[1].pk).update(supplier_id=SIRET["likely"])
    assert known_of(viewer("owner")).suppliers == {SIRET["likely"][:9]}
    assert known_of(viewer("member")).suppliers == frozenset()
    assert known_of(viewer("other_owner")).suppliers == frozenset()
    page = signed_in("owner").get(address("need", 1))
    bought = {one.siret for one in page.context["candidates"] if one.supplier}
    assert bought == {SIRET["likely"], SIRET["own"]}
    only = signed_in("owner").get(address("need", 1), {"supplier": "yes"})
    assert {one.siret for one in only.context["candidates"]} == bought


def test_excluded_firms_are_not_proposed(signed_in, address, territory, milled, no_scope):
    before = signed_in("owner").get(address("need", 1)).context
    FirmList.objects.create(organisation=territory.firm, name="conflits", numbers=[SIRET["proven"][:9]])
    after = signed_in("owner").get(address("need", 1))
    assert after.context["result"].found == before["result"].found - 1
    assert SIRET["proven"] not in {one.siret for one in after.context["candidates"]}
    assert after.context["left_out"] == before["left_out"] + 1
    assert SIRET["proven"] in signed_in("other_owner").get("/search/", {"q": "fraisage"}).content.decode()


def test_every_right_of_these_pages_is_that_of_the_ranking():
    for model in (Shortlist, ListEntry, NeedResult, FirmList):
        assert (model.read_right, model.write_right) == (Right.RANKING, Right.RANKING)
