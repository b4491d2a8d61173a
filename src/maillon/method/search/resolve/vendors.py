"""The vendors as given, read: words, numbers, town, postcode."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl
from rapidfuzz.distance import OSA

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.reference.places import resolve_country
from maillon.reference.register.enrich.identifiers import read_identifier
from maillon.reference.register.names.cleaning import clean_town, clean_words

#: Columns that a frame of vendors may have beside ``name``; ``spend`` is a number, the others are texts.
COLUMNS = ("siret", "siren", "vat", "address", "postcode", "city", "country")
#: The one long legal form that is written before French names, and how it may be miswritten.
_FORM, _LONG_FORM, _SLIPS = "etablissements", 7, 3
_POSTCODE = re.compile(r"(?<!\d)(\d{5})(?!\d)")


@dataclass(frozen=True, slots=True)
class Vendor:
    """One vendor: what it is called, and what is known of where it is. ``siret`` and ``siren`` have a key."""

    name: str
    words: tuple[str, ...]
    siret: str | None
    siren: str | None
    vat: str | None
    postcode: str | None
    town: str
    country: str | None
    spend: float | None
    address: str | None = None


def read_vendors(frame: pl.DataFrame) -> list[Vendor]:
    """Return the vendors of a frame with ``name`` and any of ``COLUMNS`` and ``spend``.

    Raises ``InvalidRequest`` where there is no column of names.
    """
    if "name" not in frame.columns:
        raise InvalidRequest(
            message("The vendors have no column “name”."), message("Name the column of the vendors' names.")
        )
    texts = [pl.col(name).cast(pl.String).str.strip_chars() for name in COLUMNS if name in frame.columns]
    held = frame.with_columns(pl.col("name").cast(pl.String).fill_null(""), *texts)
    return [_read(row) for row in held.iter_rows(named=True)]


def _read(row: dict[str, object]) -> Vendor:
    def text(name: str) -> str | None:
        return str(row[name]) if row.get(name) else None

    siret, siren = _numbers(text("siret"), text("siren"), text("vat"))
    postcode, town = _place(text("postcode"), text("city"), text("address"))
    words = clean_words(str(row["name"]))
    spend = row.get("spend")
    return Vendor(
        name=str(row["name"]),
        words=_without_town(_without_form(words), town),
        siret=siret,
        siren=siren,
        vat=text("vat"),
        postcode=postcode,
        town=town,
        country=text("country"),
        spend=float(spend) if isinstance(spend, (int, float)) else None,
        address=" ".join(filter(None, (text("address"), text("postcode"), text("city")))) or None,
    )


def _numbers(*cells: str | None) -> tuple[str | None, str | None]:
    read = [read_identifier(cell) for cell in cells if cell]
    siret = next((siret for siret, _ in read if siret), None)
    return siret, next((siren for _, siren in read if siren), None)


def _place(postcode: str | None, city: str | None, address: str | None) -> tuple[str | None, str]:
    """Return the postcode and the town; both may stand in one cell ("25000 BESANCON")."""
    found = next((m for cell in (postcode, city, address) if cell and (m := _POSTCODE.search(cell))), None)
    if postcode and postcode.isdigit() and len(postcode) == 4:  # a spreadsheet lost the leading zero
        return f"0{postcode}", clean_town(_POSTCODE.sub(" ", city or ""))
    if city and resolve_country(city) == "FR":  # a site may be no more than a country
        city = None
    after = address[found.end() :] if city is None and address and found and found.string is address else None
    return (found[1] if found else None), clean_town(_POSTCODE.sub(" ", city or after or ""))


def _without_form(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a name less those that are a long legal form misspelt or cut, where others remain.

    >>> _without_form(("etablissemetns", "taletre")), _without_form(("etablisse", "taletre"))
    (('taletre',), ('taletre',))
    """
    kept = tuple(word for word in words if not _is_form(word))
    return kept or words


def _is_form(word: str) -> bool:
    long = len(word) >= _LONG_FORM and _FORM.startswith(word[:3])
    cut = long and _FORM.startswith(word)
    return cut or (long and OSA.distance(word, _FORM, score_cutoff=_SLIPS) <= _SLIPS)


def _without_town(words: tuple[str, ...], town: str) -> tuple[str, ...]:
    """Return the words of a name less the town written after them, where others remain."""
    parts = tuple(town.split())
    if parts and len(words) > len(parts) + 1 and words[-len(parts) :] == parts:
        return words[: -len(parts)]
    return words
