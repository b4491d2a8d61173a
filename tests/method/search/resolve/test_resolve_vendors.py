"""Vendors of a small register: numbers first, names after, none where nothing is sure."""

import math

import polars as pl
import pytest

from maillon.core.errors import InvalidRequest
from maillon.core.vendor import vendor_number
from maillon.method.search import resolve_vendors
from maillon.method.search.resolve import Decision, explain_vendor_reason, vendor_key
from maillon.method.search.resolve.decisions import read_decisions


@pytest.fixture
def one(register):
    def resolve(name, **known):
        return resolve_vendors(register, pl.DataFrame([{"name": name, **known}])).matches[0]

    return resolve


@pytest.mark.parametrize(
    "written", ["Engrenages de la Savoureuse SAS", "ENGRENAGE SAVOUREUSE", "Savoureuse Engrenages"]
)
def test_the_establishment_of_the_town_is_taken(one, sirets, written):
    found = one(written, city="Lyon", postcode="69003")
    assert found.decision is Decision.ACCEPT
    assert found.siret == sirets["gears_lyon"]


def test_the_head_office_is_taken_where_no_place_is_stated(one, sirets):
    assert one("ENGRENAGES DE LA SAVOUREUSE").candidates[0].siret == sirets["gears"]


def test_typing_errors_are_seen_through(one, sirets):
    assert one("ENGRENAGES DE LA SAVOUREUZE", city="BELFORT").siret == sirets["gears"]


def test_homonyms_are_told_apart_by_their_town_and_left_open_without(one, sirets):
    assert one("Tolerie Martin", city="LYON 3").candidates[0].siret == sirets["martin_lyon"]
    open_question = one("Tolerie Martin")
    assert open_question.siret is None
    assert {c.siret for c in open_question.candidates} >= {sirets["martin_belfort"], sirets["martin_lyon"]}
    first, second = (c.p for c in open_question.candidates[:2])
    assert first == pytest.approx(second)


@pytest.mark.parametrize("written", ["Visserie Express", "HOLDING PERRIN"])
def test_shop_signs_are_names(one, sirets, written):
    assert one(written, city="Montbéliard").candidates[0].siret == sirets["sign"]


@pytest.mark.parametrize("written", ["CRPX", "Cie Rhodanienne de Polissage"])
def test_acronyms_are_names(one, sirets, written):
    assert one(written, city="Lyon", postcode="69003").candidates[0].siret == sirets["acronym"]


def test_a_number_comes_before_the_name(one, sirets):
    found = one("TOLERIE MARTIN", siret=sirets["sign"])
    assert (found.decision, found.siret, found.p) == (Decision.ACCEPT, sirets["sign"], 1.0)
    assert one("?", siren=sirets["gears"][:9], city="LYON").siret == sirets["gears_lyon"]


def test_a_vat_number_holds_the_siren(one, sirets):
    siren = sirets["sign"][:9]
    key = (12 + 3 * (int(siren) % 97)) % 97
    vat = f"FR{key:02d}{siren}"
    assert vendor_number(vat) == siren
    assert one("anything", vat=vat).siret == sirets["sign"]


def test_a_number_that_no_firm_bears_ends_the_search(one):
    found = one("TOLERIE MARTIN", siret="73282932000074", city="BELFORT")
    assert (found.decision, found.candidates) == (Decision.NONE, ())
    assert found.reasons[0].code == "vendor-number-unknown"


def test_a_number_of_a_wrong_key_is_no_number(one, sirets):
    wrong = str(int(sirets["sign"]) + 1)
    assert one("TOLERIE MARTIN", siret=wrong, city="BELFORT").siret == sirets["martin_belfort"]


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"name": "TOLERIE MARTIN GmbH"}, "vendor-form"),
        ({"name": "Tolerie Martin Sp. z o.o."}, "vendor-form"),
        ({"name": "Tolerie Martin S.p.A."}, "vendor-form"),
        ({"name": "TOLERIE MARTIN", "country": "Allemagne"}, "vendor-country"),
        ({"name": "TOLERIE MARTIN", "vat": "BE0403170701"}, "vendor-vat-country"),
    ],
)
def test_foreign_vendors_are_no_french_homonyms(one, known, code):
    found = one(**known)
    assert (found.decision, found.siret) == (Decision.FOREIGN, None)
    assert found.reasons[0].code == code


@pytest.mark.parametrize("name", ["BOULANGERIE QUETIGNY ZZ", "", "???"])
def test_strangers_are_none(one, name):
    assert one(name, city="Belfort").decision is Decision.NONE


def test_weights_add_up_to_the_log_odds(one):
    found = one("Tolerie Martn", city="Belfort")
    odds = [math.exp(sum(reason.weight for reason in c.reasons)) for c in found.candidates]
    # p of a firm is summed over its establishments: at least that of the one shown.
    ratios = [c.p / odds[i] for i, c in enumerate(found.candidates)]
    assert ratios[0] == pytest.approx(ratios[1], rel=1e-6)
    assert sum(c.p for c in found.candidates) <= 1


def test_every_reason_has_a_sentence(one, sirets):
    asked = [one("Tolerie Martn", city="Belfort"), one("x", siret=sirets["sign"]), one("A GmbH"), one("")]
    for match in asked:
        for reason in (*match.reasons, *(r for c in match.candidates for r in c.reasons)):
            assert str(explain_vendor_reason(reason, "fr"))


def test_decisions_are_replayed_before_anything_else(register, sirets, tmp_path):
    path = tmp_path / "mine" / "decisions.csv"
    decisions = read_decisions(path).record("Tolerie Martin SARL", None, sirets["sign"])
    decisions.record("TOLERIE MARTIN GmbH", "Lyon", None)
    vendors = pl.DataFrame({"name": ["TOLERIE  Martin", "tolerie martin"], "city": [None, "LYON CEDEX 3"]})
    found = resolve_vendors(register, vendors, decisions=read_decisions(path)).matches
    assert [(m.decision, m.siret) for m in found] == [
        (Decision.ACCEPT, sirets["sign"]), (Decision.NONE, None),
    ]  # fmt: skip
    assert path.read_text().splitlines()[0] == "vendor,siret,date"
    assert vendor_key("Ets TOLERIE Martin") == vendor_key("Tolerie Martin SA")


def test_the_order_of_vendors_is_kept_and_reviews_come_by_spend(register):
    names = ["TOLERIE MARTIN", "GARAGE VIDAL", "zzz"]
    vendors = pl.DataFrame({"name": names, "city": [None, None, None], "spend": [10.0, 500.0, 7.0]})
    found = resolve_vendors(register, vendors)
    assert [m.name for m in found.matches] == names
    assert [m.name for m in found.to_review] == ["GARAGE VIDAL", "TOLERIE MARTIN"]


def test_vendors_without_names_are_refused(register):
    with pytest.raises(InvalidRequest):
        resolve_vendors(register, pl.DataFrame({"supplier": ["A"]}))


def test_no_vendor_gives_no_match(register):
    assert resolve_vendors(register, pl.DataFrame({"name": []}, schema={"name": pl.String})).matches == ()
