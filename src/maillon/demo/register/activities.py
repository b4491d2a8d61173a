"""Which activity codes the invented firms have, about as often as in France.

The weights (``data/activities.csv``) are thousands of active establishments, in orders of magnitude and by
our judgement; within a division, the sub-classes that the sheet does not name share what is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from maillon.demo.register.draws import Dice, Floats, Ranks, take
from maillon.demo.register.mix import Mix
from maillon.demo.register.word_lists import sheet
from maillon.reference.tables import read_table

#: Divisions useful to industry: sections B to E, wholesale, and the services of engineers.
_INDUSTRIAL = {f"{division:02d}" for division in (*range(5, 40), 46, 62, 71, 72)}
_WORKSHOPS = {f"{division}" for division in range(22, 31)}
_SAME_AS_FIRM = 0.86
#: Of wholesalers and of services to firms, the part that deals with industry; our judgement.
_SERVING_INDUSTRY = {"46": 0.5, "62": 0.15, "71": 0.25, "72": 0.5}

_OLD = ("28.5D", "28.1A", "25.2G", "51.6K", "29.2D", "45.2B", "55.3A", "74.1G", "52.4C", "15.8C")
_OLDEST = ("2110", "2107", "5603", "5571", "6201", "2403", "5911", "8301")


@dataclass(frozen=True, slots=True)
class Activities:
    """The sub-classes of NAF rev. 2 by code, how often each comes, which are industrial, and NAF 2025."""

    codes: tuple[str, ...]
    weights: Floats
    industrial: NDArray[np.bool_]
    naf25: tuple[str | None, ...]

    def draw(self, dice: Dice, topic: str, ranks: Ranks, mix: Mix) -> Ranks:
        """Return the place of a code for each rank, in the shares of ``mix``."""
        serving = np.array([_SERVING_INDUSTRY.get(code[:2], 1.0) for code in self.codes])
        workshops = np.array([mix.workshops if code[:2] in _WORKSHOPS else 1.0 for code in self.codes])
        inside = np.where(self.industrial, self.weights * serving * workshops, 0.0)
        outside = np.where(self.industrial, 0.0, self.weights)
        mixed = mix.industry * inside / inside.sum() + (1 - mix.industry) * outside / outside.sum()
        return dice.weighted(topic, ranks, mixed)


@cache
def activities() -> Activities:
    """Return the activities of France."""
    codes = tuple(
        sorted(code for code in read_table("classifications/data/naf.parquet")["code"] if len(code) == 6)
    )
    written = {row["code"]: float(row["weight"]) for row in sheet("activities")}
    named = {code: written[code] for code in codes if code in written}
    rest = dict.fromkeys((code[:2] for code in codes), 0)
    left = {division: written[division] for division in rest}
    for code in codes:
        left[code[:2]] -= named.get(code, 0.0)
        rest[code[:2]] += code not in named
    weights = [named.get(code, max(left[code[:2]], 0.0) / max(rest[code[:2]], 1)) for code in codes]
    industrial = np.array([code[:2] in _INDUSTRIAL for code in codes])
    return Activities(codes, np.array(weights), industrial, tuple(_naf25(code) for code in codes))


def draw_activities(dice: Dice, ranks: Ranks, firms: Ranks, mix: Mix) -> tuple[Ranks, Ranks]:
    """Return the place of the code of each row and of its firm: most establishments do what the firm does."""
    of_firm = activities().draw(dice, "activity of firm", firms, mix)
    own = activities().draw(dice, "activity", ranks, mix)
    return np.where(dice.happens("same activity", ranks, _SAME_AS_FIRM), of_firm, own), of_firm


def old_codes(dice: Dice, ranks: Ranks, years: Ranks) -> tuple[pl.Series, pl.Series]:
    """Return code and nomenclature of what closed before NAF rev. 2, null for what closed later (2008)."""
    revised = dice.words("old code", ranks, _OLD)
    oldest = dice.words("oldest code", ranks, _OLDEST)
    era = np.select([years < 1993, years < 2003, years < 2008], [0, 1, 2], -1)
    names = take(("NAP", "NAF1993", "NAFRev1"), era)
    frame = pl.DataFrame({"era": era, "revised": revised, "oldest": oldest})
    codes = frame.select(
        pl.when(pl.col("era") == 0).then("oldest").when(pl.col("era") > 0).then("revised").alias("code")
    )
    return codes["code"], names


@cache
def _classes25() -> dict[str, str]:
    table = read_table("classifications/data/nace21_nace2.parquet")
    pairs = table.filter(pl.col("nace2").str.len_chars() == 5, pl.col("nace21").str.len_chars() == 5)
    far = pl.col("nace21") != pl.col("nace2"), pl.col("nace21").str.head(2) != pl.col("nace2").str.head(2)
    ordered = pairs.sort("nace2", *far, "nace21")
    return dict(
        ordered.unique("nace2", keep="first", maintain_order=True).select("nace2", "nace21").iter_rows()
    )


def _naf25(code: str) -> str | None:
    """Return the class of NACE 2.1 nearest to that of a code, with the letter of an undivided class."""
    found = _classes25().get(code[:5])
    return None if found is None else f"{found}Y"
