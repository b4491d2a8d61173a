"""The products (CPA) of a good: from the table that the user imported, else the classes of its makers.

The imported table lies in the folder ``classifications`` of ``home()`` and serves from then on.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import polars as pl

from maillon.home import home
from maillon.reference.classifications.links.makers import maker_classes

FOLDER, PRODUCTS = "classifications", "cn_products.parquet"


def save_table(table: pl.DataFrame, name: str) -> Path:
    """Write an imported table in one stroke: an interrupted import leaves the former one."""
    target = home() / FOLDER / name
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".unfinished")
    try:
        table.write_parquet(unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def import_stamp() -> int:
    """Return the time of the imported table of products in nanoseconds, 0 without one."""
    path = home() / FOLDER / PRODUCTS
    return path.stat().st_mtime_ns if path.is_file() else 0


def product_shares(code: str, stamp: int | None = None) -> Mapping[str, float]:
    """Return the CPA codes of a good of 4, 6 or 8 digits and their shares, which sum to 1; empty if unknown.

    From the imported table: the products of every CN code that ``code`` begins, each CN code counting alike;
    where the table does not have the code, the products of its subheading, then of its heading. Without an
    imported table the CPA classes (4 digits), which are the NACE classes of the makers.
    Who asks for many codes gives the ``stamp`` of the table (``import_stamp``), looked up once.
    """
    if stamp is None:
        stamp = import_stamp()
    table = _imported(home() / FOLDER / PRODUCTS, stamp) if stamp else {}
    for length in (8, 6, 4):
        found = _begun(table, code[:length]) if table and len(code) >= length else {}
        if found:
            return found
    return maker_classes(code)


@lru_cache(maxsize=2)
def _imported(path: Path, stamp: int) -> Mapping[str, Mapping[str, float]]:
    """Return CN code → product → share; ``stamp`` is the time of the file: a new import is read anew."""
    table: dict[str, dict[str, float]] = {}
    for code, product, share in pl.read_parquet(path).select("cn8", "cpa", "share").iter_rows():
        for length in (4, 6, 8):
            sums = table.setdefault(code[:length], {})
            sums[product] = sums.get(product, 0.0) + share
    return table


def _begun(table: Mapping[str, Mapping[str, float]], code: str) -> Mapping[str, float]:
    sums = table.get(code, {})
    whole = sum(sums.values())
    return {product: share / whole for product, share in sums.items()}
