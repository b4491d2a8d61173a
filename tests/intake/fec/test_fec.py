"""A FEC gives its purchases to the cent, by supplier, and nothing else of it survives."""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.fec import Posted, Posting, fec_lines, purchase, wages, write_fec
from maillon.core.errors import RefusedFile
from maillon.core.money import Money
from maillon.intake.fec import looks_like_fec, purchases_only, read_fec
from maillon.intake.fec.parse import parse_fec
from maillon.intake.reading import Reading

CANARY = "CANARI7K"
BOUGHT = [
    purchase("1", "Décolletage Inventé", 125_050),
    purchase("2", "Tôlerie Inventée", 40_000, account="611000"),
]


def rows(reading: Reading) -> list[tuple[object, ...]]:
    assert reading.ledger is not None
    return reading.ledger.purchases.select("supplier", "account", "amount").rows()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso8859-15", "cp1252"])
@pytest.mark.parametrize("separator", ["\t", "|"])
@pytest.mark.parametrize("signed", [False, True])
def test_every_legal_form_reads_the_same(tmp_path: Path, encoding: str, separator: str, signed: bool) -> None:
    path = write_fec(tmp_path / "f.txt", BOUGHT, encoding=encoding, separator=separator, signed=signed)
    reading = read_fec(path)
    assert rows(reading) == [("Décolletage Inventé", "601000", 1250.5), ("Tôlerie Inventée", "611000", 400.0)]
    assert reading.ledger is not None
    first = reading.ledger.purchases.row(0, named=True)
    assert (first["date"], first["document"], first["row"]) == (dt.date(2025, 3, 4), "F-1", 2)
    assert first["designation"] == "Facture Décolletage Inventé"
    assert reading.source.kind == "fec"
    assert reading.source.separator == separator


def test_only_purchase_accounts_are_kept(tmp_path: Path) -> None:
    kept = ["601", "602", "604", "605", "606", "607", "608", "609", "611"]
    others = ["603", "610", "612", "613", "622", "641", "651", "701", "211"]
    entries = [purchase(str(n), "Fournisseur", 1000, account=f"{a}000") for n, a in enumerate(kept + others)]
    reading = read_fec(write_fec(tmp_path / "f.txt", entries))
    assert [account for _, account, _ in rows(reading)] == [f"{account}000" for account in kept]


def test_rebates_and_credit_notes_are_negative(tmp_path: Path) -> None:
    entries = [purchase("1", "Fournisseur", 5000), purchase("2", "Fournisseur", -1000, account="609000")]
    assert [amount for _, _, amount in rows(read_fec(write_fec(tmp_path / "f.txt", entries)))] == [
        50.0,
        -10.0,
    ]


def test_several_suppliers_share_a_line_to_the_cent(tmp_path: Path) -> None:
    postings = (
        Posting("601000", 10_000),
        Posting("401000", -7_000, vendor="Alpha"),
        Posting("401000", -3_000, vendor="Beta"),
        Posting("401000", -5_000, vendor="Gamma"),
        Posting("512000", 5_000),
    )
    reading = read_fec(write_fec(tmp_path / "f.txt", [Posted(postings)]))
    assert rows(reading) == [("Alpha", "601000", 46.67), ("Beta", "601000", 20.0), ("Gamma", "601000", 33.33)]
    assert reading.tables[0].rows.parts == 1


def test_a_month_in_one_entry_is_told_apart_by_document(tmp_path: Path) -> None:
    postings = (
        Posting("601000", 1_000, document="A"),
        Posting("401000", -1_000, vendor="Alpha", document="A"),
        Posting("602000", 9_000, document="B"),
        Posting("401000", -9_000, vendor="Beta", document="B"),
    )
    reading = read_fec(write_fec(tmp_path / "f.txt", [Posted(postings)]))
    assert rows(reading) == [("Alpha", "601000", 10.0), ("Beta", "602000", 90.0)]


def test_entries_whose_lines_are_scattered_are_put_together(tmp_path: Path) -> None:
    lines = fec_lines(BOUGHT)
    scattered = [lines[0], lines[1], lines[4], lines[2], lines[5], lines[3], lines[6]]
    path = tmp_path / "f.txt"
    path.write_text("\n".join(scattered), encoding="utf-8")
    reading = read_fec(path)
    assert sorted(rows(reading)) == sorted(
        [("Décolletage Inventé", "601000", 1250.5), ("Tôlerie Inventée", "611000", 400.0)]
    )
    assert reading.notes["unbalanced_count"] == 0


def test_row_account_is_balanced_and_explained(tmp_path: Path) -> None:
    lines = fec_lines([*BOUGHT, wages("9", CANARY)])
    lines[3:3] = ["", "trop\tpeu"]
    lines.append(lines[1].replace("1250,50", "abc"))
    path = tmp_path / "f.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    reading = read_fec(path)
    counted = reading.notes["rows"]
    assert counted == {
        "read": 12, "header": 1, "purchases": 2, "counterpart": 2, "erased": 4, "blank": 1, "quarantined": 2,
    }  # fmt: skip
    assert isinstance(counted, dict)
    assert counted["read"] == sum(n for name, n in counted.items() if name != "read")
    assert reading.tables[0].rows.balanced
    cells = {doubt.cell for doubt in reading.doubts if doubt.code == "unreadable-row"}
    assert cells == {"5:5", "12:12"}


def test_unbalanced_purchase_is_told_with_its_difference(tmp_path: Path) -> None:
    entry = Posted((Posting("601000", 10_000), Posting("401000", -9_000, vendor="Alpha")), number="77")
    reading = read_fec(write_fec(tmp_path / "f.txt", [entry]))
    doubt = next(doubt for doubt in reading.doubts if doubt.code == "unbalanced-entry")
    assert "AC 77" in str(doubt.what)
    assert doubt.what.params["amount"] == Money(10.0, "EUR")
    assert rows(reading) == [("Alpha", "601000", 100.0)]


