"""The invention itself: reproducible, consistent for any seed, and nobody's."""

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.fr import siren, siret, tva

from maillon.core.errors import InvalidRequest
from maillon.core.evidence import Evidence
from maillon.demo import write_examples
from maillon.demo.bill import BOUGHT_LINES, build_bill
from maillon.demo.draws import draws
from maillon.demo.entries import Entry, Posting
from maillon.demo.firm import VALTRENNE
from maillon.demo.identifiers import french_vat, invented_siren, invented_siret, luhn_digit
from maillon.demo.invoice_archive import sent_files
from maillon.demo.purchases import year_of_purchases, yearly_needs
from maillon.demo.suppliers import all_suppliers, misspell
from maillon.demo.truth import joined_origins, truth

ROOT = Path(__file__).parents[2]


@given(st.text("0123456789", min_size=1, max_size=20))
def test_luhn_digit_equals_the_library(digits):
    assert str(luhn_digit(digits)) == luhn.calc_check_digit(digits)


@given(st.integers(0, 99_999 - 41_000))
def test_invented_identifiers_pass_every_check_and_start_with_000(rank):
    number = invented_siren(rank)
    assert siren.is_valid(number)
    assert siret.is_valid(invented_siret(number))
    assert tva.is_valid(french_vat(number))
    assert number.startswith("000")


def test_no_two_firms_share_an_identifier():
    numbers = [supplier.siren for supplier in all_suppliers()] + [VALTRENNE.siren]
    assert len(set(numbers)) == len(numbers) == 47


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_any_seed_gives_a_year_that_covers_the_needs_exactly(seed):
    lines = build_bill(seed)
    documents = year_of_purchases(lines, seed)
    bought: dict[str, float] = {}
    for document in documents:
        for item in document.items:
            if item.article and not document.credit_note:
                bought[item.article.reference] = bought.get(item.article.reference, 0) + item.quantity
    needs = {article.reference: need for article, need in yearly_needs(lines).items()}
    assert sum(line.article is not None for line in lines) == BOUGHT_LINES
    assert bought == pytest.approx(needs)
    assert len(sent_files(documents, seed)) == 300
    assert all(document.date.year == VALTRENNE.year for document in documents)


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10_000))
def test_joining_never_loses_evidence_and_keeps_three_documented_far_lines(seed):
    lines = build_bill(seed)
    joined = joined_origins(lines, year_of_purchases(lines, seed))
    bought = [line.article for line in lines if line.article]
    assert all(joined[article] >= article.evidence for article in bought)
    far = [a for a in bought if a.evidence is Evidence.DOCUMENTED and a.true_country in {"CN", "JP"}]
    assert len(far) == 3


def test_the_truth_on_file_is_the_truth_computed():
    written = json.loads((Path(__file__).parent / "truth.json").read_text(encoding="utf-8"))
    assert truth(1) == written


def test_the_same_seed_writes_the_same_bytes(tmp_path, examples):
    again = write_examples(tmp_path / "again", seed=1)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in examples.values()]


def test_the_committed_examples_are_those_of_seed_one(examples):
    for path in examples.values():
        committed = ROOT / "examples" / path.name
        assert unpacked(committed) == unpacked(path), f"{path.name}: run python -m maillon.demo"
    sizes = {path.name: path.stat().st_size for path in (ROOT / "examples").iterdir()}
    own = {path.name for path in examples.values()}
    assert sum(size for name, size in sizes.items() if name in own) <= 1_500_000
    assert sum(size for name, size in sizes.items() if name not in own) <= 50_000


def unpacked(path):
    """Content without compression, which may differ between builds of zlib."""
    if path.suffix not in {".xlsx", ".zip"}:
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith(".pdf")}


def test_a_file_is_no_folder(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(InvalidRequest, match=r"notes\.txt is a file"):
        write_examples(file)


def test_an_unbalanced_entry_is_refused():
    with pytest.raises(ValueError, match="unbalanced entry P1"):
        Entry("OD", "Divers", VALTRENNE.printed, "P1", "x", (Posting("601000", "Achats", 1.0),))


def test_misspellings_keep_the_name_recognisable():
    chance = draws(1, "test")
    typed = {misspell("Visserie Talmière", "SAS", chance) for _ in range(200)}
    assert {"Visserie Talmière", "VISSERIE TALMIÈRE", "Sté Visserie Talmière"} <= typed
    assert all("talmi" in name.lower() for name in typed)
