"""Cells of official files as values: clean text, dates, amounts. All are Polars expressions."""

from __future__ import annotations

from datetime import date

import polars as pl

MAX_TEXT = 2_000
YES = ("true", "1", "oui", "o", "vrai", "yes", "y", "x", "t")
EARLIEST = date(1900, 1, 1)
_CONTROL = r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]+"
_ENTITIES = {
    "&amp;": "&",
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&#39;": "'",
    "&#039;": "'",
    "&apos;": "'",
    "&nbsp;": " ",
    "&rsquo;": "’",
    "&eacute;": "é",
    "&egrave;": "è",
    "&agrave;": "à",
}
#: What official files write for "not known".
VOID = (
    "",
    "-",
    "--",
    "null",
    "nan",
    "none",
    "n/a",
    "na",
    "nc",
    "[nd]",
    "cdl",
    "inx",
    "sans objet",
    "inconnu",
)


def clean_text(text: pl.Expr) -> pl.Expr:
    r"""Return text in one line: control marks out, HTML entities opened, spaces single, cut at ``MAX_TEXT``.

    >>> pl.select(clean_text(pl.lit(" Tôlerie \x00 &amp; soudure\n fine "))).item()
    'Tôlerie & soudure fine'
    """
    opened = text.str.replace_many(list(_ENTITIES), list(_ENTITIES.values()))
    spaced = opened.str.replace_all(_CONTROL, " ").str.replace_all(r"\s+", " ").str.strip_chars()
    return drop_void(spaced.str.slice(0, MAX_TEXT))


def drop_void(text: pl.Expr) -> pl.Expr:
    """Return null for what official files write where nothing is known.

    >>> pl.select(drop_void(pl.Series(["NC", "[ND]", "acier"]))).to_series().to_list()
    [None, None, 'acier']
    """
    return pl.when(text.str.strip_chars().str.to_lowercase().is_in(VOID)).then(None).otherwise(text)


def read_date(text: pl.Expr, latest: date) -> pl.Expr:
    """Return the day of ``2024-03-05…``, ``05/03/2024`` or ``20240305``; null outside 1900 … ``latest``.

    >>> pl.select(read_date(pl.lit("05/03/2024"), date(2026, 1, 1))).item()
    datetime.date(2024, 3, 5)
    """
    start = text.str.strip_chars().str.slice(0, 10)
    day = pl.coalesce(
        start.str.to_date("%Y-%m-%d", strict=False),
        start.str.to_date("%d/%m/%Y", strict=False),
        start.str.to_date("%d-%m-%Y", strict=False),
        start.str.to_date("%Y/%m/%d", strict=False),
        pl.when(start.str.contains(r"^\d{8}$")).then(start).str.to_date("%Y%m%d", strict=False),
        pl.when(start.str.contains(r"^(19|20)\d{2}$")).then(start + "-01-01").str.to_date(strict=False),
    )
    return pl.when(day.is_between(pl.lit(EARLIEST), pl.lit(latest))).then(day)


def read_amount(text: pl.Expr) -> pl.Expr:
    """Return an amount written with points, commas, spaces or a currency sign; null if it is none.

    >>> pl.select(read_amount(pl.Series(["1 234,50 €", "1e17", "1,234.5", "gratuit"]))).to_series().to_list()
    [1234.5, 1e+17, 1234.5, None]
    """
    bare = text.str.replace_all(r"[\s\u00a0\u202f€']|EUR|HT", "")
    english = bare.str.contains(r"^-?\d{1,3}(,\d{3})*\.\d+$")
    plain = pl.when(english).then(bare.str.replace_all(",", ""))
    french = bare.str.replace_all(r"\.(\d{3})(?:\D|$)", "$1").str.replace(",", ".", literal=True)
    other = (
        pl.when(bare.str.contains(r"\d\.\d{3},"))
        .then(french)
        .otherwise(bare.str.replace(",", ".", literal=True))
    )
    return pl.coalesce(plain, other).cast(pl.Float64, strict=False)


def is_true(text: pl.Expr) -> pl.Expr:
    """Return whether a cell says yes in one of the ways of official files."""
    return (
        text.str.strip_chars()
        .str.to_lowercase()
        .is_in(["true", "1", "oui", "o", "vrai", "yes", "y", "x", "t"])
    )
