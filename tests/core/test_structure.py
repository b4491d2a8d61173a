import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from maillon.core.structure import build_structure


@st.composite
def graphs(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, int]:
    n = draw(st.integers(1, 8))
    items = st.integers(0, n - 1)
    usages = draw(st.lists(st.tuples(st.integers(-1, n - 1), items), max_size=20))
    parent = np.array([p for p, _ in usages], dtype=np.int64)
    child = np.array([c for _, c in usages], dtype=np.int64)
    return parent, child, n


def reachable_from_itself(parent: np.ndarray, child: np.ndarray, n: int) -> np.ndarray:
    """Oracle: boolean closure of the graph (Warshall 1962)."""
    reach = np.zeros((n, n), dtype=bool)
    inner = parent >= 0
    reach[parent[inner], child[inner]] = True
    for k in range(n):
        reach |= np.outer(reach[:, k], reach[k])
    return reach


@given(graphs())
def test_order_puts_each_item_after_all_that_use_it(graph):
    parent, child, n = graph
    structure = build_structure(parent, child, n)
    place = {item: i for i, item in enumerate(structure.order.tolist())}
    assert sorted([*place, *structure.cyclic.tolist()]) == list(range(n))
    for p, c in zip(parent.tolist(), child.tolist(), strict=True):
        if p >= 0 and c in place:
            assert place[p] < place[c]


@given(graphs())
def test_cyclic_items_are_those_on_or_below_a_cycle(graph):
    parent, child, n = graph
    reach = reachable_from_itself(parent, child, n)
    on_cycle = np.diag(reach)
    below = (reach & on_cycle[:, None]).any(axis=0)
    assert build_structure(parent, child, n).cyclic.tolist() == np.flatnonzero(on_cycle | below).tolist()


def test_a_chain_of_ten_thousand_levels_is_ordered_without_recursion():
    n = 10_000
    structure = build_structure(np.arange(-1, n - 1), np.arange(n), n)
    assert structure.order.tolist() == list(range(n))


def test_forty_levels_used_twice_stay_eighty_usages():
    """The diamond 2^40: each item uses the next one twice."""
    parent = np.repeat(np.arange(-1, 39), 2)
    child = np.repeat(np.arange(40), 2)
    structure = build_structure(parent, child, 40)
    assert (len(structure.child), structure.order.tolist()) == (80, list(range(40)))
