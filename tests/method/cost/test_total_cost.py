"""The total cost: its formulas item by item, what must hold of any cost, and what the literature found."""

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillon.core.errors import InvalidRequest, MissingData
from maillon.core.estimate import Estimate
from maillon.core.quotation import PriceBreak, Quotation
from maillon.method.cost import CostAssumptions, Demand, Layer, estimate_cost
from maillon.method.cost.arithmetic import FACTORS, cost_arrays
from maillon.method.cost.basis import BASIS
from maillon.method.cost.factors import resolve_factors
from maillon.method.cost.layers import LAYER_OF
from maillon.method.cost.words import ITEM_LABELS
from maillon.reference.trade.cbam import find_cbam_goods, find_cbam_year
from maillon.reference.trade.duties import find_duty

DAY = dt.date(2026, 11, 23)
OFFER = Quotation(
    "Invented Ltd", "bracket", (PriceBreak(1, 10.0),), "EUR", country="CN", mode="sea", incoterm="FOB",
    lead_time=70, mass=0.5, established=True,
)  # fmt: skip


def exact(value):
    return Estimate(value, value, value, "", "test", DAY)


def assumed(**ranges):
    return CostAssumptions(ranges={name: exact(value) for name, value in ranges.items()}, today=DAY)


def middle(offer=OFFER, demand=None, **ranges):
    cost = estimate_cost(offer, demand or Demand(1000, lot=100), assumed(**ranges))
    return {item.code: item.estimate.mid for item in cost.items}


def test_every_item_has_a_layer_a_basis_and_a_label():
    items = cost_arrays({name: np.array(0.5) for name in FACTORS})
    assert set(items) == set(LAYER_OF) == set(BASIS) == set(ITEM_LABELS)
    assert {name for basis in BASIS.values() for name in basis} <= set(FACTORS)


def test_each_formula_by_hand():
    known = {
        "freight": 0.4, "origin_share": 0.1, "arrival_share": 0.2, "insurance": 0.005, "duty": 0.04,
        "anti_dumping": 0.1, "cbam": 0.2, "packaging": 0.02, "fees_rate": 0.01, "fees_flat": 80.0,
        "order_cost": 20.0, "handling": 0.01, "carrying_rate": 0.2, "lead_time_deviation_days": 5.0,
        "service_level": 0.95, "demand_variation": 2.0, "wacc": 0.08, "payment_terms": 30.0,
        "defect_rate": 0.02, "defect_cost_factor": 3.0, "air_freight_routine": 0.05, "air_premium": 4.0,
        "travel_audit": 500.0, "supplier_share": 1.0, "disruption_probability": 0.1,
        "disruption_duration_days": 40.0, "disruption_cover_days": 15.0, "fob_price": 1.0,
        "emergency_air": 0.01,
    }  # fmt: skip
    demand = Demand(1000, lot=100, unit_margin=exact(7.0))
    items = middle(demand=demand, **known)
    cif = (10 + 0.7 * 0.2) / (1 - 0.005)  # FOB: the main carriage, 70 % of 0.5 kg × 0.4 €, then insurance
    landed = (10 + 0.2 + 0.9 * 0.2 + 0.05 * 0.5 * 4 + 0.005 * cif + 0.14 * cif + 0.2 * 0.5) + 0.1 + 1.0
    daily = 1000 / 365
    safety = 1.6448536269514722 * math.sqrt(70 * (2 * daily) ** 2 + (daily * 5) ** 2)
    expected = {
        "freight": 0.9 * 0.2, "insurance": 0.005 * cif, "duty": 0.04 * cif, "anti_dumping": 0.1 * cif,
        "cbam": 0.1, "packaging": 0.2, "fees": 0.1 + 1.0, "handling": 0.1, "air_freight_routine": 0.1,
        "payment_terms": -0.08 * 10 * 30 / 365, "travel_audit": 0.5, "tooling": 0.0,
        "pipeline": 0.2 * landed * 70 / 365, "cycle": 0.2 * landed * 100 / 2 / 1000,
        "safety": 0.2 * landed * safety / 1000, "quality": 0.02 * 3 * 10,
        "disruption": 0.1 * 25 * 7 / 365, "emergency_air": 0.02, "currency": 0.0,
    }  # fmt: skip
    assert {code: items[code] for code in expected} == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("rule", "freight", "insured", "duty"),
    [("EXW", 1.0, True, True), ("FCA", 1 - 0.2 * 0.3, True, True), ("FOB", 0.8, True, True),
     ("CIF", 0.2, False, True), ("CPT", 0.2 * 0.1, True, True), ("DAP", 0.2 * 0.1, False, True),
     ("DDP", 0.2 * 0.1, False, False)],
)  # fmt: skip
def test_the_incoterm_adds_only_what_the_price_does_not_hold(rule, freight, insured, duty):
    known = {"freight": 1.0, "origin_share": 0.2, "arrival_share": 0.2, "duty": 0.1, "insurance": 0.01}
    items = middle(replace(OFFER, incoterm=rule, mass=1.0), **known)
    assert items["freight"] == pytest.approx(freight)
    assert (items["insurance"] > 0) is insured
    assert (items["duty"] > 0) is duty


