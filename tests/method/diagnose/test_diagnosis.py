"""The whole diagnosis, and its parts alone: suppliers, concentration, foreign spend, comparison, words."""

import ast
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.boms import flat_bom, large_bom, random_boms
from maillon.core.bom import Bom, bom_from
from maillon.core.place import EU, FRANCE, Place
from maillon.core.reason import Reason
from maillon.method.diagnose import (
    DiagnoseAssumptions,
    compare_diagnoses,
    concentration,
    diagnose_bom,
    foreign_spend,
    reason_message,
)
from maillon.method.diagnose.results import Basis, Site
from maillon.method.diagnose.suppliers import supplier_keys
from maillon.method.diagnose.words import SENTENCES

SOURCES = Path(__file__).parents[3] / "src/maillon/method/diagnose"


def test_a_known_firm_reads_as_computed_by_hand() -> None:
    bom = bom_from(
        {
            "parent": [None, 1, 1, 1, 1],
            "quantity": [1.0, 2.0, 1.0, 4.0, 1.0],
            "own_value": [100.0, None, None, None, None],
            "unit_price": [None, 100.0, 400.0, 50.0, 100.0],
            "supplier": [None, "Fonderie", "Moteurs", "Négoce", None],
            "supplier_country": [None, "FR", "DE", "FR", None],
            "making_country": ["FR", "FR", "DE", "CN", None],
            "family": [None, "casting", "motors", "boards", "boards"],
            "evidence": ["declared", "documented", "declared", "declared", None],
            "mass": [None, 3.0, 2.0, 0.5, None],
        },
        name="essai",
    )
    found = diagnose_bom(bom, territories=(FRANCE, EU))
    assert (found.name, found.lines, found.bought_lines) == ("essai", 5, 4)
    assert (found.spend, found.currency) == (900.0, "EUR")
    content = {b: (s["country:FR"].min, s["country:FR"].max) for b, s in found.local_content.items()}
    assert content[Basis.VALUE_ADDED] == (pytest.approx(0.3), pytest.approx(0.4))
    assert content[Basis.ORIGIN_VALUE] == (pytest.approx(200 / 900), pytest.approx(300 / 900))
    assert content[Basis.COUNT] == (0.25, 0.5)
    assert content[Basis.MASS] == (0.6, 0.6)
    assert found.local_content[Basis.MASS]["country:FR"].left_out == 1
    supplier = found.indices[Site.SUPPLIER]["country:FR"]
    assert (supplier.min, supplier.max) == (pytest.approx(400 / 900), pytest.approx(500 / 900))
    assert found.evidence_spend == pytest.approx(
        {"unknown": 100 / 900, "inferred": 0.0, "declared": 600 / 900, "documented": 200 / 900}
    )
    assert found.foreign.lines["line"].to_list() == [3, 4]
    assert found.questions.decided
    assert [r.code for r in found.questions.reasons] == ["threshold_out_of_reach"]
    assert found.origin_check.evidence_gaps == (3, 4, 5)
    assert found.by_country.rows()[0] == ("motors", "DE", "declared", 400.0, 1)


@settings(max_examples=60, deadline=None)
@given(random_boms())
def test_any_bill_of_materials_has_a_diagnosis_that_adds_up(bom: Bom) -> None:
    found = diagnose_bom(bom)
    value = found.local_content[Basis.ORIGIN_VALUE]["country:FR"]
    making = found.indices[Site.MAKING]["country:FR"]
    assert (value.min, value.max) == (making.min, making.max)
    assert found.by_country["lines"].sum() == found.bought_lines
    assert float(found.by_country["spend"].sum()) == pytest.approx(found.spend)
    assert sum(found.evidence_spend.values()) == pytest.approx(1.0 if found.spend > 0 else 0.0)
    spread = found.concentration
    assert spread.spend + spread.unknown_supplier_spend == pytest.approx(found.spend)
    assert spread.hhi_low - 1e-12 <= spread.hhi_high
    for reason in (*found.assumptions, *found.questions.reasons, *found.origin_check.reasons):
        assert str(reason_message(reason))


def test_a_site_adds_the_region_and_the_circle_around_it() -> None:
    site = Place(country="FR", region="27", departement="90", commune="90010", lat=47.64, lon=6.86)
    found = diagnose_bom(flat_bom({"unit_price": 1.0}), assumptions=DiagnoseAssumptions(site=site))
    assert [t.key for t in found.territories] == [
        "radius:90010:100",
        "region:27",
        "country:FR",
        "eu",
        "europe",
        "world",
    ]
    assert "radius_as_the_crow_flies" in {r.code for r in found.assumptions}


def test_concentration_of_four_equal_suppliers_and_one_unknown() -> None:
    lines = [{"unit_price": 20.0, "supplier": s} for s in "ABCD"]
    found = concentration(flat_bom(*lines, {"unit_price": 20.0}))
    assert (found.hhi, found.effective_suppliers, found.suppliers, found.normalised) == (0.25, 4.0, 4, 0.0)
    assert (found.hhi_low, found.hhi_high) == (pytest.approx(4 * 0.04), pytest.approx(0.4**2 + 3 * 0.04))
    assert (found.spend, found.unknown_supplier_spend) == (80.0, 20.0)
    assert found.top[0] == ("A", 0.25)


