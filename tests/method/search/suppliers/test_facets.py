"""What a facet counts is what choosing it gives."""

import pytest

from maillon.core.place import Place
from maillon.method.search.suppliers import (
    Filters,
    count_within,
    read_need,
    search_faceted,
    search_suppliers,
    searcher_of,
)
from maillon.method.search.suppliers.facets import FACETS

NEED = read_need("fraisage aluminium", lot=500)
BELFORT = Place("FR", "27", "90", "90010", 47.6379, 6.8629)
NEAR = Filters(near=BELFORT)


def test_without_a_choice_the_result_is_that_of_a_search(register):
    found = search_faceted(searcher_of(register), NEED, NEAR, {}, shown=slice(0, 50))
    assert found.result == search_suppliers(register, NEED, filters=NEAR, limit=50)
    assert found.unnarrowed == found.result.found > 5


@pytest.mark.parametrize("chosen", [{}, {"evidence": frozenset({"shown"})}, {"size": frozenset({"10"})}])
def test_every_count_is_what_the_choice_gives(register, chosen):
    searcher = searcher_of(register)
    counts = search_faceted(searcher, NEED, NEAR, chosen).counts
    assert set(counts) == set(FACETS)
    checked = 0
    for facet, values in counts.items():
        for value, count in values.items():
            one = {**chosen, facet: frozenset({value})}
            checked += count > 0
            assert search_faceted(searcher, NEED, NEAR, one).result.found == count, (facet, value)
    assert checked >= 6


def test_pages_follow_one_another(register):
    searcher = searcher_of(register)
    whole = search_faceted(searcher, NEED, NEAR, {}, shown=slice(0, 6)).result.candidates
    pages = [search_faceted(searcher, NEED, NEAR, {}, shown=slice(k, k + 2)).result for k in (0, 2, 4)]
    assert tuple(one for page in pages for one in page.candidates) == whole
    beyond = search_faceted(searcher, NEED, NEAR, {}, shown=slice(100, 120)).result
    assert (beyond.candidates, beyond.gap) == ((), None)


def test_firms_bought_from_are_those_told_and_those_given(register):
    searcher = searcher_of(register)
    first = search_faceted(searcher, NEED, NEAR, {}).result.candidates[0]
    told = search_faceted(searcher, NEED, NEAR, {}).counts["supplier"]["yes"]
    given = frozenset({first.siret[:9]})
    assert search_faceted(searcher, NEED, NEAR, {}, suppliers=given).counts["supplier"]["yes"] == told + 1
    only = search_faceted(searcher, NEED, NEAR, {"supplier": frozenset({"yes"})}, suppliers=given).result
    assert first.siret in {one.siret for one in only.candidates}


def test_distances_count_what_they_give(register):
    counts = count_within(searcher_of(register), NEED, NEAR, {}, (50.0, 1000.0, None))
    given = {km: search_suppliers(register, NEED, BELFORT, km).found for km in counts}
    assert counts == given
    assert counts[50.0] < counts[1000.0]
