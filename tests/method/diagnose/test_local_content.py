"""Local content: the bounds against slow oracles, the cobot, and what learning may change."""

from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories.boms import flat_bom, large_bom, random_boms
from factories.slow_shares import SlowBom
from maillon.core.bom import Bom, bom_from
from maillon.core.evidence import Evidence
from maillon.core.place import EU, EUROPE, FRANCE, WORLD, Place, Territory, TerritoryKind
from maillon.method.diagnose import (
    DiagnoseAssumptions,
    cost_bom,
    index_shares,
    local_content,
    reason_message,
)
from maillon.method.diagnose.bought import bought_lines
from maillon.method.diagnose.results import Basis, Share, Site

SLOW = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TERRITORIES = (FRANCE, EU, EUROPE, WORLD)


def share(bom: Bom, basis: Basis = Basis.VALUE_ADDED, territory: Territory = FRANCE) -> Share:
    return local_content(bom, (territory,))[basis][territory.key]


def oracle(bom: Bom) -> SlowBom:
    return SlowBom(bom)


@SLOW
@given(random_boms())
def test_value_added_bounds_equal_brute_force_over_prices_and_origins(bom: Bom) -> None:
    expected, found = oracle(bom).value_added(), share(bom)
    if expected is None:
        assert found.min is None or found.total == 0
        return
    assert (found.min, found.max) == pytest.approx(expected, abs=1e-9)


@SLOW
@given(random_boms())
def test_origin_value_bounds_equal_brute_force_over_prices_and_origins(bom: Bom) -> None:
    expected, found = oracle(bom).origin_value(), share(bom, Basis.ORIGIN_VALUE)
    if expected is None:
        assert found.min is None or found.total == 0
        return
    assert (found.min, found.max) == pytest.approx(expected, abs=1e-9)


@SLOW
@given(random_boms())
def test_the_bought_lines_are_those_of_the_definition(bom: Bom) -> None:
    bought = bought_lines(cost_bom(bom))
    expected = oracle(bom).bought()
    assert bom.lines["line"].to_numpy()[bought.row].tolist() == [line for line, _, _ in expected]
    times = [float("nan") if m is None else m for _, m, _ in expected]
    assert bought.multiple.tolist() == pytest.approx(times, nan_ok=True)
    counted = share(bom, Basis.COUNT)
    assert counted.total == len(expected)


@SLOW
@given(random_boms(), st.data())
def test_learning_an_origin_never_widens_any_share(bom: Bom, data: st.DataObject) -> None:
    country = data.draw(st.sampled_from(["FR", "DE", "CN"]))
    unknown = bom.lines.filter(pl.col("making_country").is_null())["item"].unique().to_list()
    if not unknown:
        return
    item = data.draw(st.sampled_from(sorted(unknown)))
    whole = bought_lines(cost_bom(bom)).position
    learnt = Bom(
        bom.lines.with_columns(
            making_country=pl.when(pl.col("item") == item).then(pl.lit(country)).otherwise("making_country")
        )
    )
    if not np.array_equal(bought_lines(cost_bom(learnt)).position, whole):
        return  # an assembly with a known maker is bought whole: another set of lines
    before, after = local_content(bom, TERRITORIES), local_content(learnt, TERRITORIES)
    for basis, shares in before.items():
        for key, old in shares.items():
            new = after[basis][key]
            if old.min is None or old.max is None:
                assert new.min is None
                continue
            assert new.min is not None
            assert new.max is not None
            assert new.min >= old.min - 1e-12
            assert new.max <= old.max + 1e-12
            assert new.coverage >= old.coverage - 1e-12


@SLOW
@given(random_boms())
def test_wider_territories_hold_at_least_as_much(bom: Bom) -> None:
    for shares in local_content(bom, TERRITORIES).values():
        ordered = [shares[t.key] for t in TERRITORIES]
        for near, wide in pairwise(ordered):
            if (
                near.min is not None
                and wide.min is not None
                and near.max is not None
                and wide.max is not None
            ):
                assert near.min <= wide.min + 1e-12
                assert near.max <= wide.max + 1e-12
        if ordered[-1].min is not None:
            assert ordered[-1].min == pytest.approx(1.0)


@SLOW
@given(random_boms())
def test_the_expected_share_lies_within_its_bounds(bom: Bom) -> None:
    eager = DiagnoseAssumptions(least_coverage=0.0)
    for shares in local_content(bom, TERRITORIES, eager).values():
        for found in shares.values():
            if found.expected is not None:
                assert found.min is not None
                assert found.max is not None
                assert found.min - 1e-9 <= found.expected <= found.max + 1e-9


def test_three_foreign_of_2200_with_unknown_others_is_an_interval() -> None:
    country = ["CN", "CN", "JP"] + [None] * 2197
    bom = bom_from({"quantity": [1.0] * 2200, "unit_price": [1.0] * 2200, "making_country": country})
    counted = share(bom, Basis.COUNT)
    assert (counted.min, counted.max, counted.expected) == (0.0, 2197 / 2200, None)
    assert counted.coverage == pytest.approx(3 / 2200)


