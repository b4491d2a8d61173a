"""Where parts are sold and made, as the file writes it, and what it says of the evidence."""

from __future__ import annotations

import re
from functools import lru_cache

from maillon.core.evidence import Evidence
from maillon.intake.grid import Cell
from maillon.intake.understand.cells import as_text, fold
from maillon.intake.understand.part_values import Parts
from maillon.intake.understand.prices import is_placeholder

#: So many distinct texts are looked up before a column is said to name no place.
_ASKED = 200
_MADE_IN = re.compile(r"^(?:made in|fabriqu[ée]+ en|produit en|hergestellt in|origine ?:|origin ?:)\s*", re.I)
#: Beginnings of the words by which firms grade an origin, in French, English, German, Spanish and Italian.
_LEVELS = (
    ("document", Evidence.DOCUMENTED), ("prouv", Evidence.DOCUMENTED), ("certifi", Evidence.DOCUMENTED),
    ("attest", Evidence.DOCUMENTED), ("proven", Evidence.DOCUMENTED), ("dokument", Evidence.DOCUMENTED),
    ("declar", Evidence.DECLARED), ("dichiara", Evidence.DECLARED), ("erklar", Evidence.DECLARED),
    ("infer", Evidence.INFERRED), ("dedui", Evidence.INFERRED), ("suppos", Evidence.INFERRED),
    ("estim", Evidence.INFERRED), ("presum", Evidence.INFERRED), ("vermut", Evidence.INFERRED),
    ("inconnu", Evidence.UNKNOWN), ("unknown", Evidence.UNKNOWN), ("unbekannt", Evidence.UNKNOWN),
)  # fmt: skip


def read_sites(parts: Parts) -> None:
    """Fill both sites as written, their countries, and the evidence that the file gives for origins."""
    for role in ("making_site", "supplier_site"):
        written = parts.read(role, _place)
        if written is not None:
            parts.values[role] = list(written)
    _fill_countries(parts)
    _without_places(parts)
    _join_postcodes(parts)
    levels = parts.read("evidence", lambda c: evidence_of(as_text(c) or ""))
    if levels is not None:
        parts.values["evidence"] = list(levels)
        sources = parts.read("evidence_source", _place)
        parts.values["evidence_source"] = list(sources or [None] * len(parts.rows))


def _place(cell: Cell) -> str | None:
    text = as_text(cell)
    return None if text is None or is_placeholder(text) else text


def _fill_countries(parts: Parts) -> None:
    for site, country in (("making_site", "making_country"), ("supplier_site", "supplier_country")):
        found = parts.read(site, lambda c: country_of(as_text(c) or ""))
        stated = parts.read(country, lambda c: country_of(as_text(c) or ""))
        if stated is not None:
            parts.values.setdefault(site, list(parts.read(country, _place) or []))
            found = [s or f for s, f in zip(stated, found or [None] * len(stated), strict=True)]
        if found is not None and any(found):
            parts.values[country] = list(found)


def _without_places(parts: Parts) -> None:
    """Move a column of origins that names no place at all to the remarks: "bought", "in stock", "gift"."""
    written = parts.values.get("making_site")
    if written is None or any(parts.values.get("making_country", ())):
        return
    distinct = sorted({str(w) for w in written if w})
    if not distinct or _any_place(tuple(distinct[:_ASKED])):
        return
    notes = parts.values.get("note") or [None] * len(written)
    pairs = zip(notes, written, strict=True)
    parts.values["note"] = [" · ".join(str(t) for t in pair if t) or None for pair in pairs]
    parts.values["making_site"] = [None] * len(written)


@lru_cache(maxsize=256)
def _any_place(texts: tuple[str, ...]) -> bool:
    import polars as pl  # noqa: PLC0415 - and the tables of places, only if needed

    from maillon.reference.places import locate_many  # noqa: PLC0415 - as above

    nowhere = pl.Series([None] * len(texts), dtype=pl.String)
    return locate_many(pl.Series(texts, dtype=pl.String), nowhere)["country"].null_count() < len(texts)


def _join_postcodes(parts: Parts) -> None:
    """Write the postcode before the town, as an envelope does: the two together name one place."""
    codes = parts.read("postcode", _place)
    if codes is None:
        return
    towns = parts.values.get("supplier_site") if "supplier_site" in parts.layout.roles else None
    towns = towns or [None] * len(codes)
    joined = [" ".join(str(t) for t in (c, t) if t) or None for c, t in zip(codes, towns, strict=True)]
    parts.values["supplier_site"] = list(joined)


@lru_cache(maxsize=16384)
def country_of(text: str) -> str | None:
    """Return the ISO code of the country that a text names, with or without "made in" before it."""
    from maillon.reference.places import resolve_country  # noqa: PLC0415 - the tables load only if needed

    bare = _MADE_IN.sub("", text.strip())
    return resolve_country(bare) if bare and not is_placeholder(bare) else None


@lru_cache(maxsize=1024)
def evidence_of(text: str) -> str | None:
    """Return the code of the level of evidence that a word names; None for any other word.

    >>> evidence_of("Documenté"), evidence_of("déclaré par le fournisseur"), evidence_of("?")
    ('documented', 'declared', None)
    """
    word = fold(text).strip()
    return next((level.code for start, level in _LEVELS if word.startswith(start)), None)
