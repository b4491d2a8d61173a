"""The shipped reference tables: compact Parquet files inside the package, read once, on first use."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO

import polars as pl

from maillon.core.errors import MissingData
from maillon.core.message import message


@cache
def read_table(path: str) -> pl.DataFrame:
    """Return the shipped table at ``path`` (relative to ``maillon/reference``); shared, never to be changed.

    Raises ``MissingData`` when the file is absent, which means a damaged installation.

    >>> read_table("places/data/regions.parquet").height
    26
    """
    entry = files("maillon.reference").joinpath(path)
    if not entry.is_file():
        raise MissingData(
            message("The reference table {path} is missing.", path=path),
            message("Install Maillon again: its tables come with the package."),
        )
    return pl.read_parquet(BytesIO(entry.read_bytes()))
