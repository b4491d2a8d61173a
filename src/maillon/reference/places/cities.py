"""Foreign cities whose name alone tells their country, and French names that are too like theirs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from maillon.reference.places.fold import fold, fold_commune
from maillon.reference.tables import read_table


def city_country(text: str) -> str | None:
    """Return the country of a foreign city whose name alone tells it, or None.

    >>> city_country("Shenzhen"), city_country("Valencia")
    ('CN', None)
    """
    return _cities().get(fold(text))


def is_city(text: str) -> bool:
    """Say whether ``text`` is the name of a foreign city, whether or not it tells the country.

    >>> is_city("Birmingham"), is_city("Belfort")
    (True, False)
    """
    return fold(text) in _cities()


def is_doubtful(text: str) -> bool:
    """Say whether the name of a French place is that of a much larger foreign city too ("Vienne", "Laval").

    >>> is_doubtful("Vienne"), is_doubtful("Belfort")
    (True, False)
    """
    return _cities().get(fold_commune(text), "") is None


@cache
def _cities() -> Mapping[str, str | None]:
    table = read_table("places/data/cities.parquet")
    return dict(zip(table["key"].to_list(), table["country"].to_list(), strict=True))
