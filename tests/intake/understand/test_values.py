"""Numbers, prices, quantities, units, currencies and lead times as people type them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillon.intake.understand.column_profile import profile_column
from maillon.intake.understand.currencies import currency_of_format, find_currency
from maillon.intake.understand.designators import count_designators
from maillon.intake.understand.durations import read_days
from maillon.intake.understand.numbers import Decimal, find_convention, written_number
from maillon.intake.understand.prices import read_price
from maillon.intake.understand.quantities import read_quantity
from maillon.intake.understand.suppliers import find_distributor, supplier_name, supplier_of_link
from maillon.intake.understand.units import canonical_unit


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 234,50", 1234.5),
        ("1\u202f234,50".replace("\u202f", " "), 1234.5),
        ("1.234,50", 1234.5),
        ("1,234.50", 1234.5),
        ("1'234.50", 1234.5),
        ("12.345.678", 12345678.0),
        ("0,125", 0.125),
        ("0.125", 0.125),
        (".5", 0.5),
        ("-3,5", -3.5),
        ("3,5-", -3.5),
        ("1e3", 1000.0),
        ("12a", None),
        ("", None),
        ("1,2,3a", None),
    ],
)
def test_a_number_that_can_be_read_in_one_way_only(text: str, number: float | None) -> None:
    assert written_number(text, Decimal.COMMA) == number
    assert written_number(text, Decimal.POINT) == number


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_every_amount_is_read_back_in_the_three_conventions(value) -> None:
    whole, cents = f"{value:.2f}".split(".")
    grouped = f"{int(whole):,}"
    for thousands, decimal in ((" ", ","), (".", ","), (",", ".")):
        assert written_number(grouped.replace(",", thousands) + decimal + cents) == float(value)


@pytest.mark.parametrize(
    ("column", "decimal", "proven"),
    [
        (["1,5", "1,234"], Decimal.COMMA, True),
        (["1.5", "1,234"], Decimal.POINT, True),
        (["1.234", "2.345"], Decimal.COMMA, False),
        (["12 €", "7 €"], Decimal.COMMA, False),
        (["1.234,50"], Decimal.COMMA, True),
    ],
)
def test_the_convention_of_a_column_comes_from_its_evidence(column, decimal, proven) -> None:
    found = find_convention(column)
    assert (found.decimal, found.proven) == (decimal, proven)


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("1 234,50 €", 1234.5, None, "EUR"),
        ("€ 7,10", 7.1, None, "EUR"),
        ("$3.45 ", 3.45, None, "USD"),
        ("12,-", 12.0, None, None),
        ("12.– CHF", 12.0, None, "CHF"),
        ("3€50", 3.5, None, "EUR"),
        ("EUR 12", 12.0, None, "EUR"),
        ("10-12 €", 10.0, 12.0, "EUR"),
        ("10 € - 12 €", 10.0, 12.0, "EUR"),
        ("10 à 12 €", 10.0, 12.0, "EUR"),
        ("~$37/pc", 37.0, None, "USD"),
        ("ca. 15 EUR", 15.0, None, "EUR"),
        ("£2.50", 2.5, None, "GBP"),
        ("25 zł", 25.0, None, "PLN"),
        ("TBC", None, None, None),
        ("(included in kit)", None, None, None),
        ("sur devis", None, None, None),
        ("-", None, None, None),
    ],
)
def test_prices(text: str, low: float | None, high: float | None, currency: str | None) -> None:
    price = read_price(text)
    assert (price.low, price.high, price.currency) == (low, high, currency)


@pytest.mark.parametrize(
    ("text", "pack"),
    [
        ("$2-4/50pcs", 50),
        ("12 € / 100", 100),
        ("12 € les 10", 10),
        ("$36/set of 13", 13),
        ("3 €/m", 1),
        ("$2-4/10m roll", 1),
        ("12 €/pce", 1),
    ],
)
def test_a_price_may_buy_a_pack(text: str, pack: int) -> None:
    assert read_price(text).pack == pack


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("0,3 m", 0.3, "m"),
        ("0.1 m", 0.1, "m"),
        ("0,3m", 0.3, "m"),
        ("300 mm", 0.3, "m"),
        ("8 x", 8.0, None),
        ("x4", 4.0, None),
        ("4x", 4.0, None),
        ("2 pcs", 2.0, "piece"),
        ("10 Stk.", 10.0, "piece"),
        ("2 paires", 4.0, "piece"),
        ("250 g", 0.25, "kg"),
        ("1,5 kg", 1.5, "kg"),
        ("2 L", 2.0, "l"),
        ("1 jeu", 1.0, "set"),
        ("env. 5", 5.0, None),
        ("N/A", None, None),
        ("2 rails + 4 chariots", None, None),
    ],
)
def test_quantities(text: str, value: float | None, unit: str | None) -> None:
    read = read_quantity(text)
    assert (read.value, read.unit) == (value, unit)


def test_a_range_of_quantities_keeps_both_ends() -> None:
    assert (read_quantity("0-1").low, read_quantity("0-1").value) == (0.0, 1.0)
    assert (read_quantity("2 à 3 m").low, read_quantity("2 à 3 m").value) == (2.0, 3.0)


def test_packs_are_counted_as_sets() -> None:
    box = read_quantity("1 boîte de 100")
    assert (box.value, box.unit, box.pack) == (1.0, "set", 100)


def test_a_number_that_is_none_is_never_read() -> None:
    assert read_quantity(math.inf).value is None
    assert not read_quantity(math.nan).understood
    assert read_price(math.inf).low is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1 semaine", 7),
        ("3 sem.", 21),
        ("2-3 weeks", 21),
        ("10 jours", 10),
        ("10 Tage", 10),
        ("1 mois", 30),
        ("stock", None),
    ],
)
def test_lead_times_are_days(text: str, days: float | None) -> None:
    assert read_days(text) == days


def test_units_and_currencies() -> None:
    assert canonical_unit("ML") == ("m", 1)
    assert canonical_unit("m²") == ("m2", 1)
    assert canonical_unit("Carter") is None
    assert find_currency("Prix en euros") == "EUR"
    assert find_currency("Europe") is None
    assert currency_of_format("#,##0.00\\ [$€-40C]") == "EUR"
    assert currency_of_format('"$"#,##0.00') == "USD"


def test_designators_are_counted() -> None:
    assert count_designators("C3-8,C10-12,C15-23") == 18
    assert count_designators("R1, R2, R2") == 2
    assert count_designators("U1") == 1
    assert count_designators("M8 x 25") is None


def test_distributors_are_told_from_makers() -> None:
    assert find_distributor("RS Components SAS").name == "RS"
    assert find_distributor("Décolletage du Lion") is None
    assert supplier_of_link("https://www.amazon.fr/dp/B01") == "Amazon"
    assert supplier_of_link("https://de.aliexpress.com/item/1") == "AliExpress"
    assert supplier_of_link("https://shop.fournisseur-exemple.fr/x") == "fournisseur-exemple.fr"
    assert supplier_of_link("usiné en interne") is None


@pytest.mark.parametrize("text", ["any", "n/a", "Custom", "Fourni par l'école", "fait maison", "-", "TBD"])
def test_words_for_nobody_are_no_supplier(text: str) -> None:
    assert supplier_name(text) is None


def test_the_first_of_several_known_distributors_is_the_supplier() -> None:
    assert supplier_name("Farnell / RS") == "Farnell"
    assert supplier_name("Acier, Fer et Cie") == "Acier, Fer et Cie"


def test_tolerances_are_no_addresses() -> None:
    assert profile_column(["-0.1/+0.1", "-0.2/+0", "0/+0.1"]).url == 0
    assert profile_column(["shop.exemple.fr/article/1", "https://x.fr/2"]).url == 1
