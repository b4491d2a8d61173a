"""Invented names of firms, in the ways in which French firms are named, with homonyms and acronyms."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl

from maillon.demo.register.activities import activities
from maillon.demo.register.draws import Dice, Ranks, take
from maillon.demo.register.word_lists import sheet, words
from maillon.reference.classifications.processes.sheet import split_cell

_LETTERS = "ABCDEFGHIJKLMNOPRSTUV"
#: How often a firm is named by each of the patterns of ``_patterns``, in percent.
_WEIGHTS = np.array([22, 9, 7, 9, 9, 7, 10, 9, 6, 5, 7], dtype=float)
_COMMON = 9


def draw_names(dice: Dice, firms: pl.DataFrame) -> pl.DataFrame:
    """Return ``name``, ``acronym``, ``usual_name``, ``surname``, ``first_name``, ``sex``, one row a firm.

    ``firms`` has ``firm`` (rank) and ``firm_naf``. One name in twenty comes from a short list that many
    share; places and surnames come from a few hundred beginnings and ends, so that others coincide too.
    """
    ranks = firms["firm"].to_numpy()
    frame = _pieces(dice, ranks, firms["firm_naf"])
    pattern = dice.weighted("pattern", ranks, _WEIGHTS)
    frame = frame.with_columns(pl.Series("pattern", pattern)).with_columns(
        _choose("pattern", _patterns()).alias("plain")
    )
    prefixed = pl.Series(dice.happens("form in name", ranks, 0.07))
    name = pl.when(prefixed).then(pl.concat_str("written_form", "plain", separator=" ")).otherwise("plain")
    frame = frame.with_columns(name.alias("name"), initials("plain").alias("initials"))
    known = pl.Series((pattern == 2) | dice.happens("acronym", ranks, 0.05))
    usual = pl.Series(dice.happens("usual name", ranks, 0.09))
    return frame.select(
        "name",
        pl.when(known & (pl.col("initials").str.len_chars() > 1)).then("initials").alias("acronym"),
        pl.when(usual).then(pl.concat_str("trade_head", "end", pl.lit(" "), "word")).alias("usual_name"),
        "surname",
        "first_name",
        pl.when(pl.col("first_name").is_in(words("female")))
        .then(pl.lit("F"))
        .otherwise(pl.lit("M"))
        .alias("sex"),
    )


def draw_signs(dice: Dice, ranks: Ranks, naf: pl.Series) -> pl.DataFrame:
    """Return shop signs (``sign`` for a fifth, ``second_sign``) and usual names (``site_name``, a tenth)."""
    frame = _pieces(dice, ranks, naf)
    sign = pl.Series(dice.happens("sign", ranks, 0.20))
    second = pl.Series(dice.happens("second sign", ranks, 0.08))
    site = pl.Series(dice.happens("site name", ranks, 0.10))
    return frame.select(
        pl.when(sign).then(pl.concat_str("trade", "word", separator=" ")).alias("sign"),
        pl.when(sign & second).then(pl.concat_str("place", "word", separator=" ")).alias("second_sign"),
        pl.when(site).then(pl.concat_str("trade", "place", separator=" ")).alias("site_name"),
    )


def initials(column: str) -> pl.Expr:
    """Return the first letters of the words of a name.

    >>> pl.DataFrame({"name": ["USINAGE DE PRECISION VALTRE"]}).select(initials("name")).item()
    'UDPV'
    """
    return pl.col(column).str.replace_all(r"(\w)\w*\W*", "$1")


def _patterns() -> list[pl.Expr]:
    def joined(*columns: str | pl.Expr) -> pl.Expr:
        return pl.concat_str(*columns, separator=" ")

    said = pl.lit
    return [
        joined("trade", "place"),
        joined("place", "trade"),
        joined(said("SOCIETE"), "place", "trade"),
        joined(said("ETABLISSEMENTS"), "surname"),
        joined("surname", "trade"),
        joined("surname", "family"),
        pl.col("letters"),
        pl.concat_str("trade_head", "end", said(" "), "word"),
        joined(said("ATELIERS"), "place"),
        pl.col("common"),
        joined("place", "word"),
    ]


def _choose(column: str, choices: list[pl.Expr]) -> pl.Expr:
    chosen = choices[-1]
    for place in range(len(choices) - 2, -1, -1):
        chosen = pl.when(pl.col(column) == place).then(choices[place]).otherwise(chosen)
    return chosen


def _pieces(dice: Dice, ranks: Ranks, naf: pl.Series) -> pl.DataFrame:
    start, middle, end = (
        dice.words(f"place {part}", ranks, words(part)) for part in ("start", "middle", "end")
    )
    family = ("ET FILS", "FRERES", "ET ASSOCIES", "PERE ET FILS")
    letters = [take(_LETTERS, dice.index(f"letter {n}", ranks, len(_LETTERS))) for n in range(4)]
    four = pl.Series(dice.happens("four letters", ranks, 0.4))
    frame = pl.DataFrame({f"letter{n}": column for n, column in enumerate(letters)}).with_columns(
        start=start,
        middle=middle,
        end=end,
        surname=dice.words("surname start", ranks, words("start"))
        + dice.words("surname end", ranks, words("end")),
        first_name=dice.words("first name", ranks, words("first")),
        trade=_trades(dice, ranks, naf),
        family=dice.words("family", ranks, family),
        common=dice.words("common", ranks, words("common")),
        word=dice.words("word", ranks, words("word")),
        written_form=dice.words("written form", ranks, ("SARL", "SAS", "SA", "STE", "EURL")),
    )
    return frame.with_columns(
        place=pl.concat_str("start", "middle", "end"),
        trade_head=pl.col("trade").str.head(4).str.strip_chars_end(" "),
        letters=pl.concat_str(
            "letter0", "letter1", "letter2", pl.when(four).then("letter3").otherwise(pl.lit(""))
        ),
    )


def _trades(dice: Dice, ranks: Ranks, naf: pl.Series) -> pl.Series:
    """Return a word of the trade of each code: of the sub-class, else of the division, else any."""
    flat, starts, counts = _trade_table()
    rows = naf.replace_strict({code: row for row, code in enumerate(activities().codes)}).to_numpy()
    return take(flat, starts[rows] + dice.index("trade", ranks, counts[rows]))


@cache
def _trade_table() -> tuple[list[str], Ranks, Ranks]:
    lists = {row["naf"]: split_cell(row["words"]) for row in sheet("trades")}
    found = [lists.get(code) or lists.get(code[:2]) or lists["default"] for code in activities().codes]
    counts = np.array([len(entry) for entry in found], dtype=np.int64)
    return [word for entry in found for word in entry], np.r_[0, np.cumsum(counts)][:-1], counts