def test_the_formula_of_methods_economics_on_two_levels() -> None:
    # product: 10 of own work in France + 2 x (assembly: own 5 in Germany + 3 x part at 10 made in France)
    bom = bom_from(
        {
            "parent": [None, 1, 2],
            "quantity": [1.0, 2.0, 3.0],
            "own_value": [10.0, 5.0, None],
            "unit_price": [None, None, 10.0],
            "making_country": ["FR", "DE", "FR"],
        }
    )
    found = share(bom)
    assert found.total == 10 + 2 * (5 + 30)
    assert found.min == found.max == pytest.approx((10 + 2 * 30) / 80)


def test_own_value_is_the_price_less_the_parts() -> None:
    bom = bom_from(
        {
            "parent": [None, 1, 1],
            "quantity": [1.0, 1.0, 1.0],
            "unit_price": [100.0, 30.0, 20.0],
            "making_country": ["FR", "CN", None],
        }
    )
    found = share(bom)
    assert (found.min, found.max, found.total) == (pytest.approx(0.5), pytest.approx(0.7), 100.0)


def test_a_dearer_part_takes_from_what_its_assembly_adds() -> None:
    bom = bom_from(
        {
            "parent": [None, 1],
            "quantity": [1.0, 2.0],
            "unit_price": [100.0, 5.0],
            "unit_price_max": [None, 15.0],
            "making_country": ["DE", "FR"],
        }
    )
    assert (share(bom).min, share(bom).max) == (pytest.approx(0.1), pytest.approx(0.3))


def test_a_price_below_its_parts_is_set_aside_and_said() -> None:
    bom = bom_from({"parent": [None, 1], "quantity": [1.0, 2.0], "unit_price": [10.0, 30.0]})
    costed = cost_bom(bom)
    assert costed.costs.mid.tolist() == [60.0, 30.0]
    assert [r.params["n"] for r in costed.reasons if r.code == "price_below_parts"] == [1]


def test_a_diamond_of_forty_levels_counts_two_to_the_forty() -> None:
    levels = 40
    items = [i for i in range(1, levels + 1) for _ in (0, 1)] + [levels + 1] * 2
    parents = [None, None] + [i for i in range(1, levels + 1) for _ in (0, 1)]
    frame = pl.DataFrame({"item": items, "parent": parents}).with_columns(
        line=pl.int_range(1, pl.len() + 1),
        quantity=pl.lit(1.0),
        unit_price=pl.when(pl.col("item") == levels + 1).then(1.0),
        making_country=pl.when(pl.col("item") == levels + 1).then(pl.lit("FR")),
    )
    found = share(bom_from(frame))
    assert found.total == 2.0 ** (levels + 1)
    assert found.min == 1.0


def test_a_diamond_too_deep_to_count_is_said_and_never_overflows() -> None:
    levels = 1500
    pairs = [i for i in range(1, levels + 1) for _ in (0, 1)]
    frame = pl.DataFrame({"item": pairs, "parent": [None, None, *pairs[:-2]]})
    bom = bom_from(frame.with_columns(line=pl.int_range(1, pl.len() + 1), quantity=1.0, own_value=1.0))
    costed = cost_bom(bom)
    assert np.isfinite(costed.costs.high).all()
    said = next(r for r in costed.reasons if r.code == "absurd_quantities")
    assert str(reason_message(said)).endswith("they count as unknown.")
    assert share(bom).min == 0.0


def test_figures_too_large_to_be_meant_are_set_aside() -> None:
    bom = bom_from(
        {
            "parent": [None, 1, 1],
            "quantity": [1e10, 1e10, 1.0],
            "unit_price": [None, 5.0, 1e300],
            "making_country": ["FR", "CN", "CN"],
        }
    )
    costed = cost_bom(bom)
    codes = {r.code for r in costed.reasons}
    assert {"absurd_quantities", "absurd_set_aside"} <= codes
    assert share(bom).left_out == 2


def test_a_cycle_is_left_out_counted_and_never_loops() -> None:
    bom = bom_from(
        {
            "item": [1, 2, 3, 4],
            "parent": [None, 3, 2, 2],
            "quantity": [1.0] * 4,
            "unit_price": [8.0, 1.0, 1.0, 1.0],
            "making_country": ["FR"] * 4,
        }
    )
    found = share(bom)
    assert (found.total, found.min, found.left_out) == (8.0, 1.0, 3)
    assert [r.params["n"] for r in cost_bom(bom).reasons if r.code == "cyclic_lines"] == [3]


def test_lines_without_price_or_mass_are_left_out_and_counted() -> None:
    bom = flat_bom(
        {"unit_price": 5.0, "mass": 2.0, "making_country": "FR"},
        {"unit_price": None},
        {"quantity": None, "unit_price": 9.0},
    )
    found = local_content(bom, (FRANCE,))
    assert [found[b]["country:FR"].left_out for b in Basis] == [2, 2, 0, 2]
    assert [found[b]["country:FR"].total for b in Basis] == [5.0, 5.0, 3.0, 2.0]


