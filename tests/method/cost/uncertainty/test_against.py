"""Local against import on common draws."""

import numpy as np
import pytest

from factories.costs import factors_of
from maillon.core.errors import InvalidRequest
from maillon.method.cost.uncertainty import compare_draws, draw_costs
from maillon.method.cost.uncertainty.scopes import Scope, names_in

SHARED = (*names_in(Scope.EVERYWHERE), *names_in(Scope.PART))
CERTAIN = ("recovery_low", "recovery_mode", "recovery_high")


def test_two_offers_of_one_truth_never_differ() -> None:
    offer = factors_of(set(SHARED) - set(CERTAIN))
    found = compare_draws([offer], [offer], draws=500)
    assert (found.yearly == 0.0).all()
    assert found.probability.tolist() == [0.0]
    assert found.imported.deviation[0] > 0


def test_the_probability_is_that_of_the_law() -> None:
    """Only the import price is uncertain: the local source is cheaper where that price exceeds its own."""
    imported = factors_of(["price"], price=12.0)  # 8 to 24, mode 12
    for price in (10.0, 14.0, 20.0):
        local = factors_of((), price=price)
        exceeds = (24 - price) ** 2 / (16 * 12) if price >= 12 else 1 - (price - 8) ** 2 / (16 * 4)
        found = compare_draws([imported], [local], draws=40_000, seed=1)
        assert found.probability[0] == pytest.approx(exceeds, abs=4 * found.probability_error(0) + 2.5e-4)


def test_each_side_is_what_is_drawn_alone_and_savings_add_up() -> None:
    imported = [factors_of(seed=seed) for seed in range(20)]
    local = [factors_of(seed=100 + seed) for seed in range(20)]
    both = compare_draws(imported, local, draws=400, seed=3)
    alone = draw_costs(imported, draws=400, seed=3)
    assert both.imported.mid == pytest.approx(alone.per_unit.mid, rel=1e-12)
    assert both.saving.mean == pytest.approx(both.imported.mean - both.local.mean, rel=1e-9)
    assert both.probability_of_all == np.mean(both.yearly > 0)
    year = both.per_year
    assert year.low < year.mid < year.high
    assert year.unit == "EUR/year"


def test_common_draws_narrow_the_difference() -> None:
    offer = factors_of()
    found = compare_draws([offer], [offer], draws=5_000)
    apart = np.hypot(found.imported.deviation[0], found.local.deviation[0])
    assert found.saving.deviation[0] < 0.9 * apart


def test_offers_come_in_pairs() -> None:
    with pytest.raises(InvalidRequest, match="local offer"):
        compare_draws([factors_of()] * 2, [factors_of()])