def test_duty_is_on_the_value_at_the_border_whatever_the_incoterm():
    """The same goods sold FOB or CIF at their true difference pay the same duty; DAP leaves inland out."""
    known = {"freight": 2.0, "origin_share": 0.0, "arrival_share": 0.25, "duty": 0.1, "insurance": 0.01}
    offer = replace(OFFER, mass=1.0, incoterm="FOB")
    fob = middle(offer, **known)
    cif_price = (10 + 1.5) / 0.99
    cif = middle(replace(offer, incoterm="CIF", breaks=(PriceBreak(1, cif_price),)), **known)
    dap_price = cif_price + 0.5 * 0.9
    dap = middle(replace(offer, incoterm="DAP", breaks=(PriceBreak(1, dap_price),)), **known)
    assert fob["duty"] == pytest.approx(0.1 * cif_price)
    assert cif["duty"] == pytest.approx(fob["duty"])
    assert dap["duty"] == pytest.approx(fob["duty"])
    landed = [
        sum(items[code] for code in ("price", "freight", "insurance", "duty")) for items in (fob, cif, dap)
    ]
    assert landed == pytest.approx([landed[0]] * 3)


def test_price_breaks_and_minimum_order():
    offer = replace(OFFER, breaks=(PriceBreak(1, 10.0), PriceBreak(500, 8.0)), minimum_order=200)
    small = estimate_cost(offer, Demand(1000, lot=50), assumed())
    assert (small.lot, small.item("price").estimate.mid, small.reasons[0].code) == (200, 10.0, "lot_raised")
    large = estimate_cost(offer, Demand(1000, lot=500), assumed())
    assert (large.lot, large.item("price").estimate.mid) == (500, 8.0)
    rare = estimate_cost(replace(offer, minimum_order=2000), Demand(1000), assumed())
    assert (rare.lot, rare.reasons[0].code) == (2000, "lot_beyond_year")


def test_the_lot_chosen_is_the_cheapest_of_all():
    offer = replace(
        OFFER, breaks=(PriceBreak(1, 10.0), PriceBreak(400, 9.9), PriceBreak(900, 9.0)), multiple=10
    )
    chosen = estimate_cost(offer, Demand(1500), assumed())
    totals = {
        lot: estimate_cost(offer, Demand(1500, lot=lot), assumed()).per_unit.mid
        for lot in range(10, 1501, 10)
    }
    assert chosen.lot == min(totals, key=totals.__getitem__)


def test_what_is_paid_already_is_sunk():
    new = replace(OFFER, established=False, tooling=5000, first_article=800)
    cost = estimate_cost(new, Demand(1000), assumed(life=5.0, travel_startup=1000.0, supplier_share=0.5))
    assert cost.item("tooling").estimate.mid == 1.0
    assert cost.one_off.mid == 6300.0
    assert estimate_cost(OFFER, Demand(1000), assumed()).one_off.high == 0.0


def test_a_foreign_currency_needs_its_rate_and_bears_its_risk():
    dollars = replace(OFFER, currency="USD", tooling=1000, established=False)
    with pytest.raises(MissingData, match="No exchange rate is given for USD"):
        estimate_cost(dollars, Demand(1000), assumed())
    rates = {"USD": exact(0.8)}
    known = CostAssumptions(ranges={"currency_volatility": exact(0.1)}, rates=rates, today=DAY)
    cost = estimate_cost(dollars, Demand(1000), known)
    assert cost.quoted.mid == 8.0
    assert cost.factors["tooling"].mid == 800.0
    assert cost.item("currency").estimate.mid == pytest.approx(
        8 * 0.1 * math.sqrt(70 / 365) / math.sqrt(2 * math.pi)
    )


def test_unknown_is_a_labelled_range_never_zero():
    bare = Quotation("Invented Ltd", "bracket", (PriceBreak(0, 10.0),), "EUR")
    cost = estimate_cost(bare, Demand(1000), assumed())
    for code in ("freight", "duty", "quality", "pipeline", "tooling", "disruption"):
        item = cost.item(code)
        assert item.hypothesis
        assert item.estimate.high > item.estimate.low
        assert "hypothesis of the project" in item.estimate.source
    assert cost.co2 is None


