"""The public search: what is typed, facets, near matches, both languages, nothing of a firm."""

import re

import pytest

from maillon.method.search import Filters, search_suppliers
from maillon.reference.places import locate
from web.search.conftest import HOSTILE, SIRET

pytestmark = pytest.mark.usefixtures("db")
BELFORT = locate("Belfort (90)", "FR")
ASKED = {"q": "fraisage", "near": "Belfort (90)"}


def sirets(page):
    return re.findall(r'name="firm" value="(\d{14})"', page.content.decode())


def test_the_page_gives_what_the_engine_gives(client, register):
    page = client.get("/search/", ASKED)
    engine = search_suppliers(register, "fraisage", BELFORT, limit=20)
    assert sirets(page) == [one.siret for one in engine.candidates]
    assert page.context["result"].found == engine.found > 5


@pytest.mark.parametrize("km", ["", "50", "100"])
def test_every_choice_gives_as_many_as_it_counts(client, register, km):
    page = client.get("/search/", ASKED | {"km": km})
    choices = [(facet.name, one) for facet in page.context["facets"] for one in facet.choices]
    assert len(choices) >= 8
    for facet, one in choices:
        if not one.chosen and one.count:
            assert client.get(f"/search/?{one.query}").context["result"].found == one.count, (facet, one)
    for reach in page.context["reaches"]:
        found = client.get("/search/", ASKED | {"km": reach.km}).context["result"].found
        assert found == reach.count


def test_a_count_of_zero_is_kept_and_disabled(client, register):
    page = client.get("/search/", ASKED).content.decode()
    assert re.search(r'<label class="off"><input type="checkbox" name="size"[^>]* disabled>', page)


def test_a_chip_takes_its_choice_away(client, register):
    page = client.get("/search/", ASKED | {"evidence": "shown", "size": "10"})
    chips = page.context["chips"]
    assert [chip.query for chip in chips] == [
        "q=fraisage&near=Belfort+%2890%29&evidence=shown",
        "q=fraisage&near=Belfort+%2890%29&size=10",
    ] or len(chips) == 2
    for chip in chips:
        assert client.get(f"/search/?{chip.query}").context["result"].found >= page.context["result"].found


@pytest.mark.parametrize("typed", [SIRET["proven"], " ".join(SIRET["proven"]), SIRET["proven"][:9]])
def test_a_number_opens_the_card(client, register, typed):
    answer = client.get("/search/", {"q": typed})
    assert (answer.status_code, answer["Location"]) == (302, f"/search/firms/{SIRET['proven']}/")


def test_an_unknown_number_is_said(client, register):
    answer = client.get("/search/", {"q": "123 456 782"})
    assert answer.status_code == 404
    assert "123456782" in answer.content.decode()


def test_a_town_alone_asks_what_for(client, register):
    page = client.get("/search/", {"q": "Belfort"})
    assert page.context["place"].commune == "90010"
    assert 'name="near" value="Belfort"' in page.content.decode()


def test_a_town_within_the_words(client, register):
    asked = client.get("/search/", {"q": "fraisage près de Belfort"}).context["asked"]
    assert (asked.words, asked.near) == ("fraisage", "Belfort")


def test_an_unknown_town_is_said_and_nothing_is_lost(client, register):
    page = client.get("/search/", {"q": "fraisage", "near": "Nullepartville"})
    assert page.status_code == 422
    text = page.content.decode()
    assert "Nullepartville" in text
    assert 'value="fraisage"' in text


def test_a_name_never_becomes_code(client, register):
    for address in (
        "/search/?q=fraisage",
        f"/search/firms/{SIRET['likely']}/",
        "/search/?q=<script>alert(1)",
    ):
        text = client.get(address).content.decode()
        assert "<script>alert" not in text
    assert "&lt;script&gt;alert(&#x27;x&#x27;)" in client.get("/search/?q=fraisage").content.decode()
    assert HOSTILE not in text


def test_a_masked_name_is_not_shown(client, register):
    text = client.get(f"/search/firms/{SIRET['masked']}/").content.decode()
    assert "MASKED" not in text
    assert "nom non diffusé" in text


