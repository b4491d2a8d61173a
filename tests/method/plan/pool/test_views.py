"""What leaves the chamber: no figure of another, no name without consent, nothing before a sign-off."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from maillon.cli.pool_files import plain
from maillon.core.estimate import Estimate
from maillon.core.place import Place
from maillon.method.plan.pool import PoolLine, PoolNeed, PoolRules, pool_needs
from maillon.method.plan.pool.competition import Clearance, SignOff, check_competition
from maillon.method.plan.pool.views import PooledNeed, Withheld, publish_need, view_for_member

DATE = dt.date(2025, 12, 31)


def need(firm, volume, price, **more):
    estimate = Estimate(price, price, price, "EUR/unit", f"source-of-{firm}", DATE)
    defaults = {"consents": True, "sells": f"market of {firm}", "date": DATE, "place": Place(region="27")}
    return PoolNeed(firm, "gears", volume, "piece", estimate, **defaults | more)


@pytest.fixture
def canaries():
    """Needs whose names, volumes and prices are unmistakable."""
    return [
        need("CANARY-ALPHA", 1234.5, 31.7171),
        need("CANARY-BRAVO", 2345.25, 37.1313, named=True),
        need("CANARY-CHARLIE", 3456.75, 41.9191),
    ]


def test_a_member_sees_its_own_figures_and_the_names_of_those_who_agree_alone(canaries):
    line = PoolLine("L", "gears", 10_000, 12.3456, yearly_cost=20_000.0, minimum=4000)
    (plan,) = pool_needs(canaries, [line], PoolRules(years=1))
    assert len(plan.joined) == 3
    view = view_for_member(plan, canaries, "CANARY-ALPHA")
    assert view.partners == ("CANARY-BRAVO",)
    own = plan.members[0]
    assert (view.cost, view.pool_price) == (own.cost, own.pool_price)
    for told in (repr(view), json.dumps(plain(view))):
        assert "CANARY-ALPHA" in told
        assert "CANARY-CHARLIE" not in told
        for other in plan.members[1:]:
            secrets = [other.cost, other.cost_alone, other.pool_price, *other.volumes, other.saving.mid]
            assert not [figure for figure in secrets if repr(figure) in told or f"{figure:.4f}" in told]
        for other in canaries[1:]:
            assert f"{other.volume:g}" not in told
            assert repr(other.price.mid) not in told
            assert other.price.source not in told
        totals = [plan.objective, plan.cost_alone, plan.lines[0].unit_price, *plan.lines[0].volumes]
        assert not [figure for figure in totals if repr(figure) in told]


def test_a_stranger_has_no_view(canaries):
    (plan,) = pool_needs(canaries, [], PoolRules(years=1))
    assert view_for_member(plan, canaries, "ANOTHER") is None


def test_what_is_published_holds_no_name_no_price_and_bands_alone(canaries):
    published = publish_need(canaries, check_competition(canaries))
    assert published == PooledNeed(
        "gears", "", "", "piece", region="27", firms=(3, 5), volume=(5000.0, 10_000.0), latest=DATE
    )
    assert "CANARY" not in repr(published)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({0: {"consents": False}}, "too_few_groups"),
        ({0: {"group": "1"}, 1: {"group": "1"}}, "too_few_groups"),
        ({2: {"volume": 100_000.0}}, "one_dominates"),
        ({2: {"price": Estimate(9e3, 9e3, 9e3, "EUR/unit", "x", DATE)}}, "one_dominates"),
        # the second, less its own, would know the first within 10 %: 120 < 10 % of 3456
        ({0: {"volume": 120.0}}, "one_can_be_guessed"),
    ],
)
def test_a_pool_that_would_betray_someone_is_withheld(canaries, changes, code):
    needs = [replace(each, **changes.get(place, {})) for place, each in enumerate(canaries)]
    published = publish_need(needs, check_competition(needs))
    assert isinstance(published, Withheld)
    assert code in [reason.code for reason in published.reasons]
    assert all("CANARY" not in repr(reason) for reason in published.reasons)


def test_several_regions_are_published_as_france(canaries):
    needs = [replace(canaries[0], place=Place(region="84")), *canaries[1:]]
    assert publish_need(needs, check_competition(needs)).region == ""


@pytest.mark.parametrize(
    ("sells", "shares", "buying", "clearance"),
    [
        (("a", "b", "c"), (0.9, 0.9, 0.9), None, Clearance.CLEAR),  # nobody competes
        (("a", "a", "c"), (0.05, 0.10, 0.9), 0.15, Clearance.CLEAR),  # 15 % exactly
        (("a", "A ", "c"), (0.05, 0.11, 0.0), 0.01, Clearance.NEEDS_SIGN_OFF),
        (("a", "a", "c"), (0.05, None, 0.0), 0.01, Clearance.NEEDS_SIGN_OFF),
        (("a", "a", "c"), (0.05, 0.05, 0.0), None, Clearance.NEEDS_SIGN_OFF),
        (("a", "a", "c"), (0.05, 0.05, 0.0), 0.2, Clearance.NEEDS_SIGN_OFF),
        (("a", None, "c"), (0.01, 0.01, 0.01), 0.01, Clearance.NEEDS_SIGN_OFF),
    ],
)
def test_competitors_above_15_percent_or_unknown_need_a_sign_off(canaries, sells, shares, buying, clearance):
    needs = [
        replace(each, sells=market, market_share=share)
        for each, market, share in zip(canaries, sells, shares, strict=True)
    ]
    check = check_competition(needs, buying)
    assert check.clearance is clearance
    blocked = isinstance(publish_need(needs, check), Withheld)
    assert blocked is (clearance is Clearance.NEEDS_SIGN_OFF)
    signed = check_competition(needs, buying, SignOff("head of industry", DATE, "no overlap"))
    assert isinstance(publish_need(needs, signed), PooledNeed)
