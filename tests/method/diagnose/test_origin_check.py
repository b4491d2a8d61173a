"""Origine France Garantie pre-check: what counts, what does not, and when to say nothing."""

import polars as pl
import pytest

from factories.boms import flat_bom
from maillon.core.bom import bom_from
from maillon.core.money import Money
from maillon.method.diagnose import DiagnoseAssumptions, check_origin, reason_message
from maillon.method.diagnose.outside_cost import outside_cost
from maillon.method.diagnose.results import OriginCheck, Verdict


def codes(found: OriginCheck) -> list[str]:
    return [reason.code for reason in found.reasons]


def product(own: float | None, *parts: dict[str, object], **site: object):
    line = {"item": 1, "line": 1, "parent": None, "quantity": 1.0, "own_value": own, **site}
    below = [{"item": i, "line": i, "parent": 1, "quantity": 1.0, **part} for i, part in enumerate(parts, 2)]
    return bom_from(pl.DataFrame([line, *below], infer_schema_length=None))


def test_french_labour_counts_towards_the_half() -> None:
    parts = {"unit_price": 60.0, "making_country": "CN"}, {"unit_price": 20.0, "making_country": "FR"}
    met = check_origin(product(40.0, *parts, making_country="FR"))
    assert (met.verdict, met.unit_cost_share.min) == (Verdict.MET, 0.5)
    missed = check_origin(product(39.0, *parts, making_country="FR"))
    assert missed.verdict is Verdict.NOT_MET
    assert codes(missed) == ["cost_share_not_met", "not_a_legal_origin"]


def test_unknown_origins_leave_it_open() -> None:
    found = check_origin(product(40.0, {"unit_price": 60.0}, making_country="FR"))
    assert (found.verdict, codes(found)[0]) == (Verdict.UNDECIDED, "cost_share_open")


def test_parts_that_fall_short_without_any_cost_of_the_firm_say_how_much_would_do() -> None:
    short = {"unit_price": 70.0, "making_country": "CN"}, {"unit_price": 30.0, "making_country": "FR"}
    found = check_origin(flat_bom(*short))
    assert found.verdict is Verdict.UNDECIDED
    needed = next(r for r in found.reasons if r.code == "own_cost_needed")
    assert needed.params["amount"] == Money(pytest.approx(40.0), "EUR")
    assert "own_cost_missing" in codes(found)
    given = DiagnoseAssumptions(own_cost_home=40.0)
    bom = flat_bom(*short)
    assert check_origin(bom, given).verdict is Verdict.MET
    assert check_origin(bom, DiagnoseAssumptions(own_cost_home=39.0)).verdict is Verdict.NOT_MET


def test_logistics_and_marketing_leave_both_sides_of_the_share() -> None:
    lines = [
        {"unit_price": 50.0, "making_country": "FR", "designation": "Carter"},
        {"unit_price": 50.0, "making_country": "CN", "designation": "Moteur"},
        {"unit_price": 99.0, "making_country": "CN", "designation": "Frais de port"},
        {"unit_price": 99.0, "making_country": "FR", "designation": "Plaquettes", "section": "Marketing"},
    ]
    found = check_origin(flat_bom(*lines))
    assert (found.unit_cost_share.min, found.unit_cost_share.total) == (0.5, 100.0)
    assert found.excluded_lines == (3, 4)
    ranged = [{**line, "unit_price_max": line["unit_price"]} for line in lines]
    ranged[0]["unit_price_max"] = 150.0
    wide = check_origin(flat_bom(*ranged)).unit_cost_share
    assert (wide.min, wide.max) == (pytest.approx(0.5), pytest.approx(0.75))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"designation": "TRANSPORT"}, True),
        ({"designation": "Frais d'expédition"}, True),
        ({"designation": "Frais de livraison DHL"}, True),
        ({"designation": "Shipping costs"}, True),
        ({"designation": "Transport et assurance"}, True),
        ({"designation": "Port USB-C"}, False),
        ({"designation": "Roue de transport"}, False),
        ({"designation": "Carte de communication"}, False),
        ({"designation": "Emballage carton", "family": "freight-customs"}, False),
        ({"designation": "Divers", "family": "freight-customs"}, True),
        ({"designation": "Modem GSM", "section": "Communication", "manufacturer_reference": "X1"}, False),
        ({"designation": "Affiches", "section": "Communication"}, True),
        ({"designation": "Main d'œuvre montage"}, False),
        ({"designation": None}, False),
    ],
)
def test_what_does_not_count_is_told_by_its_words(line, expected) -> None:
    frame = pl.DataFrame([line], schema_overrides={"designation": pl.String})
    assert outside_cost(frame).to_list() == [expected]


def test_too_few_prices_conclude_nothing() -> None:
    found = check_origin(flat_bom({"unit_price": 10.0, "making_country": "FR"}, {"designation": "vis"}))
    assert (found.verdict, codes(found)[:2]) == (Verdict.UNDECIDED, ["own_cost_missing", "too_few_prices"])


def test_no_value_at_all_concludes_nothing() -> None:
    found = check_origin(flat_bom({"designation": "vis"}))
    assert (found.verdict, codes(found)[0]) == (Verdict.UNDECIDED, "no_value")


def test_the_file_for_the_customs_lists_what_is_missing() -> None:
    bom = flat_bom(
        {"unit_price": 10.0, "making_country": "FR", "evidence": "documented", "cn": "73181595"},
        {"unit_price": 40.0, "making_country": "CN"},
        {"unit_price": 20.0},
        {"designation": "vis"},
    )
    found = check_origin(bom)
    assert found.evidence_gaps == (2, 3, 4)
    missing = {r.code: r.params.get("n") for r in found.preparation}
    assert missing == {
        "imf_product": None,
        "imf_steps": None,
        "imf_ex_works_price": None,
        "imf_codes_missing": 3,
        "imf_origins_missing": 2,
        "imf_origins_to_document": 1,
        "imf_values_missing": 1,
    }
    assert found.statement is not None
    assert "essential characteristics" in str(reason_message(found.statement))
