"""Who sells a line: one key for each supplier, and one name to show, whatever way it is written."""

from __future__ import annotations

import polars as pl

from maillon.core.vendor import VendorBook


def supplier_keys(suppliers: pl.Series, identifiers: pl.Series) -> pl.Series:
    """Return one key for each line: the SIREN or identifier where known, else the folded name; null if none.

    A name written with an identifier on one line and without it on another is the same supplier, unless it
    goes with several identifiers. Case, accents, punctuation and legal forms do not count.

    >>> names = pl.Series(["Usinage Réunis SAS", "USINAGE REUNIS", None])
    >>> supplier_keys(names, pl.Series(["000 000 018 00012", None, None])).to_list()
    ['000000018', '000000018', None]
    """
    frame = pl.DataFrame({"supplier_id": identifiers.cast(pl.String), "supplier": suppliers.cast(pl.String)})
    return VendorBook([frame]).keys(frame).alias("key")


def shown_names(suppliers: pl.Series, keys: pl.Series) -> pl.Series:
    """Return for each line the way its supplier is written most often, the first of them on a tie.

    >>> names = pl.Series(["Sté Getriebe", "Getriebe", "Getriebe", None])
    >>> shown_names(names, pl.Series(["g", "g", "g", None])).to_list()
    ['Getriebe', 'Getriebe', 'Getriebe', None]
    """
    frame = pl.DataFrame({"key": keys, "name": suppliers.cast(pl.String).str.strip_chars()}).with_row_index()
    spellings = frame.drop_nulls().group_by("key", "name").agg(times=pl.len(), first=pl.col("index").min())
    best = spellings.sort("times", "first", descending=[True, False]).unique("key", keep="first")
    shown = frame.join(best.select("key", shown="name"), on="key", how="left", maintain_order="left")
    return shown.select(pl.coalesce("shown", "name")).to_series()