@pytest.mark.parametrize(
    "wrong",
    [{"lead_time": -1.0}, {"minimum_order": 0.0}, {"mass": 0.0}, {"tooling": -5.0}, {"breaks": ()},
     {"breaks": (PriceBreak(1, -2.0),)}, {"breaks": (PriceBreak(10, 2.0), PriceBreak(1, 3.0))},
     {"breaks": (PriceBreak(1, math.nan),)}],
)  # fmt: skip
def test_senseless_quotations_are_refused_with_a_sentence(wrong):
    with pytest.raises(InvalidRequest) as refused:
        replace(OFFER, **wrong)
    assert refused.value.hint is not None


def test_senseless_demands_and_assumptions_are_refused():
    for demand in ({"annual_quantity": 0.0}, {"annual_quantity": 10.0, "lot": -1.0}):
        with pytest.raises(InvalidRequest):
            Demand(**demand)
    with pytest.raises(InvalidRequest, match="service level"):
        estimate_cost(OFFER, Demand(10), assumed(service_level=0.4))


def test_quoted_price_is_two_thirds_of_the_total_in_the_range_of_platts_and_song():
    """Platts & Song 2010: in 9 products sourced in China the quoted price was 65 % of the total on average.

    An example built from the middle of their published shares of the ongoing cost: payment terms 2.3-20.5 %,
    freight and insurance 0-15.8 %, obsolescence up to 23.8 %, quality 1.3 %, engineering 1.9 %; exchange 0.
    """
    total = 1.0
    shares = {
        "payment": (0.023 + 0.205) / 2,
        "freight": 0.158 / 2,
        "obsolescence": 0.238 / 2,
        "quality": 0.013,
    }
    price = total * 0.65
    zero = dict.fromkeys(FACTORS, np.array(0.0))
    ones = dict.fromkeys(
        ("fob_price", "exchange_rate", "life", "lot", "horizon", "annual_quantity", "mass", "buyer_main"),
        np.array(1.0),
    )
    given_shares = {
        "price": np.array(price), "freight": np.array(shares["freight"]),
        "eol_stock": np.array(shares["obsolescence"] / price), "defect_cost": np.array(shares["quality"]),
        "defect_rate": np.array(1.0), "travel_audit": np.array(0.019),
        "wacc": np.array(shares["payment"] / price), "payment_terms": np.array(-365.0),
    }  # fmt: skip
    items = cost_arrays(zero | ones | given_shares)
    assert float(items["price"] / sum(items.values())) == pytest.approx(0.65, abs=0.01)


def test_a_customs_code_settles_duty_and_carbon(tmp_path):
    """The formula of the regulation with the shipped values of iron and steel, and a user's duty file."""
    screws = Demand(1000, lot=100, cn="7318 15")
    cost = estimate_cost(OFFER, screws, assumed())
    assert cost.factors["duty"].mid == find_duty("731815", "CN", DAY).rate.mid
    assert cost.factors["cbam"].unit == "EUR/kg"
    goods, year = find_cbam_goods("731815", "CN").emissions, find_cbam_year(2026)
    due = (goods.mid * (1 + year.mark_up) - goods.low * (1 - year.phase_in)) * year.price.mid / 1000
    assert cost.factors["cbam"].mid == pytest.approx(due)
    assert estimate_cost(OFFER, Demand(1000, cn="8482 10"), assumed()).item("cbam").estimate.high == 0.0
    path = tmp_path / "duties.csv"
    path.write_text(
        "code,origin,rate,specific_eur,unit,anti_dumping,anti_dumping_eur,from,to,source\n"
        "7318,CN,0.037,0.2,kg,0.86,,2022-02-17,,customs broker\n",
        encoding="utf-8",
    )
    told = estimate_cost(OFFER, screws, replace(assumed(), duty_file=path))
    assert (told.factors["duty"].mid, told.factors["anti_dumping"].mid) == (0.037, 0.86)
    assert told.factors["anti_dumping_unit"].mid == pytest.approx(0.1)  # 0.2 €/kg × 0.5 kg
    assert told.factors["duty"].source == "customs broker"
    with pytest.raises(InvalidRequest):
        estimate_cost(OFFER, Demand(1000, cn="vis"), assumed())


amounts = st.floats(0.5, 500.0)
quantities = st.floats(1.0, 1e6)
countries = st.sampled_from([("CN", "sea"), ("DE", "road"), ("IN", "air"), ("FR", "road"), (None, None)])
rules = st.sampled_from([None, "EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP"])


