"""Where the written sites lie: country, region, département and point of each line's two sites."""

from __future__ import annotations

import polars as pl

from maillon.core.bom import Bom
from maillon.reference.places import locate_many

_FIELDS = ("country", "region", "departement", "lat", "lon")


def locate_sites(bom: Bom) -> Bom:
    """Return the same lines with both sites located as far as their text allows.

    What the file or a paper already states (a country code, a region) is kept; a text that names a place in
    another country than the one stated adds nothing. Unknown places stay null.
    """
    lines = bom.lines
    for site in ("supplier", "making"):
        lines = _locate(lines, site)
    return Bom(lines, bom.name, bom.version)


def _locate(lines: pl.DataFrame, site: str) -> pl.DataFrame:
    texts = lines[f"{site}_site"]
    if texts.null_count() == len(texts):
        return lines
    found = locate_many(texts, lines[f"{site}_country"]).rename(
        {field: f"found_{field}" for field in _FIELDS}
    )
    stated = pl.col(f"{site}_country")
    agrees = stated.is_null() | (stated == pl.col("found_country"))
    filled = [
        pl.coalesce(f"{site}_{field}", pl.when(agrees).then(pl.col(f"found_{field}"))).alias(
            f"{site}_{field}"
        )
        for field in _FIELDS
    ]
    return lines.hstack(found).with_columns(filled).select(lines.columns)
