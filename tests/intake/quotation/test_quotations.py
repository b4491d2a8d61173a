"""Quotations are read whatever the layout of the table; nothing is lost, doubts are kept."""

import datetime as dt

import pytest

from factories.spreadsheets import sheet, source
from maillon.core.errors import NoTableFound
from maillon.core.quotation import PriceBreak
from maillon.intake.quotation import read_quotations
from maillon.intake.quotation.read import quotations_of

TODAY = dt.date(2026, 11, 23)


def read(*rows):
    return quotations_of([sheet(list(rows))], source(), today=TODAY)


def steps(quotation):
    return [(step.quantity, step.price) for step in quotation.breaks]


def test_prices_across_by_ranges_in_french():
    reading = read(
        ["Consultation 2026"],
        [],
        ["Référence", "Fournisseur", "Pays", "Incoterm", "1-99 (€)", "100-499 (€)", "500+ (€)", "MOQ",
         "Outillage", "Délai 1ère commande (j)", "Délai réappro", "Conditions de paiement", "Validité"],
        ["CARTER-12", "Fonderie inventée", "France", "DAP Belfort", "12,50", "11,20", "9,90", 50,
         "1 800,00", "60", "3 semaines", "45 jours fin de mois", "31/12/2026"],
    )  # fmt: skip
    (one,) = reading.quotations
    assert steps(one) == [(1, 12.5), (100, 11.2), (500, 9.9)]
    assert (one.country, one.incoterm, one.incoterm_place, one.currency) == ("FR", "DAP", "Belfort", "EUR")
    assert (one.minimum_order, one.tooling, one.first_lead_time, one.lead_time) == (50, 1800, 60, 21)
    assert (one.credit, one.valid_until) == (60, dt.date(2026, 12, 31))
    assert reading.doubts == ()
    ((_, account),) = reading.accounts
    assert account.balanced
    assert (account.parts, account.headers, account.blank) == (1, 2, 1)


def test_prices_down_one_row_a_quantity_in_english():
    reading = read(
        ["Part number", "Supplier", "Country of origin", "Qty", "Unit price", "Currency", "Lead time",
         "Incoterms", "Payment terms"],
        ["A1", "Invented Ltd", "China", 100, 4.2, "USD", "8 weeks", "FOB Ningbo",
         "30% deposit, balance 30 days"],
        ["A1", "Invented Ltd", "China", 1000, 3.1, "USD", None, "FOB Ningbo", None],
        ["A1", "Other Invented", "India", 500, 3.4, "USD", "70", "CIF Le Havre", "L/C at sight"],
    )  # fmt: skip
    first, second = reading.quotations
    assert steps(first) == [(100, 4.2), (1000, 3.1)]
    assert (first.lead_time, first.credit, first.currency) == (56, 0.7 * 30 - 0.3 * 56, "USD")
    assert (second.country, second.incoterm, second.incoterm_place, second.credit) == (
        "IN", "CIF", "Le Havre", 0,
    )  # fmt: skip


@pytest.mark.parametrize(
    "headers",
    [["PU 100", "PU 500"], ["Prix à partir de 100", "Prix à partir de 500"], ["100 pcs", "500 pcs"],
     [100, 500],
     ["≥ 100", "≥ 500"],
     ["Price @100", "Price @500"], ["Qté 100", "Qté 500"]],
)  # fmt: skip
def test_ways_of_writing_quantities_across(headers):
    reading = read(["Fournisseur", *headers], ["Usinage inventé", 3, 2.5])
    assert steps(reading.quotations[0]) == [(100, 3), (500, 2.5)]


def test_suppliers_side_by_side_are_turned():
    reading = read(
        ["Fournisseur", "Invented SA", "Invented GmbH"],
        ["Pays", "France", "Allemagne"],
        ["Prix unitaire €", "8,40", "7,90"],
        ["Délai", "3 sem", "-2"],
    )
    first, second = reading.quotations
    assert (first.supplier, first.country, first.breaks) == ("Invented SA", "FR", (PriceBreak(0, 8.4),))
    assert (first.lead_time, second.lead_time) == (21, None)
    assert [(doubt.code, doubt.cell) for doubt in reading.doubts] == [("unreadable-lead-time", "C4")]


def test_doubts_name_their_cell_and_lose_nothing():
    reading = read(
        ["Fournisseur", "Pays", "Prix", "Incoterm", "Délai", "Validité", "MOQ"],
        ["Invented A", "Atlantide", "10", "franco", "bientôt", "un jour", "beaucoup"],
        ["Invented B", "CN", "sur demande", "EXW", 10, "2026-01-31", 5],
        ["Invented C", "CN", "3,00", "EXW", 10, "2026-01-31", 5],
    )
    assert [quotation.supplier for quotation in reading.quotations] == ["Invented A", "Invented C"]
    assert sorted((doubt.code, doubt.cell) for doubt in reading.doubts) == [
        ("currency-assumed", "A2"), ("currency-assumed", "A4"), ("no-price", "3:3"),
        ("quotation-expired", "A4"), ("unknown-country", "B2"), ("unknown-incoterm", "D2"),
        ("unknown-validity", "F2"), ("unreadable-figure", "C3"), ("unreadable-figure", "G2"),
        ("unreadable-lead-time", "E2"),
    ]  # fmt: skip
    assert (reading.accounts[0][1].quarantined, reading.accounts[0][1].balanced) == (1, True)


def test_of_two_prices_for_one_quantity_the_dearer_is_kept():
    reading = read(["Pièce", "Fournisseur", "Qté", "Prix €"], ["A", "I", 10, 3.0], ["A", "I", 10, 4.0])
    assert steps(reading.quotations[0]) == [(10, 4.0)]
    assert [doubt.code for doubt in reading.doubts] == ["two-prices"]


def test_a_price_that_rises_with_the_quantity_is_doubted():
    reading = read(["Fournisseur", "Qté", "Prix €"], ["I", 10, 3.0], ["I", 100, 4.0])
    assert steps(reading.quotations[0]) == [(10, 3.0), (100, 4.0)]
    assert [(doubt.code, doubt.cell) for doubt in reading.doubts] == [("rising-price", "A2")]


def test_a_mass_in_grams_and_a_current_supplier():
    reading = read(
        ["Fournisseur", "Prix €", "Poids (g)", "Fournisseur actuel", "Mode de transport"],
        ["Invented A", 2, 250, "oui", "Maritime"],
        ["Invented B", 3, 250, "", "route"],
    )
    assert [(q.mass, q.established, q.mode) for q in reading.quotations] == [
        (0.25, True, "sea"), (0.25, False, "road"),
    ]  # fmt: skip


def test_a_file_through_the_sandbox(tmp_path):
    path = tmp_path / "devis.csv"
    path.write_text(
        "Fournisseur;Pays;PU 100 (USD);PU 1000 (USD)\nInvented;Chine;1,20;0,95\n", encoding="utf-8"
    )
    (one,) = read_quotations(path, today=TODAY).quotations
    assert (steps(one), one.currency, one.country) == ([(100, 1.2), (1000, 0.95)], "USD", "CN")


def test_what_holds_no_quotation_is_said():
    with pytest.raises(NoTableFound, match=r"No quotation was found in nomenclature\.xlsx"):
        read(["Désignation", "Quantité"], ["vis", 4])
