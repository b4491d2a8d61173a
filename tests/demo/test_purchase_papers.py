"""Ledger, FEC, invoices and customs papers agree with the bill and with one another."""

import csv
import json
import zipfile
from collections import Counter, defaultdict
from io import BytesIO
from pathlib import Path

import pytest
from facturx import get_xml_from_pdf, xml_check_xsd
from lxml import etree

TRUTH = json.loads((Path(__file__).parent / "truth.json").read_text(encoding="utf-8"))
PAPERS = TRUTH["papers"]


def table(path: Path, encoding: str, delimiter: str = ";") -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding=encoding).splitlines(), delimiter=delimiter))


def records(path: Path, encoding: str, delimiter: str = ";") -> list[dict[str, str]]:
    header, *rows = table(path, encoding, delimiter)
    return [dict(zip(header, row, strict=True)) for row in rows]


def figure(text: str) -> float:
    return float(text.replace(" ", "").replace("\u202f", "").replace(",", "."))


@pytest.fixture(scope="module")
def ledger(examples):
    rows = table(examples["achats"], "cp1252")
    return [dict(zip(rows[2], row, strict=True)) for row in rows[3:-1]]


@pytest.fixture(scope="module")
def entries(examples):
    rows = records(examples["fec"], "iso8859-15", "\t")
    grouped = defaultdict(list)
    for row in rows:
        grouped[row["JournalCode"], row["EcritureNum"]].append(row)
    return grouped


@pytest.fixture(scope="module")
def invoices(examples):
    """Every file of the archive as an XML tree, by name."""
    trees = {}
    with zipfile.ZipFile(examples["factures"]) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith(".pdf"):
                content = get_xml_from_pdf(BytesIO(content), check_xsd=False, check_schematron=False)[1]
            trees[name] = etree.fromstring(content)
    return trees


def first(tree, *names):
    """Text of the first element with one of these local names, whatever the syntax."""
    for name in names:
        for element in tree.iter(f"{{*}}{name}"):
            if element.text:
                return element.text
    return None


def number_of(tree):
    ubl = tree.find("{*}ID")
    return ubl.text if ubl is not None else tree.find("{*}ExchangedDocument/{*}ID").text


def lines_of(tree):
    return [*tree.iter("{*}InvoiceLine"), *tree.iter("{*}CreditNoteLine"),
            *tree.iter("{*}IncludedSupplyChainTradeLineItem")]  # fmt: skip


def is_credit_note(tree):
    return (first(tree, "CreditNoteTypeCode", "InvoiceTypeCode") or _cii_type(tree)) == "381"


def _cii_type(tree):
    return tree.find("{*}ExchangedDocument/{*}TypeCode").text


def test_the_ledger_adds_up(ledger, examples):
    assert len(ledger) == PAPERS["ledger_rows"] == 1596
    total = round(sum(figure(row["Montant HT"]) for row in ledger), 2)
    assert total == PAPERS["ledger_total"] == 1108981.76
    last = examples["achats"].read_text(encoding="cp1252").splitlines()[-1]
    assert figure(last.split(";")[-2]) == total


def test_ledger_amounts_are_quantity_times_price(ledger):
    for row in ledger:
        assert figure(row["Montant HT"]) == pytest.approx(
            figure(row["Quantité"]) * figure(row["P.U. HT"]), abs=0.0051
        )


def test_the_fec_has_eighteen_columns_and_balances(entries):
    rows = [row for entry in entries.values() for row in entry]
    assert len(rows[0]) == 18
    for entry in entries.values():
        assert round(sum(figure(row["Debit"]) - figure(row["Credit"]) for row in entry), 2) == 0
        assert len({(row["EcritureDate"], row["PieceRef"]) for row in entry}) == 1


def test_fec_and_ledger_tell_the_same_purchases(entries, ledger):
    by_account, booked = Counter(), Counter()
    for row in ledger:
        by_account[row["Compte"]] += round(figure(row["Montant HT"]) * 100)
    for (journal, _), entry in entries.items():
        for row in entry:
            if journal == "AC" and row["CompteNum"] in by_account:
                booked[row["CompteNum"]] += round((figure(row["Debit"]) - figure(row["Credit"])) * 100)
    assert booked == by_account
    goods = sum(cents for account, cents in booked.items() if account != "624100")
    energy = [row for entry in entries.values() for row in entry if row["CompteNum"] == "606100"]
    bought = goods / 100 + sum(figure(row["Debit"]) for row in energy)
    assert bought == PAPERS["fec_purchases"] == 1121111.35


