"""Countries: ISO codes, names in French and English, and the many ways in which people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from maillon.reference.places.fold import fold
from maillon.reference.tables import read_table

_COUNTRIES = "places/data/countries.parquet"
_KEYS = "places/data/country_keys.parquet"

#: Words before the name of a country that say "made in".
_ORIGIN = re.compile(
    r"^(?:made in|product of|produced in|manufactured in|country of origin|origin|pays d origine|origine"
    r"|fabrique[e]?s? (?:en|au|aux|a)|fabrication|fab(?: (?:en|au|aux))?|produit (?:en|au|aux|de)"
    r"|provenance|import(?:e[e]?s? (?:de|du|d))?|hergestellt in|ursprung|hecho en|prodotto in)\s+"
)
#: Small words that people put in or leave out: "Rép. de Corée", "Trinidad and Tobago".
_SMALL_WORDS = "the of and et und y e en de du des d la le les l los las der die das dos da del della"
_SMALL = frozenset(_SMALL_WORDS.split())
#: What official names begin with, where the rest is the name itself: "Royaume de Belgique".
_FORM_OF_STATE = re.compile(
    r"^(?:republique|republic|rep|royaume|kingdom|principaute|principality|sultanat|sultanate|etat)"
    r" (?:de la|de l|de|du|d|des|of the|of) "
)
#: Signs between two countries that are both meant.
_ALTERNATIVES = re.compile(r"[/|;+]")
_SEPARATORS = re.compile(r"[()\[\]/;,|:+–—]|\s-\s")


def resolve_country(text: str) -> str | None:
    """Return the ISO 3166 alpha-2 code of the country that ``text`` names, or None.

    Case, accents and punctuation do not matter. Alpha-2 and alpha-3 codes, VAT prefixes (EL, XI), names in
    nine languages and usual abbreviations are known. The overseas départements and regions (GF, GP, MQ, RE,
    YT) are France: "FR". Text that names several countries, or anything else besides, gives None.

    >>> resolve_country("Chine (RPC)"), resolve_country("R.F.A."), resolve_country("Etats Unis")
    ('CN', 'DE', 'US')
    >>> resolve_country("Inconnu"), resolve_country("France/Chine")
    (None, None)
    """
    code = named_country(text)
    return None if code is None else counts_as(code)


@lru_cache(maxsize=8192)
def named_country(text: str) -> str | None:
    """Return the code that ``text`` names, as ``resolve_country`` does, but each overseas one under its own.

    >>> named_country("Guadeloupe")
    'GP'
    """
    if not _ALTERNATIVES.search(text):
        before, comma, after = text.partition(",")
        code = country_called(text) or (country_called(f"{after} {before}") if comma else None)
        if code is not None:
            return code
    codes = {country_called(part) for part in _SEPARATORS.split(text) if fold(part)}
    return codes.pop() if len(codes) == 1 else None


def country_name(code: str, language: str) -> str:
    """Return the name of a country in French or English; a code that is not in the table comes back as it is.

    >>> country_name("CZ", "fr"), country_name("CZ", "en")
    ('Tchéquie', 'Czechia')
    """
    return _names(language).get(code, code)


def country_names(language: str) -> Mapping[str, str]:
    """Return every country's name in French or English by its code.

    >>> country_names("fr")["DE"], country_names("en")["DE"]
    ('Allemagne', 'Germany')
    """
    return _names(language)


def counts_as(code: str) -> str:
    """Return the country under which ``code`` is counted: France for its overseas départements and regions.

    >>> counts_as("GP"), counts_as("NC")
    ('FR', 'NC')
    """
    return _counts_as().get(code, code)


def is_country_code(code: str) -> bool:
    """Say whether ``code`` is an ISO 3166 alpha-2 code (or XK, Kosovo), in capitals.

    >>> is_country_code("FR"), is_country_code("EU")
    (True, False)
    """
    return code in _counts_as()


def country_called(text: str) -> str | None:
    """Return the code of ``text`` taken as one name, however it is punctuated inside.

    >>> country_called("Corée (République de)"), country_called("Royaume de Belgique")
    ('KR', 'BE')
    """
    keys, loose = _keys()
    written = _ORIGIN.sub("", fold(text))
    words = written.split()
    if len(words) > 2 and max(map(len, words)) == 1:  # "P.R.C."; of two initials only the listed ones: "S.A."
        written = "".join(words)
    if written in keys:
        return keys[written]
    found = loose.get(_without_small_words(written))
    return found or keys.get(_FORM_OF_STATE.sub("", written, count=1))


def _without_small_words(written: str) -> str:
    return " ".join(word for word in written.split() if word not in _SMALL)


@cache
def _keys() -> tuple[Mapping[str, str | None], Mapping[str, str | None]]:
    """Return folded names → code, and the same without small words (None where that makes them ambiguous)."""
    table = read_table(_KEYS)
    keys: dict[str, str | None] = dict(zip(table["key"].to_list(), table["code"].to_list(), strict=True))
    loose: dict[str, str | None] = {}
    for key, code in keys.items():
        short = _without_small_words(key)
        if len(short) > 3:
            loose[short] = code if loose.get(short, code) == code else None
    return keys, loose


@cache
def _counts_as() -> Mapping[str, str]:
    table = read_table(_COUNTRIES)
    return dict(zip(table["code"].to_list(), table["counts_as"].to_list(), strict=True))


@cache
def _names(language: str) -> Mapping[str, str]:
    table = read_table(_COUNTRIES)
    return dict(zip(table["code"].to_list(), table[f"name_{language}"].to_list(), strict=True))