def test_nothing_to_weigh_gives_no_share() -> None:
    empty = local_content(bom_from({"designation": ["vis"]}), (FRANCE,))
    value = empty[Basis.VALUE_ADDED]["country:FR"]
    assert (value.min, value.expected, value.max, value.total, value.coverage) == (None, None, None, 0.0, 0.0)
    none_at_all = local_content(bom_from({}), (FRANCE,))[Basis.COUNT]["country:FR"]
    assert (none_at_all.min, none_at_all.total) == (None, 0.0)


def test_an_inferred_origin_guides_the_estimate_but_not_the_bounds() -> None:
    bom = flat_bom(
        {"unit_price": 70.0, "making_country": "FR", "evidence": "documented"},
        {"unit_price": 30.0, "making_country": "FR", "evidence": "inferred"},
    )
    found = share(bom)
    assert (found.min, found.max, found.coverage, found.expected) == (0.7, 1.0, 0.7, 1.0)
    trusting = DiagnoseAssumptions(least_evidence=Evidence.INFERRED)
    assert local_content(bom, (FRANCE,), trusting)[Basis.VALUE_ADDED]["country:FR"].min == 1.0


def test_an_origin_said_to_be_unknown_counts_as_unknown_whatever_its_country() -> None:
    found = share(flat_bom({"unit_price": 1.0, "making_country": "FR", "evidence": "unknown"}))
    assert (found.min, found.max, found.coverage) == (0.0, 1.0, 0.0)


@pytest.mark.parametrize(
    ("country", "fraction", "expected"),
    [
        ("FR", 0.6, {"country:FR": (0.6, 0.6), "eu": (0.6, 1.0), "world": (1.0, 1.0)}),
        ("CN", 0.9, {"country:FR": (0.0, 0.1), "eu": (0.0, 0.1), "world": (1.0, 1.0)}),
        ("DE", 0.7, {"country:FR": (0.0, 0.3), "eu": (0.7, 1.0), "world": (1.0, 1.0)}),
        (None, 0.7, {"country:FR": (0.0, 1.0), "eu": (0.0, 1.0), "world": (1.0, 1.0)}),
    ],
)
def test_a_declared_fraction_counts_where_the_part_is_made(country, fraction, expected) -> None:
    bom = flat_bom({"unit_price": 10.0, "making_country": country, "local_fraction": fraction})
    found = local_content(bom, (FRANCE, EU, WORLD))[Basis.VALUE_ADDED]
    for key, ends in expected.items():
        assert (found[key].min, found[key].max) == pytest.approx(ends)


def test_the_firm_s_own_value_is_made_at_its_site_where_that_is_known() -> None:
    bom = bom_from(
        {"parent": [None, 1], "quantity": [1.0, 1.0], "own_value": [60.0, None], "unit_price": [None, 40.0]}
    )
    assert (share(bom).min, share(bom).max) == (0.0, 1.0)
    at_home = DiagnoseAssumptions(site=Place(country="FR", region="27"))
    region = Territory(TerritoryKind.REGION, "27")
    found = local_content(bom, (FRANCE, region), at_home)[Basis.VALUE_ADDED]
    assert (found["country:FR"].min, found["region:27"].min) == (0.6, 0.6)


def test_a_french_distributor_of_an_asian_part_raises_the_supplier_index_only() -> None:
    bom = flat_bom(
        {"unit_price": 10.0, "supplier": "Négoce", "supplier_country": "FR", "making_country": "CN"}
    )
    found = index_shares(bom, (FRANCE,))
    assert found[Site.SUPPLIER]["country:FR"].min == 1.0
    assert found[Site.MAKING]["country:FR"].max == 0.0


def test_unknown_lines_are_expected_like_the_known_of_their_family() -> None:
    known = [{"unit_price": 10.0, "family": "a", "making_country": c} for c in ("FR", "FR", "FR", "CN")]
    other = [{"unit_price": 60.0, "family": "b", "making_country": "CN"}]
    found = share(flat_bom(*known, *other, {"unit_price": 40.0, "family": "a"}))
    assert found.expected == pytest.approx((30 + 40 * 0.75) / 140)
    alone = share(flat_bom(*known, *other, {"unit_price": 40.0, "family": "c"}))
    assert alone.expected == pytest.approx((30 + 40 * 0.3) / 140)


def test_the_estimate_is_hidden_below_the_stated_coverage() -> None:
    lines = [{"unit_price": 59.0, "making_country": "FR"}, {"unit_price": 41.0}]
    assert share(flat_bom(*lines)).expected is None
    told = local_content(flat_bom(*lines), (FRANCE,), DiagnoseAssumptions(least_coverage=0.5))
    assert told[Basis.VALUE_ADDED]["country:FR"].expected == 1.0


def test_a_hundred_thousand_lines_hold_the_invariants() -> None:
    for ranges in (False, True):
        found = local_content(large_bom(100_000, ranges=ranges), TERRITORIES)
        for shares in found.values():
            for key, one in shares.items():
                assert one.min is not None
                assert one.max is not None
                assert 0 <= one.min <= one.max <= 1
                assert key == "world" or one.max - one.min > 0.1
