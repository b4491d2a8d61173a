"""Builds the countries: codes, French and English names, zones with dates, and every name that means one.

Names come from CLDR, through Babel, in nine languages; zones and what people type from ``countries.toml``.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars as pl
from babel import Locale
from babel.core import get_global

from maillon.reference.builders.publish import publish
from maillon.reference.places.fold import fold
from maillon.reference.provenance import Origin

BUILDER = "maillon.reference.builders.countries"
#: French and English first: where two languages disagree about a name, theirs decides.
LANGUAGES = ("fr", "en", "de", "es", "it", "nl", "pt", "pl", "sv")


_TYPED_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def build() -> None:
    """Write the two tables."""
    notes = tomllib.loads(Path(__file__).with_name("countries.toml").read_text(encoding="utf-8"))
    today = dt.datetime.now(tz=dt.UTC).date()
    cldr = Origin("CLDR territory names", "Unicode, Inc.", f"Babel {version('babel')}", today, "Unicode-3.0")
    ours = Origin("Zones and written forms of countries", "Maillon", "1", today, "Apache-2.0")
    publish("countries", "places/data/countries.parquet", _countries(notes), BUILDER, [cldr, ours])
    publish("country_keys", "places/data/country_keys.parquet", _keys(notes), BUILDER, [cldr, ours])


#: Codes of unions and of tests that CLDR lists among territories, and alpha-3 codes of former states.
NOT_COUNTRIES = {"EU", "XA", "XB", "ZZ"}
FORMER_ALPHA3 = {"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"}


def _alpha3() -> dict[str, str]:
    """Return alpha-2 → alpha-3 of what ISO 3166-1 assigns, and of Kosovo, which it does not.

    Babel only knows the aliases of a code; the assigned ones are those that have a number too.
    """
    aliases = [(old, new[0]) for old, new in get_global("territory_aliases").items() if len(new) == 1]
    numbered = {code for old, code in aliases if old.isdigit()} - NOT_COUNTRIES
    named = numbered & set(Locale("en").territories)
    return {
        code: old
        for old, code in aliases
        if len(old) == 3 and old.isalpha() and code in named and old not in FORMER_ALPHA3
    }


def _countries(notes: dict[str, Any]) -> pl.DataFrame:
    eu, parts, europe = notes["eu"], notes["eu_parts"], set(notes["europe"]["codes"].split())
    fr, en = Locale("fr").territories, Locale("en").territories
    rows = []
    for code, alpha3 in sorted(_alpha3().items()):
        member = eu.get(parts.get(code, code), [None])
        joined, left = member[0], member[1] if len(member) > 1 else None
        eea = joined or notes["eea"].get(code)
        inside = code in europe or code in parts
        rows.append(
            (code, alpha3, fr[code], en[code], notes["counts_as"].get(code, code), joined, left, eea, inside)
        )
    schema = {
        **dict.fromkeys(["code", "alpha3", "name_fr", "name_en", "counts_as"], pl.String),
        **dict.fromkeys(["eu_from", "eu_to", "eea_from"], pl.Date),
        "europe": pl.Boolean,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _keys(notes: dict[str, Any]) -> pl.DataFrame:
    keys: dict[str, str | None] = {}
    alpha3 = _alpha3()
    for code in alpha3:
        keys[fold(code)] = keys[fold(alpha3[code])] = code
    for written, code in notes["codes"].items():
        keys[fold(written)] = code
    for code, names in notes["names"].items():
        for name in map(fold, names):
            if keys.setdefault(name, code) != code:
                raise ValueError(f"{name!r} means both {code} and {keys[name]}")
    for language in LANGUAGES:
        for name, code in _cldr_names(language, alpha3):
            keys.setdefault(name, code)
    keys |= dict.fromkeys(notes["ambiguous"]["names"])
    return pl.DataFrame(sorted(keys.items()), schema=["key", "code"], orient="row")


def _cldr_names(language: str, alpha3: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each folded name, and of "Myanmar (Birmanie)" both halves too."""
    for code, name in Locale(language).territories.items():
        if code in alpha3:
            halves = name.removesuffix(")").split(" (") if name.endswith(")") else []
            for written in [name, *halves]:
                yield fold(written), code
                if language == "de":
                    yield fold(written.translate(_TYPED_UMLAUTS)), code


if __name__ == "__main__":
    build()
