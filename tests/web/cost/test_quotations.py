"""Quotations of a line: typed, read from a table, ranked as the library ranks them."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from maillon.web.cost.cases import Case, import_of
from maillon.web.cost.models import CostLine, CostQuotation
from maillon.web.cost.offers import offer_from_json, offer_to_json

pytestmark = pytest.mark.django_db
TYPED = {"supplier": "Ateliers du Lion", "price": "9", "currency": "EUR", "country": "FR", "tooling": "500"}
TABLE = (
    "Fournisseur;Pièce;Prix unitaire;Devise;Pays\nLion;carter;8,50;EUR;FR\nSavoureuse;carter;9,10;EUR;FR\n"
)


def url(project, tail=""):
    return f"/projects/{project.pk}/cost/1/quotations/{tail}"


def test_a_typed_quotation_is_ranked_beside_today(signed_in, territory, costed, no_scope):
    client = signed_in("owner")
    assert client.post(url(territory.project, "type/"), TYPED).status_code == 302
    page = client.get(url(territory.project))
    ranked = page.context["ranked"]
    assert {one.offer.supplier for one in ranked} == {"Ateliers du Lion", "Fournisseur 1 CANARYOURS"}
    totals = [one.cost.per_unit.mid for one in ranked]
    assert totals == sorted(totals)
    quoted = next(one for one in ranked if one.pk)
    assert quoted.cost.factors["tooling"].mid == 500.0


def test_the_same_quotation_is_kept_once_and_removed(signed_in, territory, costed, no_scope):
    client = signed_in("owner")
    for _ in range(2):
        client.post(url(territory.project, "type/"), TYPED)
    kept = CostQuotation.objects.get()
    client.post(f"/projects/{territory.project.pk}/cost/quotations/{kept.pk}/remove/")
    assert CostQuotation.objects.count() == 0


def test_a_table_of_one_part_is_read(signed_in, territory, costed, no_scope):
    file = SimpleUploadedFile("devis.csv", TABLE.encode())
    answer = signed_in("owner").post(url(territory.project, "read/"), {"file": file})
    assert answer.status_code == 302
    assert sorted(CostQuotation.objects.values_list("supplier", flat=True)) == ["Lion", "Savoureuse"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("devis.csv", TABLE.replace("Savoureuse;carter", "Savoureuse;vis").encode()),
        ("devis.csv", b"rien\ndu tout\n"),
        ("devis.xlsx", b"PK not a workbook"),
        ("vide.csv", b""),
    ],
)
def test_a_table_that_is_none_is_refused_in_words(signed_in, territory, costed, name, content, no_scope):
    page = signed_in("owner").post(
        url(territory.project, "read/"), {"file": SimpleUploadedFile(name, content)}
    )
    assert page.status_code == 422
    assert CostQuotation.objects.count() == 0


@pytest.mark.parametrize(
    "changed",
    [{"price": "-1"}, {"price_2": "8"}, {"currency": "USD"}, {"supplier": ""}, {"minimum_order": "0"}],
)
def test_a_quotation_that_makes_no_sense_is_refused(signed_in, territory, costed, changed, no_scope):
    page = signed_in("owner").post(url(territory.project, "type/"), TYPED | changed)
    assert page.status_code == 422
    assert page.context["form"].errors


def test_an_offer_without_a_rate_is_unknown_and_last(signed_in, territory, costed, no_scope):
    line = CostLine.objects.get(run=costed, line=1)
    offer = replace(import_of(Case(**line.case)), currency="USD", supplier="Yard", established=False)
    CostQuotation.objects.create(
        organisation=territory.firm, project=territory.project, line=1, supplier="Yard",
        offer=offer_to_json(offer),
    )  # fmt: skip
    page = signed_in("owner").get(url(territory.project))
    assert page.context["ranked"][-1].cost is None
    assert "pas de cours de change" in page.content.decode()


def test_an_offer_comes_back_as_it_was(costed, no_scope):
    line = CostLine.objects.get(run=costed, line=1)
    offer = import_of(Case(**line.case))
    assert offer_from_json(offer_to_json(offer, 0.9)) == (offer, 0.9)


@pytest.mark.parametrize("name", ["adviser", "reader", "member", "other_owner"])
def test_quotations_need_the_right_to_prices(signed_in, territory, costed, name):
    client = signed_in(name)
    assert client.get(url(territory.project)).status_code == 404
    assert client.post(url(territory.project, "type/"), TYPED).status_code == 404
