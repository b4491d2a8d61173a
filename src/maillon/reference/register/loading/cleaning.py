"""Official columns as clean text, dates and numbers, whatever the type they arrive in."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from maillon.reference.register.loading.layouts import Layout

#: INSEE writes this where a person has asked that the value be not shown.
HIDDEN = "[ND]"
Frame = nw.LazyFrame[Any]
_COMMON_DAY = r"(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31"
_LEAP_YEAR = r"\d\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00"
_DAY = rf"^(\d{{4}}-({_COMMON_DAY})|({_LEAP_YEAR})-02-29)$"
_NUMBER = r"^[+-]?\d{1,12}(\.\d{1,18})?([eE][+-]?\d{1,2})?$"


def clean_columns(frame: Frame, layout: Layout, prefix: str = "") -> Frame:
    """Return the used columns of a layout as text: trimmed, null where empty, hidden or absent.

    Their names lose the suffix that tells the file and get ``prefix``: ``enseigne1Etablissement`` becomes
    ``enseigne1``.
    """
    there = set(frame.collect_schema().names())
    return frame.select(
        *(
            (_clean(column) if column in there else nw.lit(None, dtype=nw.String)).alias(
                prefix + short_name(column)
            )
            for column in layout.used
        )
    )


def short_name(column: str) -> str:
    """Return the name of a column without the suffix of its file.

    >>> short_name("enseigne1Etablissement"), short_name("etablissementSiege"), short_name("sigleUniteLegale")
    ('enseigne1', 'etablissementSiege', 'sigle')
    """
    return column.removesuffix("Etablissement").removesuffix("UniteLegale")


def _clean(column: str) -> nw.Expr:
    text = nw.col(column).cast(nw.String).str.strip_chars()
    return nw.when((text != "") & (text != HIDDEN)).then(text)


def as_date(column: str) -> nw.Expr:
    """Return a text column that starts with an ISO day as a date; null where there is no such day."""
    day = nw.col(column).str.slice(0, 10)
    return nw.when(day.str.contains(_DAY)).then(day).str.to_date(format="%Y-%m-%d")


def as_number(column: str) -> nw.Expr:
    """Return a text column as a float; null where it is no number."""
    return nw.when(nw.col(column).str.contains(_NUMBER)).then(nw.col(column)).cast(nw.Float64)


def one_line(*parts: nw.Expr, separator: str = " ") -> nw.Expr:
    """Join texts, leaving out what is null; null where all are."""
    joined = nw.concat_str(*parts, separator=separator, ignore_nulls=True)
    return nw.when(joined != "").then(joined)