@st.composite
def offers(draw):
    country, mode = draw(countries)
    return Quotation(
        "Invented", "part", (PriceBreak(0, draw(amounts)),), "EUR", country=country, mode=mode,
        incoterm=draw(rules), lead_time=draw(st.none() | st.floats(0, 200)),
        mass=draw(st.none() | st.floats(0.001, 1000)), minimum_order=draw(st.none() | quantities),
        tooling=draw(st.none() | st.floats(0, 1e5)), credit=draw(st.none() | st.floats(-90, 90)),
        established=draw(st.booleans()),
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(offers(), quantities)
def test_items_add_up_to_layers_and_total_and_stay_in_their_ranges(offer, yearly):
    cost = estimate_cost(offer, Demand(yearly), assumed())
    total = cost.per_unit
    for bound in ("low", "mid", "high"):
        items = math.fsum(getattr(item.estimate, bound) for item in cost.items)
        layers = math.fsum(getattr(layer, bound) for layer in cost.by_layer.values())
        assert getattr(total, bound) == pytest.approx(items, rel=1e-9, abs=1e-9)
        assert getattr(total, bound) == pytest.approx(layers, rel=1e-9, abs=1e-9)
    assert set(cost.by_layer) == set(Layer)
    assert cost.per_year.mid == pytest.approx(total.mid * yearly)


@settings(max_examples=60, deadline=None)
@given(offers(), quantities, st.data())
def test_any_truth_inside_the_ranges_costs_within_the_bounds(offer, yearly, data):
    demand = Demand(yearly)
    cost = estimate_cost(offer, demand, assumed())
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    drawn = {name: rng.uniform(f.low, f.high, 50) for name, f in cost.factors.items()}
    totals = sum(cost_arrays(drawn).values())
    slack = 1e-9 * (1 + abs(cost.per_unit.high))
    assert totals.min() >= cost.per_unit.low - slack
    assert totals.max() <= cost.per_unit.high + slack


RISING = (
    "duty", "insurance", "defect_rate", "carrying_rate", "lead_time_days", "tooling",
    "eol_stock", "disruption_probability", "recovery_high", "anti_dumping_unit", "cbam",
    "currency_volatility", "wage_drift", "air_premium", "service_factor", "lead_time_deviation_days",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(offers(), quantities, st.sampled_from(RISING), st.floats(0.0, 0.5))
def test_a_worse_factor_never_costs_less(offer, yearly, name, more):
    factors = resolve_factors(offer, Demand(yearly), assumed())
    middle = {code: np.array(factor.mid) for code, factor in factors.items()}
    worse = middle | {name: middle[name] + more}
    before, after = (float(sum(cost_arrays(values).values())) for values in (middle, worse))
    assert after >= before - 1e-9 * (1 + abs(before))


MONEY = ("freight", "air_premium", "anti_dumping_unit", "cbam", "fees_flat", "order_cost", "tooling",
         "prototype", "travel_startup", "travel_audit", "defect_cost", "unit_margin", "price")  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(offers(), quantities, st.floats(0.01, 100))
def test_all_money_scaled_scales_every_item(offer, yearly, k):
    factors = resolve_factors(offer, Demand(yearly), assumed())
    middle = {code: np.array(factor.mid) for code, factor in factors.items()}
    scaled = middle | {name: middle[name] * k for name in MONEY}
    before, after = cost_arrays(middle), cost_arrays(scaled)
    assert {c: float(v) for c, v in after.items()} == pytest.approx(
        {c: float(v) * k for c, v in before.items()}
    )


@settings(max_examples=40, deadline=None)
@given(offers(), quantities, st.floats(0.01, 200))
def test_the_currency_of_the_quotation_changes_nothing_but_its_risk(offer, yearly, rate):
    still = assumed(currency_volatility=0.0, currency_drift=0.0)
    foreign = replace(still, rates={"CNY": exact(rate)})
    steps = tuple(PriceBreak(step.quantity, step.price / rate) for step in offer.breaks)
    tooling = None if offer.tooling is None else offer.tooling / rate
    other = replace(offer, currency="CNY", breaks=steps, tooling=tooling)
    ours, theirs = (
        estimate_cost(o, Demand(yearly, lot=yearly), still if o is offer else foreign) for o in (offer, other)
    )
    assert [i.estimate.mid for i in theirs.items] == pytest.approx(
        [i.estimate.mid for i in ours.items], rel=1e-9, abs=1e-12
    )


def test_a_factor_replaced_for_one_country_leaves_the_others_alone():
    freight = Estimate(1.0, 1.0, 1.0, "EUR/kg", "entered by the user", DAY)
    told = CostAssumptions(countries={"CN": {"freight": freight, "duty": exact(0.07)}}, today=DAY)
    plain = CostAssumptions(today=DAY)
    assert told.assume("CN", "sea")["freight"] is freight
    assert told.assume("FR", "road") == plain.assume("FR", "road")
    air, usual = plain.assume("CN", "air")["freight"], told.assume("CN", "sea")["air_premium"]
    assert usual.mid == air.mid - 1.0
    bearing = Quotation("far", "p", (PriceBreak(0, 10.0),), "EUR", country="CN", mode="sea", cn="84821010")
    assert estimate_cost(bearing, Demand(100.0), told).factors["duty"] == exact(0.07)
