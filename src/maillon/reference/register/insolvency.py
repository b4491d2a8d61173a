"""Openings of insolvency proceedings, from the notices of BODACC.

Read from the export "annonces commerciales" of the open-data portal, CSV or Parquet, whole or filtered:
``registre`` (the SIREN, spaced or not), ``dateparution``, ``jugement`` (JSON with ``famille``, ``nature``,
``date``) and, where present, ``typeavis``.
"""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw
import polars as pl

from maillon.reference.register.loading.cleaning import as_date, clean_columns
from maillon.reference.register.loading.layouts import NOTICES
from maillon.reference.register.loading.official import OfficialFile, scan_text

INSOLVENCIES = {"siren": pl.String, "insolvency": pl.Date}
_OPENING = r"(?i)\bouverture\b"
_CLOSING = r"(?i)cl[oô]ture"


def read_openings(files: Sequence[OfficialFile]) -> pl.DataFrame:
    """Return ``siren, insolvency``: the day of the last judgment that opened proceedings, by SIREN.

    The day is that of the judgment, else of the publication. Notices that cancel another one are left out.
    """
    frames = [_openings(file) for file in files]
    told = pl.concat(frames) if frames else pl.LazyFrame(schema=INSOLVENCIES)
    last = told.group_by("siren").agg(pl.col("insolvency").max())
    return last.drop_nulls().sort("siren").collect(engine="streaming")


def _openings(file: OfficialFile) -> pl.LazyFrame:
    clean: pl.LazyFrame = clean_columns(nw.from_native(scan_text(file)), NOTICES).to_native()
    words = pl.concat_str(_told("famille"), pl.lit(" "), _told("nature"), ignore_nulls=True)
    opening = words.str.contains(_OPENING) & ~words.str.contains(_CLOSING)
    cancelled = (pl.col("typeavis") == "annulation").fill_null(value=False)
    rows = clean.filter(opening & ~cancelled).select(
        siren=pl.col("registre").str.replace_all(r"\s", "").str.extract(r"(\d{9})"),
        judged=_told("date"),
        published=pl.col("dateparution"),
    )
    days = nw.from_native(rows).select(
        "siren", insolvency=nw.coalesce(as_date("judged"), as_date("published"))
    )
    return days.to_native().drop_nulls()


def _told(key: str) -> pl.Expr:
    """Return the text of one key of the judgment; a broken document tells what it can."""
    return pl.col("jugement").str.extract(rf'"{key}"\s*:\s*"([^"]*)"')