def test_one_supplier_is_the_whole_of_the_spend() -> None:
    found = concentration(flat_bom({"unit_price": 5.0, "supplier": "A"}))
    assert (found.hhi, found.effective_suppliers, found.normalised) == (1.0, 1.0, None)


def test_a_single_source_is_a_reference_with_one_supplier() -> None:
    bom = flat_bom(
        {"reference": "R1", "unit_price": 60.0, "supplier": "A", "making_country": "CN"},
        {"reference": "R2", "unit_price": 25.0, "supplier": "A", "making_country": "FR"},
        {"reference": "R2", "unit_price": 10.0, "supplier": "B", "making_country": "FR"},
        {"reference": "R3", "unit_price": 5.0, "supplier": "B"},
        {"reference": "R4", "unit_price": 1.0},
    )
    found = concentration(bom)
    assert (found.single_source_lines, found.single_source_spend) == (2, 65.0)
    assert found.critical_lines == (1,)


def test_foreign_lines_by_falling_spend_and_the_few_that_hold_80_percent() -> None:
    spend = [5.0, 50.0, 30.0, 10.0, 5.0]
    bom = flat_bom(*({"unit_price": s, "making_country": "CN"} for s in spend), {"unit_price": 900.0})
    found = foreign_spend(bom)
    assert found.lines["line"].to_list() == [2, 3, 4, 1, 5]
    assert found.lines["cumulative_share"].to_list() == pytest.approx([0.5, 0.8, 0.9, 0.95, 1.0])
    assert (found.vital, found.spend) == (2, 100.0)


def test_overseas_parts_are_home_and_inferred_ones_are_not_listed() -> None:
    bom = flat_bom(
        {"unit_price": 1.0, "making_country": "RE"},
        {"unit_price": 1.0, "making_country": "CN", "evidence": "inferred"},
    )
    assert foreign_spend(bom).lines.is_empty()
    assert foreign_spend(bom).vital == 0


@pytest.mark.parametrize(
    ("names", "identifiers", "same"),
    [
        (["Sté Usinage Réunis SAS", "USINAGE REUNIS"], [None, None], True),
        (["Usinage", "Autre"], ["FR12000000018", "000 000 018"], True),
        (["Usinage", "Usinage SARL"], ["000000018", None], True),
        (["Usinage", "Usinage"], ["000000018", "000000026"], False),
        (["Usinage Nord", "Usinage Sud"], [None, None], False),
        (["SA", "SAS"], [None, None], False),
    ],
)
def test_one_supplier_has_one_key(names, identifiers, same) -> None:
    keys = supplier_keys(pl.Series(names), pl.Series(identifiers, dtype=pl.String))
    assert (keys.n_unique() == 1) is same


def test_a_name_that_goes_with_two_identifiers_joins_neither() -> None:
    keys = supplier_keys(pl.Series(["U", "U", "U"]), pl.Series(["000000018", "000000026", None]))
    assert keys.to_list() == ["000000018", "000000026", "u"]


def test_two_versions_side_by_side_say_what_is_certain() -> None:
    before = diagnose_bom(flat_bom({"unit_price": 60.0, "making_country": "CN"}, {"unit_price": 40.0}))
    after = diagnose_bom(flat_bom({"unit_price": 60.0, "making_country": "FR"}, {"unit_price": 40.0}))
    found = compare_diagnoses(before, after)
    change = found.local_content[Basis.ORIGIN_VALUE]["country:FR"]
    assert (change.least, change.most, change.direction) == (pytest.approx(0.2), pytest.approx(1.0), 1)
    assert compare_diagnoses(after, before).local_content[Basis.COUNT]["country:FR"].direction == 0
    world = found.indices[Site.MAKING]["world"]
    assert (world.least, world.most, world.direction) == (0.0, 0.0, 0)
    assert found.foreign_spend == (60.0, 0.0)
    assert [r.code for r in found.reasons] == ["changes_independent"]


def test_every_reason_given_has_a_sentence_and_every_sentence_a_use() -> None:
    given_codes = set()
    for path in SOURCES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                first = node.args[0]
                if node.func.id in {"Reason", "counted"} and isinstance(first, ast.Constant):
                    given_codes.add(first.value)
    chosen_by_a_test = {"only_reached_provable", "only_not_reached_provable"}
    chosen_by_a_test |= {"threshold_reached", "threshold_out_of_reach"}
    assert given_codes | chosen_by_a_test == set(SENTENCES)


def test_an_unknown_reason_is_an_error() -> None:
    with pytest.raises(KeyError):
        reason_message(Reason("no_such_reason"))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 5))
def test_the_order_of_the_lines_does_not_matter(seed: int) -> None:
    bom = large_bom(300, seed=seed, ranges=True)
    shuffled = Bom(bom.lines.sample(fraction=1.0, shuffle=True, seed=seed), bom.name)
    one, other = diagnose_bom(bom), diagnose_bom(shuffled)
    for basis, shares in one.local_content.items():
        for key, share in shares.items():
            again = other.local_content[basis][key]
            assert (again.min, again.max, again.total) == pytest.approx((share.min, share.max, share.total))
    assert [q.supplier for q in other.questions.questions] == [q.supplier for q in one.questions.questions]
    assert other.concentration.hhi == pytest.approx(one.concentration.hhi)
