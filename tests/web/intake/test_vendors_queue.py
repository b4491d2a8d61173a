"""The queue of vendors: what a person decides, what lines take from it, what is remembered."""

import pytest
from django_scopes import scopes_disabled

from maillon.web.intake.models import Line, VendorDecision, VendorMatch, Version
from maillon.web.intake.services.vendors_resolve import written_vendors

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue(territory):
    return f"/projects/{territory.project.pk}/vendors/"


@pytest.fixture
def version(territory):
    with scopes_disabled():
        return Version.objects.get(project=territory.project)


def candidate(siret, name, p, **more):
    reasons = [{"code": "vendor-exact", "weight": 3.0, "params": {"x": 1.0}}]
    place = {
        "postcode": "90000",
        "commune_name": "BELFORT",
        "departement": "90",
        "region": "27",
        "naf": "25.62B",
    }
    return {
        "siret": siret,
        "name": name,
        "p": p,
        "reasons": reasons,
        "lat": 47.6,
        "lon": 6.9,
        **place,
        **more,
    }


@pytest.fixture
def match(version):
    """Return what stores the match of the vendor of a line."""

    def make(number, said="review", **values):
        with scopes_disabled():
            line = Line.objects.get(version=version, line=number)
            return VendorMatch.objects.create(
                organisation=version.organisation, version=version, name=line.supplier, key=f"key {number}",
                lines_count=1, spend=line.amount, currency="EUR", said=said, p=0.7,
                candidates=[
                    candidate(f"0000001010001{number}", f"ALPHA {number}", 0.7),
                    candidate(f"0000002020002{number}", f"BETA {number}", 0.2),
                ],
                **values,
            )  # fmt: skip

    return make


@pytest.fixture
def line(version):
    def read(number):
        with scopes_disabled():
            return Line.objects.get(version=version, line=number)

    return read


@pytest.mark.parametrize(("count", "queries"), [(1, 10), (3, 10)])
def test_as_many_queries_for_one_vendor_as_for_three(
    signed_in, queue, match, django_assert_num_queries, count, queries
):
    for number in range(1, count + 1):
        match(number)
    client = signed_in("owner")
    with django_assert_num_queries(queries):
        assert len(client.get(queue).context["vendors"]) == count


def test_the_largest_spend_comes_first_where_prices_may_be_seen_only(signed_in, queue, match, version):
    for number in (1, 2, 3):
        match(number)
    with scopes_disabled():
        VendorMatch.objects.filter(key="key 1").update(lines_count=9)

    def names(person):
        return [vendor.match.key for vendor in signed_in(person).get(queue).context["vendors"]]

    assert names("buyer") == ["key 3", "key 2", "key 1"]
    assert names("reader") == ["key 1", "key 2", "key 3"]
    assert "30,00" in signed_in("buyer").get(queue).content.decode()
    assert "30,00" not in signed_in("reader").get(queue).content.decode()


def test_a_choice_gives_the_lines_number_and_place_is_remembered_and_undone(signed_in, queue, match, line):
    client, one = signed_in("owner"), match(1)
    answer = client.post(f"{queue}{one.pk}/", {"siret": "00000020200021"})
    found = line(1)
    assert (found.supplier_id, found.supplier_country) == ("00000020200021", "FR")
    assert (found.more["supplier_site"], found.more["supplier_departement"]) == ("90000 BELFORT", "90")
    assert line(2).supplier_id is None
    with scopes_disabled():
        one.refresh_from_db()
        assert (one.answer, one.siret) == ("kept", "00000020200021")
        assert VendorDecision.objects.get().siret == "00000020200021"
    batch = answer["Location"].partition("done=")[2]
    client.post(f"/projects/{one.version.project_id}/bom/undo/{batch}/")
    assert (line(1).supplier_id, line(1).more["supplier_site"]) == (None, None)
    with scopes_disabled():
        one.refresh_from_db()
        assert (one.answer, VendorDecision.objects.count()) == ("", 0)


def test_none_of_them_changes_no_line(signed_in, queue, match, line):
    one = match(1)
    signed_in("owner").post(f"{queue}{one.pk}/", {"siret": ""})
    with scopes_disabled():
        one.refresh_from_db()
        assert (one.answer, VendorDecision.objects.get().siret) == ("none", "")
    assert line(1).supplier_id is None


def test_an_establishment_that_was_not_proposed_is_refused(signed_in, queue, match, line):
    one = match(1)
    signed_in("owner").post(f"{queue}{one.pk}/", {"siret": "99999999999999"})
    with scopes_disabled():
        one.refresh_from_db()
    assert (one.answer, line(1).supplier_id) == ("", None)


def test_the_sure_ones_are_accepted_together_and_undone_together(signed_in, queue, match, line):
    match(1, "accept"), match(2, "accept"), match(3)
    client = signed_in("owner")
    answer = client.post(f"{queue}accept/", {})
    assert [line(n).supplier_id for n in (1, 2, 3)] == ["00000010100011", "00000010100012", None]
    batch = answer["Location"].partition("done=")[2]
    client.post(queue.replace("vendors/", f"bom/undo/{batch}/"))
    assert [line(n).supplier_id for n in (1, 2, 3)] == [None, None, None]
    assert client.get(f"{queue}?pile=sure").context["queue"].counts["sure"] == 2


def test_the_first_vendor_answers_to_the_keys(signed_in, queue, match):
    match(1), match(2)
    text = signed_in("owner").get(queue).content.decode()
    assert [text.count(f'data-key="{key}"') for key in ("1", "2", "n")] == [1, 1, 1]


def test_a_reader_decides_nothing(signed_in, queue, match):
    one = match(1)
    client = signed_in("reader")
    assert "data-key" not in client.get(queue).content.decode()
    for path in (f"{queue}{one.pk}/", f"{queue}accept/", f"{queue}resolve/"):
        assert client.post(path, {"siret": "00000010100011"}).status_code == 404


def test_vendors_of_one_name_at_two_sites_are_two(version):
    with scopes_disabled():
        lines = Line.objects.filter(version=version)
        lines.update(supplier="MARTIN")
        lines.filter(line=1).update(more={"supplier_site": "Lyon"})
        written = written_vendors(version)
    assert [(one.site, one.lines, one.spend) for one in written] == [("Lyon", 1, 10.0), ("", 2, 50.0)]


def test_spend_in_two_currencies_is_unknown(version):
    with scopes_disabled():
        Line.objects.filter(version=version).update(supplier="MARTIN")
        Line.objects.filter(version=version, line=1).update(currency="USD")
        assert [one.spend for one in written_vendors(version)] == [None]


def test_another_writing_of_the_same_vendor_is_not_asked_about_again(signed_in, queue, match, line):
    one, other = match(1), match(2)
    with scopes_disabled():
        VendorMatch.objects.update(key="alike", candidates=one.candidates)
    signed_in("owner").post(f"{queue}{one.pk}/", {"siret": "00000010100011"})
    assert [line(n).supplier_id for n in (1, 2)] == ["00000010100011", "00000010100011"]
    with scopes_disabled():
        other.refresh_from_db()
        assert (other.answer, VendorDecision.objects.count()) == ("kept", 1)