def test_the_fec_holds_what_a_reader_must_erase(entries):
    accounts = {row["CompteNum"][:2] for entry in entries.values() for row in entry}
    assert {"10", "16", "41", "42", "43", "45", "51", "64", "66", "70"} <= accounts
    wages = [row for entry in entries.values() for row in entry if row["CompteNum"] == "421000"]
    assert len(wages) == 12 * 14


def test_foreign_purchases_carry_the_vat_that_tells_them_apart(entries):
    union = [entry for entry in entries.values() if any(row["CompteNum"] == "445200" for row in entry)]
    names = {row["CompAuxLib"] for entry in union for row in entry if row["CompteNum"] == "401000"}
    assert "GETRIEBE OSTWALD" in names
    assert not names & {"TAKEMORI GEARS", "USINAGE CORVALTRE"}


def test_three_hundred_files_are_296_documents(invoices):
    assert len(invoices) == PAPERS["invoice_files"] == 300
    numbers = Counter(number_of(tree) for tree in invoices.values())
    assert len(numbers) == 296
    assert sorted(numbers.values())[-5:] == [1, 2, 2, 2, 2]
    credit = {number_of(tree) for tree in invoices.values() if is_credit_note(tree)}
    assert len(credit) == PAPERS["credit_notes"] == 6
    assert all(number.startswith(("AV-", "RFA-")) for number in credit)


def test_all_three_syntaxes_are_valid_against_their_schema(invoices):
    kinds = Counter()
    for name, tree in invoices.items():
        root = etree.QName(tree).localname
        kinds["pdf" if name.endswith(".pdf") else root] += 1
        if sum(kinds.values()) % 12 == 0 or root == "CreditNote":
            flavour = {"Invoice": "ubl-2.1-invoice", "CreditNote": "ubl-2.1-creditnote"}.get(root, "factur-x")
            assert xml_check_xsd(etree.tostring(tree), flavor=flavour) is True
    assert min(kinds["Invoice"], kinds["CrossIndustryInvoice"], kinds["pdf"], kinds["CreditNote"]) > 0


def test_invoices_repeat_the_ledger_line_by_line(invoices, ledger):
    by_number = defaultdict(list)
    for row in ledger:
        by_number[row["N° pièce"]].append((row["Désignation"], round(abs(figure(row["Montant HT"])), 2)))
    lines = 0
    for number, tree in {number_of(tree): tree for tree in invoices.values()}.items():
        items = []
        for line in lines_of(tree):
            amount = first(line, "LineExtensionAmount", "LineTotalAmount")
            product = line.find(".//{*}Item/{*}Name")
            product = line.find(".//{*}SpecifiedTradeProduct/{*}Name") if product is None else product
            items.append((product.text, float(amount)))
        assert items == by_number[number]
        lines += len(items)
    assert lines == PAPERS["invoice_lines"] == 1452


def test_origins_stand_on_the_lines_of_those_who_print_them(invoices):
    with_origin = without = 0
    for tree in invoices.values():
        for line in lines_of(tree):
            origin = line.find(".//{*}OriginCountry/{*}IdentificationCode")
            origin = line.find(".//{*}OriginTradeCountry/{*}ID") if origin is None else origin
            with_origin, without = (
                (with_origin + 1, without) if origin is not None else (with_origin, without + 1)
            )
    assert with_origin > 600
    assert without > 400


def test_customs_papers_name_articles_of_the_ledger(examples, ledger):
    bought = {(row["N° pièce"], row["Réf. article"]) for row in ledger}
    for name, rows, column in (("emebi", 152, "Pays de provenance"), ("importations", 80, "Pays d'origine")):
        papers = records(examples[name], "cp1252")
        assert len(papers) == rows
        assert {(row["N° facture"], row["Référence article"]) for row in papers} <= bought
        assert "FR" not in {row[column] for row in papers}
        assert {row["Observations"] for row in papers} == {"donnée inventée"}


def test_the_three_far_parts_have_an_import_declaration(examples):
    papers = records(examples["importations"], "cp1252")
    far = {(row["Désignation"], row["Pays d'origine"]) for row in papers if row["Pays d'origine"] != "CH"}
    assert far == {
        ("CAPTEUR DE COUPLE AXE 2 140 NM", "JP"),
        ("CARTE DE CALCUL X86 INDUSTRIELLE 8 COEURS 16GO", "CN"),
        ("REDUCTEUR HARMONIQUE AXE 3 RAPPORT 1/100 T25", "JP"),
    }
