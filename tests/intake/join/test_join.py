"""What papers prove raises the lines that they are about, and never lowers any."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillon.core.bom import Bom, bom_from
from maillon.core.evidence import Evidence
from maillon.core.ledger import Ledger, ledger_from
from maillon.intake.join import join_sources, ledger_to_bom, purchases_behind

DAY = dt.date(2025, 3, 4)


def bom(**columns: object) -> Bom:
    return bom_from({"designation": ["Vis"], "file": ["bom.xlsx"], "row": [7], **columns})


def invoice(**columns: object) -> Ledger:
    known = {
        "date": [DAY], "document": ["F1"], "amount": [100.0], "quantity": [50.0], "unit": ["piece"],
        "currency": ["EUR"], "supplier": ["Visserie Inventée SAS"], "supplier_id": ["000410019"],
        "evidence": ["declared"], "evidence_source": ["invoice F1, 2025-03-04"],
    }  # fmt: skip
    return ledger_from({**known, **columns}, name="factures")


def customs(**columns: object) -> Ledger:
    source = "import declaration 25FR1, 2025-03-01"
    known = {"amount": [100.0], "evidence": ["documented"], "evidence_source": [source]}
    return ledger_from({**known, **columns}, name="douane")


def line(joined: Bom) -> dict[str, object]:
    return joined.lines.row(0, named=True)


def test_a_declared_origin_reaches_the_line_by_reference() -> None:
    joined = join_sources(bom(reference=["AC-1001"]), [invoice(reference=["ac 1001"], making_country=["CN"])])
    found = line(joined.bom)
    assert (found["making_country"], found["evidence"]) == ("CN", "declared")
    assert found["evidence_source"] == "invoice F1, 2025-03-04"
    assert (joined.matched, joined.unmatched, joined.lines_matched, joined.raised) == (1, 0, 1, 1)
    assert joined.doubts == ()


def test_silent_lines_learn_price_vendor_mass_and_code() -> None:
    ledger = invoice(reference=["AC-1001"], cn=["73181595"], mass=[0.25], supplier_site=["25000 Besançon"])
    found = line(join_sources(bom(reference=["AC-1001"], unit=["piece"]), [ledger]).bom)
    assert (found["unit_price"], found["currency"], found["vat_included"]) == (2.0, "EUR", False)
    assert (found["supplier"], found["supplier_id"]) == ("Visserie Inventée SAS", "000410019")
    assert (found["mass"], found["cn"], found["annual_quantity"]) == (0.005, "73181595", 50.0)
    assert found["supplier_site"] == "25000 Besançon"
    assert (found["making_country"], found["evidence"]) == (None, None)


def test_what_a_line_says_is_never_overwritten() -> None:
    written = bom(
        reference=["AC-1001"],
        unit_price=[3.0],
        currency=["USD"],
        supplier=["Autre"],
        mass=[1.0],
        cn=["84821090"],
    )
    found = line(join_sources(written, [invoice(reference=["AC-1001"], cn=["73181595"], mass=[0.25])]).bom)
    assert (found["unit_price"], found["currency"], found["supplier"]) == (3.0, "USD", "Autre")
    assert (found["mass"], found["cn"]) == (1.0, "84821090")
    assert found["supplier_id"] is None  # another vendor's number


def test_prices_of_another_unit_or_of_two_currencies_are_not_taken() -> None:
    by_weight = join_sources(
        bom(reference=["AC-1001"], unit=["piece"]), [invoice(reference=["AC-1001"], unit=["kg"])]
    )
    assert line(by_weight.bom)["unit_price"] is None
    two = ledger_from(
        {
            "reference": ["AC-1001"] * 2,
            "quantity": [1.0, 1.0],
            "amount": [1.0, 2.0],
            "currency": ["EUR", "USD"],
        }
    )
    assert line(join_sources(bom(reference=["AC-1001"]), [two]).bom)["unit_price"] is None


def test_the_stronger_paper_wins_and_both_are_named() -> None:
    ledgers = [
        invoice(reference=["AC-1001"], making_country=["FR"]),
        customs(reference=["AC-1001"], making_country=["CN"]),
    ]
    joined = join_sources(bom(reference=["AC-1001"]), ledgers)
    assert (line(joined.bom)["making_country"], line(joined.bom)["evidence"]) == ("CN", "documented")
    (doubt,) = joined.doubts
    assert doubt.cell == "7:7"
    for words in ("AC-1001", "CN", "import declaration 25FR1", "FR", "invoice F1"):
        assert words in str(doubt.what)


def test_equal_papers_keep_what_the_line_says_else_the_larger_purchase() -> None:
    two = ledger_from(
        {
            "reference": ["AC-1001"] * 2,
            "amount": [10.0, 90.0],
            "making_country": ["CN", "VN"],
            "evidence": ["declared"] * 2,
            "evidence_source": ["invoice A", "invoice B"],
        }
    )
    silent = join_sources(bom(reference=["AC-1001"]), [two])
    assert line(silent.bom)["making_country"] == "VN"
    said = bom(reference=["AC-1001"], making_country=["CN"], evidence=["declared"])
    kept = join_sources(said, [two])
    assert line(kept.bom)["making_country"] == "CN"
    assert [doubt.code for doubt in silent.doubts + kept.doubts] == ["conflicting-origin"] * 2


def test_a_documented_line_is_not_changed_by_a_declaration() -> None:
    said = bom(
        reference=["AC-1001"], making_country=["DE"], making_site=["Stuttgart"], evidence=["documented"]
    )
    joined = join_sources(said, [invoice(reference=["AC-1001"], making_country=["CN"])])
    found = line(joined.bom)
    assert (found["making_country"], found["making_site"], found["evidence"]) == (
        "DE",
        "Stuttgart",
        "documented",
    )
    assert [doubt.code for doubt in joined.doubts] == ["conflicting-origin"]


def test_a_site_in_another_country_goes_with_its_country_and_stays_with_it() -> None:
    said = {"reference": ["AC-1001"], "making_site": ["Besançon (25)"], "evidence": ["declared"]}
    moved = join_sources(bom(**said), [customs(reference=["AC-1001"], making_country=["CN"])])
    assert (line(moved.bom)["making_country"], line(moved.bom)["making_site"]) == ("CN", None)
    confirmed = join_sources(bom(**said), [customs(reference=["AC-1001"], making_country=["FR"])])
    found = line(confirmed.bom)
    assert (found["making_country"], found["making_site"], found["evidence"]) == (
        "FR",
        "Besançon (25)",
        "documented",
    )
    assert confirmed.doubts == ()


def test_a_site_that_is_none_is_no_origin() -> None:
    said = bom(reference=["AC-1001"], making_site=["à demander"], evidence=["declared"])
    found = line(join_sources(said, [invoice(reference=["AC-1001"], making_country=["CN"])]).bom)
    assert (found["making_country"], found["making_site"], found["evidence"]) == ("CN", None, "declared")


def test_a_supplier_reference_needs_a_compatible_vendor() -> None:
    ledger = invoice(supplier_reference=["V5X16"], making_country=["CN"])
    same = bom(supplier_reference=["V5-X16"], supplier=["VISSERIE INVENTEE"])
    other = bom(supplier_reference=["V5-X16"], supplier=["Boulonnerie Autre"])
    assert line(join_sources(same, [ledger]).bom)["making_country"] == "CN"
    assert line(join_sources(other, [ledger]).bom)["making_country"] is None


def test_the_vendors_own_papers_come_before_those_of_others() -> None:
    ledgers = [
        invoice(reference=["AC-1001"], making_country=["FR"]),
        customs(reference=["AC-1001"], supplier=["Ailleurs Ltd"], making_country=["CN"]),
    ]
    joined = join_sources(bom(reference=["AC-1001"], supplier_id=["FR83000410019"]), ledgers)
    assert line(joined.bom)["making_country"] == "FR"


def test_lost_leading_zeros_match_within_one_vendor_only() -> None:
    ledger = invoice(reference=["123456"], making_country=["CN"])
    same = bom(reference=["00123456"], supplier=["Visserie Inventée"])
    assert line(join_sources(same, [ledger]).bom)["making_country"] == "CN"
    assert line(join_sources(bom(reference=["00123456"]), [ledger]).bom)["making_country"] is None


def test_customs_papers_without_part_match_by_code_and_vendor_if_they_agree() -> None:
    said = bom(reference=["AC-1001"], cn=["84821090"], supplier=["Lager B.V."])
    one = customs(cn=["8482109000"], supplier=["LAGER BV"], making_country=["JP"])
    assert line(join_sources(said, [one]).bom)["evidence"] == "documented"
    two = customs(cn=["84821090"], supplier=["LAGER BV"], making_country=["CN"])
    assert line(join_sources(said, [one, two]).bom)["making_country"] is None


def test_one_purchase_in_three_sources_counts_once() -> None:
    fec = ledger_from(
        {
            "document": ["F1", "F9"],
            "supplier": ["VISSERIE INVENTEE"] * 2,
            "amount": [100.0, 40.0],
            "account": ["601"] * 2,
        },
        name="fec",
    )
    paper = customs(reference=["AC-1001"], making_country=["CN"])
    joined = join_sources(None, [fec, invoice(reference=["AC-1001"]), paper])
    assert joined.bom.lines["amount"].sum() == 140.0
    assert (line(joined.bom)["making_country"], line(joined.bom)["evidence"]) == ("CN", "documented")
    assert {reason.code for reason in joined.reasons} == {"counted_in_other_ledger", "customs_prove_only"}


def test_customs_papers_alone_are_the_purchases() -> None:
    assert (
        join_sources(None, [customs(cn=["84821090"], making_country=["JP"])]).bom.lines["amount"].sum()
        == 100.0
    )


def test_nothing_at_all_is_an_empty_bill() -> None:
    assert len(join_sources(None, []).bom) == 0
    alone = bom(reference=["AC-1001"])
    assert join_sources(alone, []).bom.lines.equals(alone.lines)


def test_a_ledger_becomes_one_line_for_each_part_and_vendor() -> None:
    ledger = ledger_from(
        {
            "date": [dt.date(2024, 1, 1), dt.date(2025, 12, 31), DAY, DAY],
            "reference": ["A-1", "A-1", "A-1", None],
            "designation": ["Vis", "Vis", "Vis", "Transport F123"],
            "quantity": [10.0, 30.0, 5.0, None],
            "unit": ["piece"] * 3 + [None],
            "amount": [20.0, 40.0, 12.0, 9.0],
            "currency": ["EUR"] * 4,
            "supplier": ["Alpha SA", "ALPHA", "Beta", "Alpha SA"],
            "making_country": ["CN", None, None, None],
            "evidence": ["declared", None, None, None],
        }
    )
    lines = ledger_to_bom(ledger).lines
    assert lines.select("quantity", "amount", "unit_price", "annual_quantity", "making_country").rows() == [
        (40.0, 60.0, 1.5, 20.0, "CN"),
        (5.0, 12.0, pytest.approx(2.4), 2.5, None),
        (None, 9.0, None, None, None),
    ]


_CODES = st.sampled_from(["AAA1", "BBB2", "CCC3", "DDD4", None])
_COUNTRIES = st.sampled_from([None, "FR", "CN", "DE"])
_LEVELS = st.sampled_from(["inferred", "declared", "documented"])
_VENDORS = st.sampled_from([None, "Alpha", "Beta"])
_ROWS = st.lists(st.tuples(_CODES, _COUNTRIES, _LEVELS, _VENDORS, st.integers(1, 99)), min_size=1, max_size=8)


def _frame(rows: list[tuple[str | None, str | None, str, str | None, int]]) -> dict[str, list[object]]:
    references, countries, levels, vendors, amounts = map(list, zip(*rows, strict=True))
    levels = [level if country else None for level, country in zip(levels, countries, strict=True)]
    return {
        "reference": references, "making_country": countries, "evidence": levels, "supplier": vendors,
        "amount": [float(amount) for amount in amounts],
    }  # fmt: skip


def _ranks(frame: pl.DataFrame) -> list[int]:
    return [int(Evidence.from_code(code)) if code else 0 for code in frame["evidence"]]


@settings(max_examples=60, deadline=None)
@given(_ROWS, st.lists(_ROWS, min_size=1, max_size=3))
def test_joining_never_lowers_evidence_nor_invents_an_origin(lines: list, papers: list) -> None:
    before = bom_from(_frame(lines))
    ledgers = [ledger_from(_frame(rows), name=str(n)) for n, rows in enumerate(papers)]
    after = join_sources(before, ledgers).bom
    assert len(after) == len(before)
    assert all(new >= old for old, new in zip(_ranks(before.lines), _ranks(after.lines), strict=True))
    said = {country for ledger in ledgers for country in ledger.purchases["making_country"]}
    kept = zip(before.lines["making_country"], after.lines["making_country"], strict=True)
    assert all(new == old or new in said for old, new in kept)
    again = join_sources(after, ledgers).bom
    assert again.lines.select("making_country", "evidence").equals(
        after.lines.select("making_country", "evidence")
    )


@settings(max_examples=40, deadline=None)
@given(_ROWS)
def test_a_flat_bill_sums_to_its_ledger(rows: list) -> None:
    ledger = ledger_from(_frame(rows))
    lines = ledger_to_bom(ledger).lines
    assert lines["amount"].sum() == pytest.approx(ledger.purchases["amount"].sum())
    behind, amounts = purchases_behind(ledger), dict(ledger.purchases.select("line", "amount").iter_rows())
    assert sorted(n for numbers in behind.values() for n in numbers) == sorted(amounts)
    for line, amount in lines.select("line", "amount").iter_rows():
        assert amount == pytest.approx(sum(amounts[n] for n in behind[line]))
