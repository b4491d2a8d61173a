"""Which vendors can be ranked among twenty firms at all: a bare name that more firms bear cannot."""

from __future__ import annotations

import numpy as np
import polars as pl
from rapidfuzz import fuzz

from maillon.reference.register import Register
from maillon.reference.register.names import open_names
from maillon.reference.register.names.cleaning import clean_words

_FIRMS = 20


def with_answerable(register: Register, vendors: pl.DataFrame) -> pl.DataFrame:
    """Return the vendors with ``answerable``: false where nothing tells the right firm from twenty others.

    That is: no town and no postcode, and of the right establishment's names the one most like what is
    written is borne, once cleaned, by more than twenty firms. Null for vendors that are in no register.
    """
    index, borne = open_names(register.folder), _names(register, vendors)
    siren = register.establishments(["siret"])["siret"].str.slice(0, 9).to_numpy()
    places = {entry: place for place, entry in enumerate(index.entries)}

    def firms(entry: str) -> int:
        place = places[entry]
        rows = index.rows[index.row_starts[place] : index.row_starts[place + 1]]
        return len(np.unique(siren[rows]))

    def answer(name: str, city: str | None, postcode: str | None, truth: str | None) -> bool | None:
        if truth is None or city or postcode:
            return None if truth is None else True
        written = " ".join(sorted(clean_words(name)))
        likest = max(borne[truth], key=lambda entry: fuzz.ratio(written, " ".join(sorted(entry.split()))))
        return firms(likest) <= _FIRMS

    told = [answer(*row) for row in vendors.select("name", "city", "postcode", "truth").iter_rows()]
    return vendors.with_columns(pl.Series("answerable", told, dtype=pl.Boolean))


def _names(register: Register, vendors: pl.DataFrame) -> dict[str, list[str]]:
    """Return the cleaned names of the right establishments."""
    columns = ["siret", "name", "legal_name", "acronym", "trade_names"]
    table = register.establishments(columns).filter(
        pl.col("siret").is_in(vendors["truth"].drop_nulls().to_list())
    )
    return {
        siret: [" ".join(words) for raw in (*named, *(trade or [])) if (words := clean_words(raw))]
        for siret, *named, trade in table.iter_rows()
    }