def test_intra_eu_vat_and_foreign_currency_are_clues_not_countries(tmp_path: Path) -> None:
    postings = (
        Posting("601000", 10_000),
        Posting("445200", -2_000),
        Posting("445662", 2_000),
        Posting("401000", -10_000, vendor="Lieferant GmbH", currency="USD"),
    )
    reading = read_fec(write_fec(tmp_path / "f.txt", [Posted(postings)]))
    assert reading.notes["intra_eu_suppliers"] == ["Lieferant GmbH"]
    assert reading.notes["foreign_currencies"] == {"USD": ["Lieferant GmbH"]}
    assert reading.ledger is not None
    assert reading.ledger.purchases["supplier_country"].to_list() == [None]


def test_closing_entries_are_no_purchases(tmp_path: Path) -> None:
    closing = Posted((Posting("601000", -125_050), Posting("120000", 125_050)), journal="CL", number="99")
    reading = read_fec(write_fec(tmp_path / "f.txt", [BOUGHT[0], closing]))
    assert rows(reading) == [("Décolletage Inventé", "601000", 1250.5)]
    assert [d.cell for d in reading.doubts if d.code == "unreadable-row"] == ["5:5"]


def test_no_wage_text_survives_anywhere(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    expense = Posted(
        (
            Posting("606000", 5_000, "Fournitures", label=f"Note de frais {CANARY}"),
            Posting("421000", -5_000, "Personnel", vendor=f"Salarié {CANARY}"),
        ),
        number="55",
    )
    unbalanced = Posted((Posting("641000", 100, label=CANARY),), journal=CANARY, number=CANARY)
    entries = [*BOUGHT, wages("9", CANARY), expense, unbalanced]
    path = write_fec(tmp_path / "f.txt", entries)
    with path.open("ab") as target:
        target.write(f"{CANARY}\t{CANARY}\r\n".encode())
    reading = read_fec(path)
    out = tmp_path / "reduit.txt"
    purchases_only(path, out)
    said = [repr(reading), str([(str(d.what), d.cell) for d in reading.doubts]), caplog.text]
    assert reading.ledger is not None
    said += [reading.ledger.purchases.write_json(), out.read_text("utf-8")]
    assert not any(CANARY in text for text in said)
    assert (None, "606000", 50.0) in rows(reading)


def test_damaged_files_are_refused_without_quoting_them(tmp_path: Path) -> None:
    path = tmp_path / "f.txt"
    path.write_text(f"JournalCode\t{CANARY}\n1\t2\n", encoding="utf-8")
    with pytest.raises(RefusedFile) as caught:
        read_fec(path)
    assert "column names of a FEC" in str(caught.value)
    assert CANARY not in str(caught.value)
    path.write_bytes("\t".join(fec_lines([])).encode() + b"\n" + b"x" * 3_000_000)
    with pytest.raises(RefusedFile, match="one million characters"):
        read_fec(path)


def test_the_reduced_original_reads_the_same_and_is_reduced_once(tmp_path: Path) -> None:
    path = write_fec(tmp_path / "f.txt", [*BOUGHT, wages("9", CANARY)])
    out, again = tmp_path / "r.txt", tmp_path / "rr.txt"
    purchases_only(path, out)
    purchases_only(out, again)
    assert rows(read_fec(out)) == rows(read_fec(path))
    assert out.read_bytes() == again.read_bytes()
    reduced = read_fec(out)
    assert reduced.notes["unbalanced_count"] == 0
    assert len(out.read_text("utf-8").splitlines()) == 5  # header, and two lines of each purchase


def test_fec_is_told_by_its_header() -> None:
    assert looks_like_fec("\t".join(fec_lines([])).encode())
    assert looks_like_fec(b"\xef\xbb\xbf" + fec_lines([], separator="|", signed=True)[0].encode())
    assert not looks_like_fec(b"Date;Compte;Debit;Credit\n", "123456789FEC20251231.txt")


_ACCOUNTS = st.sampled_from(["601000", "606100", "609000", "611000", "641000", "512000", "445660", "707000"])
_POSTINGS = st.lists(st.tuples(_ACCOUNTS, st.integers(-5_000_000, 5_000_000)), min_size=1, max_size=5)
_VENDORS = st.lists(st.sampled_from(["Alpha", "Beta", "Gamma"]), min_size=1, max_size=3)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(_POSTINGS, _VENDORS), min_size=1, max_size=6))
def test_amounts_sum_to_the_purchases_of_the_generator(
    tmp_path: Path, generated: list[tuple[list[tuple[str, int]], list[str]]]
) -> None:
    entries, expected, lines = [], 0, 0
    for number, (accounts, vendors) in enumerate(generated):
        total = sum(cents for _, cents in accounts)
        shares = [total // len(vendors)] * len(vendors)
        shares[0] += total - sum(shares)
        owed = [
            Posting("401000", -share, vendor=vendor) for vendor, share in zip(vendors, shares, strict=True)
        ]
        entries.append(Posted([*(Posting(a, c) for a, c in accounts), *owed], number=str(number)))
        bought = [cents for account, cents in accounts if account[:3] in {"601", "606", "609", "611"}]
        expected += sum(bought)
        lines += len(bought)
    path = write_fec(tmp_path / "f.txt", entries)
    with path.open("rb") as file:
        items: list[dict[str, Any]] = list(parse_fec(file, {}))
    found = sum(sum(item["purchases"]["cents"]) for item in items if "purchases" in item)
    assert found == expected
    assert items[-1]["summary"]["rows"]["purchases"] == lines
    assert items[-1]["summary"]["unbalanced_count"] == 0