def test_nobody_is_a_result_with_things_to_do(client, register):
    page = client.get("/search/", ASKED | {"departement": "2A"}).content.decode()
    assert 'class="empty"' in page
    assert page.count('class="btn s"') >= 3


def test_near_matches_lead_on(client, register):
    page = client.get("/search/", ASKED | {"lot": "100"})
    near = search_suppliers(
        register, page.context["found"].need, filters=Filters(near=BELFORT), limit=20
    ).near_matches
    assert [one.siret for one in page.context["nearly"]] == [one.candidate.siret for one in near] != []
    assert page.content.decode().count("/report/") >= len(near)


def test_a_fragment_holds_the_results_alone_and_the_address(client, register):
    page = client.get("/search/", ASKED | {"km": "50"}, headers={"HX-Request": "true"})
    assert "<html" not in page.content.decode()
    assert page["HX-Push-Url"] == "/search/?q=fraisage&near=Belfort+%2890%29&km=50"
    assert "HX-Request" in page["Vary"]


def test_the_map_leads_to_each_departement(client, register):
    page = client.get("/search/", ASKED | {"view": "map"})
    areas = {area.code: area for area in page.context["areas"]}
    assert areas["90"].count > areas["69"].count == 1
    lyon = client.get(f"/search/?{areas['69'].query}")
    assert sirets(lyon) == [SIRET["far"]]


def test_both_languages(client, register):
    french = client.get("/search/", ASKED).content.decode()
    client.cookies["language"] = "en"
    english = client.get("/search/", ASKED).content.decode()
    assert "points, somme des raisons" in french
    assert "points, sum of the reasons" in english


def test_without_a_register_the_page_says_what_is_missing(client, tmp_path, monkeypatch):
    monkeypatch.setenv("MAILLON_HOME", str(tmp_path))
    page = client.get("/search/", {"q": "fraisage"})
    assert page.status_code == 200
    assert "maillon register build" in page.content.decode()


def test_another_register_is_opened_at_once(client, register, snapshots, monkeypatch, tmp_path_factory):
    assert client.get("/search/", ASKED).context["result"].found > 5
    empty = tmp_path_factory.mktemp("no-register")
    monkeypatch.setenv("MAILLON_HOME", str(empty))
    assert "search/no_register.html" in {one.name for one in client.get("/search/", ASKED).templates}


def test_an_anonymous_search_asks_the_database_nothing(client, register, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/search/", ASKED).status_code == 200


def test_pages_of_absurd_addresses(client, register):
    for query in (
        "q=a&page=999999",
        "q=fraisage&km=-3&near=Belfort",
        "q=fraisage&lot=nan",
        "q=%00",
        "q=fraisage&naf=zz",
    ):
        assert client.get(f"/search/?{query}").status_code in (200, 422), query


HTMX = {"HX-Request": "true"}


def test_while_a_number_is_typed_nothing_jumps_before_it_is_whole(client, register):
    half = client.get("/search/", {"q": SIRET["proven"][:9]}, headers=HTMX)
    assert (half.status_code, "HX-Redirect" in half) == (200, False)
    assert f'href="/search/firms/{SIRET["proven"]}/"' in half.content.decode()
    whole = client.get("/search/", {"q": SIRET["proven"]}, headers=HTMX)
    assert whole["HX-Redirect"] == f"/search/firms/{SIRET['proven']}/"


@pytest.mark.parametrize("typed", ["", "Belfort", "123456782", "fraisage"])
def test_every_fragment_is_a_fragment(client, register, typed):
    assert "<html" not in client.get("/search/", {"q": typed}, headers=HTMX).content.decode()


def test_without_javascript_every_filter_belongs_to_the_form(client, register):
    text = client.get("/search/", ASKED).content.decode()
    filters = re.findall(r'<input type="(?:checkbox|radio)" name="(?!firm)[a-z]+"([^>]*)>', text)
    assert len(filters) > 10
    assert all('form="search"' in one for one in filters)
    assert re.search(r'<noscript><button class="btn s" form="search">', text)
