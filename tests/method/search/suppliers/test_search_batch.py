import pytest

from maillon.method.search import read_need, search_batch, search_suppliers
from method.search.suppliers.conftest import BELFORT

LINES = ["Bloc usiné alu", None, "Carter fraisé", "Bloc usiné alu", " ", "zzyzx"]


def test_each_distinct_need_is_searched_once_and_given_to_each_of_its_lines(register):
    told = []
    found = search_batch(register, LINES, BELFORT, 80.0, limit=5, progress=told.append)
    assert found.lines == (0, None, 1, 0, None, 2)
    assert found.of_line(0) is found.of_line(3)
    assert found.of_line(1) is None
    assert told[-1] == 1.0


def test_results_are_those_of_single_searches(register):
    found = search_batch(register, LINES, BELFORT, 80.0, limit=5)
    for text, place in zip(LINES, found.lines, strict=True):
        if place is not None:
            assert found.results[place] == search_suppliers(register, read_need(text), BELFORT, 80.0, limit=5)


def test_families_gather_their_distinct_results(register):
    found = search_batch(
        register, ["Pignon conique", "Pignon conique", "Roue conique", "zzyzx"], BELFORT, 80.0
    )
    assert found.families[:3] == ("gears", "gears", "gears")
    assert [result.need.text for result in found.by_family["gears"]] == ["Pignon conique", "Roue conique"]


def test_an_interruption_passes(register):
    def stop(share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        search_batch(register, LINES, BELFORT, 80.0, progress=stop)
