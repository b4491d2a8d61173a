"""A stated place that is no more than a country tells no town."""

import polars as pl

from maillon.method.search.resolve.vendors import read_vendors


def test_a_site_that_is_only_the_country_is_no_town() -> None:
    frame = pl.DataFrame({"name": ["Alpha", "Beta"], "city": ["FRANCE", "25000 BESANCON"]})
    assert [(v.town, v.postcode) for v in read_vendors(frame)] == [("", None), ("besancon", "25000")]
