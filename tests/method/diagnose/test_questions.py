"""Whom to ask: against every subset of suppliers, against a mixed-integer program, against every answer."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories.boms import flat_bom, large_bom
from maillon.core.bom import Bom
from maillon.core.place import FRANCE
from maillon.method.diagnose import local_content, smallest_question_set
from maillon.method.diagnose.certainty import certain_after
from maillon.method.diagnose.cover import smallest_cover
from maillon.method.diagnose.results import Basis, Guarantee, Share
from maillon.method.diagnose.words import reason_message
from maillon.solve import LinearModel, solve
from maillon.solve.model import dense_rows

spends = st.lists(
    st.tuples(
        st.integers(1, 30),
        st.sampled_from(["FR", "CN", None, None, None]),
        st.sampled_from(["A", "B", "C", "D", None]),
        st.sampled_from([0, 0, 0, 10]),
    ),
    min_size=1,
    max_size=9,
)


def bom_of(lines: list[tuple[int, str | None, str | None, int]]) -> Bom:
    return flat_bom(
        *(
            {"unit_price": float(p), "unit_price_max": float(p + r), "making_country": c, "supplier": s}
            for p, c, s, r in lines
        )
    )


def answered(lines: list[tuple[int, str | None, str | None, int]], asked: set[str], country: str) -> Share:
    told = [(p, country if c is None and s in asked else c, s, r) for p, c, s, r in lines]
    return local_content(bom_of(told), (FRANCE,))[Basis.ORIGIN_VALUE]["country:FR"]


def settles_either_way(lines: list[tuple[int, str | None, str | None, int]], asked: set[str]) -> bool:
    least, most = answered(lines, asked, "FR").min, answered(lines, asked, "CN").max
    assert least is not None
    assert most is not None
    return least >= 0.5 - 1e-12 and most < 0.5 - 1e-9


@settings(max_examples=60, deadline=None)
@given(spends)
def test_no_smaller_set_settles_it_either_way(lines: list[tuple[int, str | None, str | None, int]]) -> None:
    found = smallest_question_set(bom_of(lines))
    now = answered(lines, set(), "FR")
    assert now.min is not None
    assert now.max is not None
    assert found.decided == (now.min >= 0.5 - 1e-12 or now.max < 0.5 - 1e-9)
    if found.decided:
        assert found.questions == ()
        return
    names = sorted({s for _, c, s, _ in lines if c is None and s is not None})
    sets = (set(c) for k in range(len(names) + 1) for c in combinations(names, k))
    best = next((len(asked) for asked in sets if settles_either_way(lines, asked)), None)
    assert found.reachable == (best is not None)
    if best is not None:
        assert len(found.questions) == best
        assert found.bound <= best
        assert settles_either_way(lines, {q.supplier for q in found.questions})


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 20), st.integers(1, 20)), min_size=1, max_size=9), st.data())
def test_a_cover_of_two_needs_is_the_smallest_of_all_subsets(
    pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    gains = np.array([[float(g), float(h)] for g, h in pairs])
    needs = np.array([float(data.draw(st.integers(1, 60))), float(data.draw(st.integers(1, 60)))])
    found = smallest_cover(gains, needs)
    fits = [
        k
        for k in range(len(pairs) + 1)
        for rows in combinations(range(len(pairs)), k)
        if (gains[list(rows)].sum(axis=0) >= needs).all()
    ]
    assert (found is None) == (not fits)
    if found is not None:
        assert len(found.chosen) == min(fits)


def knapsack_optimum(gains: np.ndarray, need: float, costs: np.ndarray) -> float:
    start, index, value = dense_rows(gains[None, :])
    count = len(gains)
    model = LinearModel(
        costs, np.zeros(count), np.ones(count), start, index, value,
        np.array([need]), np.array([np.inf]), np.ones(count, dtype=np.bool_),
    )  # fmt: skip
    return solve(model).objective


def test_within_one_percent_of_the_mixed_integer_optimum_with_costs() -> None:
    rng = np.random.default_rng(5)
    gains, costs = rng.lognormal(0, 1.5, 300), rng.uniform(1, 5, 300)
    need = 0.6 * float(gains.sum())
    found = smallest_cover(gains[:, None], np.array([need]), costs)
    assert found is not None
    optimum = knapsack_optimum(gains, need, costs)
    assert gains[found.chosen].sum() >= need * (1 - 1e-9)
    assert found.cost <= optimum * 1.01 + 1e-9
    assert found.cost_bound <= optimum + 1e-6


def test_the_set_of_a_large_bom_is_the_mixed_integer_optimum() -> None:
    bom = large_bom(20_000, unknown=0.6)
    found = smallest_question_set(bom)
    share = local_content(bom, (FRANCE,))[Basis.ORIGIN_VALUE]["country:FR"]
    assert share.min is not None
    assert share.max is not None
    everyone = smallest_question_set(bom, guarantee=Guarantee.WHATEVER)
    assert everyone.reachable
    need = max(0.5 - share.min, share.max - 0.5)
    all_widths = _all_widths(bom)
    assert all_widths.sum() == pytest.approx(share.max - share.min)
    assert len(found.questions) == knapsack_optimum(all_widths, need, np.ones(len(all_widths)))
    assert sum(q.width for q in found.questions) >= need - 1e-9


def _all_widths(bom: Bom) -> np.ndarray:
    frame = bom.lines.to_dicts()
    times: dict[int, float] = {}
    widths: dict[str, float] = {}
    total = 0.0
    used = {r["parent"] for r in frame}
    for r in frame:
        times[r["item"]] = r["quantity"] * (1.0 if r["parent"] is None else times[r["parent"]])
        if r["item"] not in used:
            spend = times[r["item"]] * r["unit_price"]
            total += spend
            if r["making_country"] is None:
                widths[r["supplier"]] = widths.get(r["supplier"], 0.0) + spend
    return np.array(list(widths.values())) / total


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(st.integers(1, 12), min_size=1, max_size=3), min_size=1, max_size=4),
    st.integers(0, 3),
    st.integers(1, 40),
)
def test_certainty_holds_for_every_answer_and_fails_just_before(
    suppliers: list[list[int]], unaskable: int, need: int
) -> None:
    ordered = sorted(suppliers, key=sum, reverse=True)
    found = certain_after([np.array(s, float) for s in ordered], float(unaskable), float(need))

    def always_decided(count: int) -> bool:
        asked = [w for s in ordered[:count] for w in s]
        rest = unaskable + sum(sum(s) for s in ordered[count:])
        answers = product((0, 1), repeat=len(asked))
        sums = {sum(w for w, yes in zip(asked, answer, strict=True) if yes) for answer in answers}
        return all(a >= need or a + rest < need for a in sums)

    first = next((k for k in range(1, len(ordered) + 1) if always_decided(k)), None)
    assert found == first


def test_lines_without_a_supplier_cannot_be_asked_and_are_said() -> None:
    bom = flat_bom({"unit_price": 60.0}, {"unit_price": 40.0, "supplier": "A"})
    found = smallest_question_set(bom)
    assert (found.decided, found.reachable, found.questions) == (False, False, ())
    assert found.unaskable == pytest.approx(0.6)
    assert [r.code for r in found.reasons] == ["unaskable_lines", "identify_suppliers_first"]
    assert str(reason_message(found.reasons[0])).startswith("1 line of unknown origin has no known supplier")


def test_one_conclusion_within_reach_is_offered_alone() -> None:
    bom = flat_bom(
        {"unit_price": 30.0, "making_country": "FR"},
        {"unit_price": 30.0, "supplier": "A"},
        {"unit_price": 40.0},
    )
    found = smallest_question_set(bom)
    assert not found.reachable
    assert [q.supplier for q in found.questions] == ["A"]
    assert found.reasons[-1].code == "only_reached_provable"


def test_costs_of_asking_choose_the_cheaper_suppliers() -> None:
    lines = [{"unit_price": p, "supplier": s} for p, s in ((50.0, "A"), (25.0, "B"), (25.0, "C"))]
    found = smallest_question_set(flat_bom(*lines), threshold=0.4, costs={"A": 10.0})
    assert (len(found.questions), found.questions[0].supplier, found.cost) == (2, "A", 11.0)
    cheap = smallest_question_set(
        flat_bom(*lines, {"unit_price": 50.0, "supplier": "D"}), threshold=0.4, costs={"A": 10.0}
    )
    assert [q.supplier for q in cheap.questions] == ["D", "B", "C"]
    assert cheap.cost == 3.0


def test_each_question_names_its_lines_by_falling_spend() -> None:
    bom = flat_bom(*({"unit_price": p, "supplier": "Usinage SAS"} for p in (10.0, 30.0, 20.0)))
    question = smallest_question_set(bom).questions[0]
    assert (question.lines, question.spend, question.width, question.line_numbers) == (
        3,
        60.0,
        1.0,
        (2, 3, 1),
    )
