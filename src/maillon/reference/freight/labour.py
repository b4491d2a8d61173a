"""Hourly labour costs of countries and areas."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from maillon.core.estimate import Estimate
from maillon.reference.text_rows import read_rows


def find_labour_cost(country: str, scope: str = "manufacturing", file: Path | None = None) -> Estimate | None:
    """Return EUR per hour worked in a country (or EU, EA); None where unknown, never an average of others.

    Scopes: manufacturing, industry, economy. Rexecode, first quarter of 2023, manufacturing in France:

    >>> find_labour_cost("FR").mid, find_labour_cost("CN")
    (44.9, None)
    """
    for row in read_rows(
        "freight/data/labour.csv", ["country", "scope", "eur_per_hour", "source", "date"], file
    ):
        if (row.cells["country"], row.cells["scope"]) == (country, scope):
            hour = row.number("eur_per_hour")
            date = dt.date.fromisoformat(row.cells["date"])
            return Estimate(hour, hour, hour, "EUR/h", row.cells["source"], date)
    return None
