"""Comparing firms, correcting the register, bringing lists."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from maillon.reference.register.overlay import read_corrections
from maillon.web.search.models import FirmList, OfficeList, ProposedCorrection
from web.search.conftest import SIRET

pytestmark = pytest.mark.usefixtures("register", "db")
COMPARE = "/search/compare/"


def test_what_differs_is_marked(client):
    page = client.get(COMPARE, {"firm": [SIRET["proven"], SIRET["far"]], "q": "fraisage", "near": "Belfort"})
    rows = {row.title: row for row in page.context["compared"].rows}
    assert len(rows) == len(page.context["compared"].rows)
    assert rows["Commune"].values == ["BELFORT", "BELFORT"]
    assert not rows["Commune"].differs
    assert rows["Certificats"].differs
    assert rows["Distance"].values[0] == "0 km"
    assert rows["Distance"].differs
    assert page.content.decode().count(">diffère<") == sum(row.differs for row in rows.values())


def test_five_firms_at_most_and_none_twice(client):
    sirets = [SIRET[name] for name in ("proven", "proven", "far", "own", "likely", "famous", "trader")]
    page = client.get(COMPARE, {"firm": sirets})
    assert [card.siret for card in page.context["compared"].cards] == list(dict.fromkeys(sirets))[:5]
    assert page.context["too_many"]
    assert client.get(COMPARE).status_code == 200
    assert client.get(COMPARE, {"firm": "0" * 14}).context["compared"].cards == []


def test_a_card_tells_sources_and_similar_firms(client):
    page = client.get(f"/search/firms/{SIRET['proven']}/")
    told = [(one.kind, one.words, one.source) for one in page.context["card"].capabilities]
    assert ("size", "900 mm", "members") in told
    similar = [one.siret for one in page.context["similar"]]
    assert similar
    assert SIRET["proven"] not in similar
    assert client.get(f"/search/firms/{'0' * 14}/").status_code == 404


def report(client, **given):
    about = {"column": "process", "value": "turning", "note": "visite"} | given
    return client.post(f"/search/firms/{SIRET['likely']}/report/", about)


def test_a_report_waits_until_an_adviser_of_the_territory_confirms(signed_in):
    card = f"/search/firms/{SIRET['likely']}/"
    assert report(signed_in("supplier")).status_code == 302
    [waiting] = ProposedCorrection.objects.all()
    assert read_corrections() == ()
    decide = f"/search/corrections/{waiting.pk}/"
    for person in ("supplier", "owner", "manager"):
        assert signed_in(person).post(decide, {"decision": "confirm"}).status_code == 404
    client = signed_in("adviser")
    client.post(decide, {"decision": "confirm"})
    client.post(decide, {"decision": "confirm"})
    [written] = read_corrections()
    assert (written.siret, written.column, written.value) == (SIRET["likely"], "process", "turning")
    assert "tournage" in client.get(card).content.decode().lower()


def test_a_refused_report_changes_nothing(signed_in):
    report(signed_in("owner"))
    [waiting] = ProposedCorrection.objects.all()
    signed_in("platform").post(f"/search/corrections/{waiting.pk}/", {"decision": "refuse"})
    waiting.refresh_from_db()
    assert waiting.state == "refused"
    assert read_corrections() == ()


def test_a_value_that_is_none_is_said(signed_in):
    answer = report(signed_in("owner"), column="size", value="grand")
    assert answer.status_code == 422
    assert not ProposedCorrection.objects.exists()


def test_reporting_needs_an_account(client):
    assert report(client).status_code == 302
    assert not ProposedCorrection.objects.exists()


@pytest.mark.parametrize("n_reports", [1, 3])
def test_queries_of_the_queue(signed_in, n_reports, django_assert_num_queries):
    for place in range(n_reports):
        report(signed_in("owner"), note=f"visite {place}")
    client = signed_in("platform")
    with django_assert_num_queries(7):
        page = client.get("/search/corrections/")
    assert len(page.context["waiting"]) == n_reports


def csv(text):
    return SimpleUploadedFile("liste.csv", text.encode(), "text/csv")


def bring(client, owner, kind="excluded", text=None):
    text = text or f"Entreprise;SIREN\nProuvée;{SIRET['proven'][:9]}\nAutre;{SIRET['own']}\nsans numéro;\n"
    return client.post(
        "/search/lists/", {"kind": kind, "owner": owner.pk, "name": "Salon", "file": csv(text)}
    )


def test_a_firm_brings_its_exclusions(signed_in, territory, monkeypatch, no_scope):
    import maillon.web.search.services.firm_lists as lists

    monkeypatch.setattr(lists, "_resolve", lambda rows, register: {})  # the small register has no names
    assert bring(signed_in("owner"), territory.firm).status_code == 302
    [kept] = FirmList.objects.all()
    assert kept.numbers == [SIRET["proven"][:9], SIRET["own"]]
    assert kept.unresolved == ["sans numéro"]
    assert bring(signed_in("owner"), territory.other).status_code == 422
    assert signed_in("other_owner").post(f"/search/lists/{kept.pk}/remove/").status_code == 404
    assert signed_in("owner").post(f"/search/lists/{kept.pk}/remove/").status_code == 302
    assert not FirmList.objects.exists()


def test_an_office_brings_its_makers_which_candidates_then_say(signed_in, territory):
    text = f"{SIRET['proven']}\n{SIRET['far']}\n"
    assert bring(signed_in("adviser"), territory.office, "maker", text).status_code == 302
    [kept] = OfficeList.objects.all()
    assert kept.numbers == [SIRET["proven"], SIRET["far"]]
    page = signed_in("adviser").get("/search/", {"q": "fraisage"})
    named = {one.siret for one in page.context["candidates"] if one.lists}
    assert named == {SIRET["proven"], SIRET["far"]}
    assert all(
        not one.lists for one in signed_in("owner").get("/search/", {"q": "fraisage"}).context["candidates"]
    )
    assert bring(signed_in("adviser"), territory.office, "excluded", text).status_code == 422


def test_a_file_without_firms_is_refused_in_words(signed_in, territory, monkeypatch, no_scope):
    import maillon.web.search.services.firm_lists as lists

    monkeypatch.setattr(lists, "_resolve", lambda rows, register: {})  # the small register has no names
    answer = bring(signed_in("owner"), territory.firm, text="nom;ville\nInconnue;Belfort\n")
    assert answer.status_code == 422
    assert "liste.csv" in answer.content.decode()
    assert not FirmList.objects.exists()


def test_a_workbook_is_read_too(signed_in, territory, no_scope):
    import xlsxwriter

    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["SIRET"])
        sheet.write_row(1, 0, [SIRET["proven"]])
    file = SimpleUploadedFile("salon.xlsx", held.getvalue())
    given = {"kind": "excluded", "owner": territory.firm.pk, "name": "x", "file": file}
    assert signed_in("owner").post("/search/lists/", given).status_code == 302
    assert FirmList.objects.get().numbers == [SIRET["proven"]]
