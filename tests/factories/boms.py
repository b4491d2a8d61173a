"""Bills of materials for tests and benchmarks: drawn by Hypothesis, or large and seeded. All invented."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from hypothesis import strategies as st

from maillon.core.bom import Bom, bom_from

COUNTRIES = ["FR", "CN", "DE", None]
_money = st.integers(min_value=1, max_value=40).map(float)


def flat_bom(*parts: dict[str, Any], **common: Any) -> Bom:
    """One line for each dictionary of columns, one of each where no quantity is given."""
    lines = [{"quantity": 1.0, **common, **part} for part in parts]
    return bom_from(pl.DataFrame(lines, infer_schema_length=None))


@st.composite
def random_boms(draw: st.DrawFn, *, shared: bool = True, ranges: bool = True, max_items: int = 8) -> Bom:
    """A small graph of items: priced or not, with ranges, own values, declared fractions, unknown origins.

    Items are used by earlier items only, so there is no cycle; ``shared`` lets one serve in several places.
    """
    count = draw(st.integers(min_value=1, max_value=max_items))
    lines: list[dict[str, Any]] = []
    for item in range(1, count + 1):
        described = draw(_item(ranges=ranges))
        users = draw(_users(item, shared=shared))
        lines += [
            {"item": item, "parent": user, "quantity": draw(_quantity()), **described} for user in users
        ]
    frame = pl.DataFrame(lines, infer_schema_length=None).with_columns(line=pl.int_range(1, pl.len() + 1))
    return bom_from(frame, name="drawn")


@st.composite
def _users(draw: st.DrawFn, item: int, *, shared: bool) -> list[int | None]:
    possible: list[int | None] = [None, *range(1, item)]
    size = 2 if shared else 1
    return draw(st.lists(st.sampled_from(possible), min_size=1, max_size=size, unique=True))


def _quantity() -> st.SearchStrategy[float | None]:
    return st.one_of(st.integers(min_value=0, max_value=3).map(float), st.floats(0.5, 2.0), st.none())


@st.composite
def _item(draw: st.DrawFn, *, ranges: bool) -> dict[str, Any]:
    price = draw(st.one_of(st.none(), _money, _money, st.sampled_from([200.0, 900.0])))
    wider = draw(st.one_of(st.none(), st.integers(min_value=0, max_value=30))) if ranges and price else None
    return {
        "unit_price": price,
        "unit_price_max": None if wider is None or price is None else price + wider,
        "own_value": draw(st.one_of(st.none(), st.none(), _money)),
        "making_country": draw(st.sampled_from(COUNTRIES)),
        "local_fraction": draw(st.one_of(st.none(), st.none(), st.none(), st.sampled_from([0.0, 0.4, 1.0]))),
        "supplier": draw(st.sampled_from(["A", "B", "C", None, None])),
        "mass": draw(st.one_of(st.none(), _money)),
    }


def large_bom(lines: int, *, seed: int = 1, ranges: bool = False, unknown: float = 0.45) -> Bom:
    """A tree of ``lines`` items on five levels under one product: parts with prices, masses and suppliers."""
    rng = np.random.default_rng(seed)
    parent = _five_levels(lines, rng)
    leaf = np.ones(lines, dtype=bool)
    leaf[parent[parent > 0] - 1] = False
    known = (1 - unknown) * np.array([0.55, 0.2, 0.15, 0.1])
    country = rng.choice(np.array(["FR", "CN", "DE", "JP", ""]), lines, p=[*known, unknown])
    region = np.where(country == "FR", rng.choice(np.array(["27", "84", ""]), lines), "")
    price = rng.lognormal(0, 2, lines)
    sellers = np.char.add("Fournisseur ", rng.integers(0, 400, lines).astype(str))
    wide = leaf & (rng.random(lines) < 0.3) & ranges
    frame = pl.DataFrame(
        {
            "parent": pl.Series(parent).replace(0, None),
            "quantity": rng.integers(1, 8, lines).astype(np.float64),
            "unit_price": pl.Series(np.where(leaf, price, np.nan)).fill_nan(None),
            "unit_price_max": pl.Series(np.where(wide, 1.3 * price, np.nan)).fill_nan(None),
            "own_value": pl.Series(np.where(leaf, np.nan, rng.lognormal(2, 1, lines))).fill_nan(None),
            "mass": rng.lognormal(-2, 1, lines),
            "making_country": pl.Series(country).replace("", None),
            "making_region": pl.Series(region).replace("", None),
            "supplier": pl.Series(np.where(leaf, sellers, "")).replace("", None),
        }
    )
    return bom_from(frame, name="large")


def _five_levels(lines: int, rng: np.random.Generator) -> np.ndarray:
    """Return the number of the parent of each line, 0 for the product; one line in ten is an assembly."""
    sizes = [1, max(lines // 5000, 2), max(lines // 160, 3), max(lines // 10, 4)]
    sizes.append(lines - sum(sizes))
    parent, first, last = np.zeros(lines, dtype=np.int64), 0, 1
    for size in sizes[1:]:
        parent[last : last + size] = rng.integers(first, last, size) + 1
        first, last = last, last + size
    return parent
