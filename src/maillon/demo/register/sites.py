"""Where the invented establishments are: real communes, more often where there is industry."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from maillon.demo.register.draws import Dice, Floats, Ranks, take
from maillon.demo.register.word_lists import words
from maillon.reference.tables import read_table

#: How much more industry a region has than its population says; our judgement, other regions 1.
_INDUSTRY = {
    "27": 1.4,
    "28": 1.15,
    "32": 1.1,
    "44": 1.2,
    "52": 1.3,
    "84": 1.35,
    "11": 0.75,
    "93": 0.75,
    "94": 0.5,
}
_SAME_DEPARTEMENT = 0.6
_KM_PER_DEGREE = 111.2

#: Paris, Lyon and Marseille as a whole: the register names their arrondissements.
WHOLE_CITIES = ("75056", "69123", "13055")

FOREIGN = (
    ("99109", "ALLEMAGNE", "70173 STUTTGART"),
    ("99131", "BELGIQUE", "4000 LIEGE"),
    ("99127", "ITALIE", "10121 TORINO"),
    ("99140", "SUISSE", "2500 BIENNE"),
    ("99134", "ESPAGNE", "20001 DONOSTIA"),
)


@dataclass(frozen=True, slots=True)
class Communes:
    """The communes that may be drawn, in the order of their codes, and how often each comes."""

    table: pl.DataFrame  # code, name, departement, postcodes, lat, lon
    reach: Floats  # cumulated weights, last 1

    def draw(self, dice: Dice, ranks: Ranks, firms: Ranks) -> Ranks:
        """Return a row of ``table`` for each rank; a firm's sites are mostly in one département."""
        of_firm = self._find(dice.uniform("commune of firm", firms))
        lows, highs = self._bounds()
        drawn = dice.uniform("commune", ranks)
        near = lows[of_firm] + drawn * (highs[of_firm] - lows[of_firm])
        stays = dice.happens("same departement", ranks, _SAME_DEPARTEMENT)
        elsewhere = self._find(np.where(stays, near, drawn))
        return np.where(ranks == firms, of_firm, elsewhere)

    def _find(self, drawn: Floats) -> Ranks:
        return np.minimum(np.searchsorted(self.reach, drawn, side="right"), len(self.reach) - 1)

    def _bounds(self) -> tuple[Floats, Floats]:
        codes = self.table["departement"].to_numpy()
        first = np.r_[True, codes[1:] != codes[:-1]]
        group = np.cumsum(first) - 1
        starts = np.flatnonzero(first)
        ends = np.r_[starts[1:], len(codes)] - 1
        before = np.r_[0.0, self.reach]
        return before[starts][group], self.reach[ends][group]


@cache
def communes(departements: tuple[str, ...] | None = None) -> Communes:
    """Return the communes of these départements, of all France (without the collectivities) for None."""
    region = pl.col("region").replace_strict(_INDUSTRY, default=1.0, return_dtype=pl.Float64)
    inside = pl.col("departement").is_in(departements) if departements else pl.col("departement") < "975"
    inside = inside | (pl.col("departement") == "976") if not departements else inside
    table = (
        read_table("places/data/communes.parquet")
        .filter(
            inside,
            ~pl.col("code_insee").is_in(WHOLE_CITIES),
            pl.col("population") > 0,
            pl.col("codes_postaux").list.len() > 0,
        )
        .sort("departement", "code_insee")
        .select(
            "departement",
            code="code_insee",
            name=pl.col("nom")
            .str.replace("Œ", "Oe")
            .str.replace("œ", "oe")
            .str.normalize("NFKD")
            .str.replace_all(r"\p{M}", "")
            .str.to_uppercase(),
            postcodes="codes_postaux",
            lat="lat",
            lon="lon",
            weight=pl.col("population").cast(pl.Float64).pow(0.9) * region,
        )
    )
    weights = table["weight"].to_numpy()
    return Communes(table.drop("weight"), np.cumsum(weights) / weights.sum())


def draw_points(dice: Dice, ranks: Ranks, rows: Ranks, table: pl.DataFrame) -> tuple[Floats, Floats]:
    """Return latitude and longitude a kilometre or so from the town hall; NaN where it has no point."""
    lat = table["lat"].to_numpy()[rows]
    lon = table["lon"].to_numpy()[rows]
    north = np.clip(dice.normal("north", ranks), -3, 3) * 0.8 / _KM_PER_DEGREE
    east = np.clip(dice.normal("east", ranks), -3, 3) * 0.8 / (_KM_PER_DEGREE * np.cos(np.radians(lat)))
    return lat + north, lon + east


def draw_addresses(dice: Dice, ranks: Ranks, rows: Ranks, table: pl.DataFrame) -> pl.DataFrame:
    """Return the columns of an address by what they hold: number, street, postcode, commune, cedex."""
    kinds = dice.words("street kind", ranks, words("street_kind"))
    numbers = pl.Series(1 + (dice.uniform("number", ranks) ** 2 * 160).astype(np.int64)).cast(pl.String)
    frame = pl.DataFrame(
        {
            "complement": _sometimes(dice, "complement", ranks, words("complement"), 0.12),
            "number": numbers,
            "repetition": _sometimes(dice, "repetition", ranks, ("B", "T"), 0.04),
            "last_number": _last_numbers(dice, ranks, numbers),
            "street_kind": kinds,
            "street": dice.words("street", ranks, words("street")),
            "special": _sometimes(dice, "special", ranks, words("special"), 0.03),
            "postcode": _postcodes(dice, ranks, rows, table),
            "commune": table["code"].gather(rows),
            "commune_name": table["name"].gather(rows),
            "departement": table["departement"].gather(rows),
            "country": take(range(len(FOREIGN)), _abroad(dice, ranks)),
        }
    )
    numbered = ~pl.col("street_kind").is_in(["ZI", "ZA"]) | pl.col("number").str.ends_with("2")
    return frame.with_columns(
        pl.when(numbered).then("number").alias("number"),
        pl.when(numbered).then("last_number").alias("last_number"),
        pl.when(pl.col("special").is_not_null())
        .then(pl.concat_str("commune_name", pl.lit(" CEDEX")))
        .alias("cedex_name"),
        pl.when(pl.col("special").is_not_null())
        .then(pl.concat_str(pl.col("postcode").str.head(4), pl.lit("9")))
        .alias("cedex"),
    )


def _sometimes(dice: Dice, topic: str, ranks: Ranks, choices: tuple[str, ...], share: float) -> pl.Series:
    places = dice.index(topic, ranks, len(choices))
    return take(choices, np.where(dice.happens(f"{topic}/any", ranks, share), places, -1))


def _last_numbers(dice: Dice, ranks: Ranks, numbers: pl.Series) -> pl.Series:
    """Return the last number of a site that takes several of a street: two further, for a few."""
    wide = pl.Series(dice.happens("several numbers", ranks, 0.02))
    further = (numbers.cast(pl.Int64) + 2).cast(pl.String)
    return further.zip_with(wide, pl.Series([None], dtype=pl.String).new_from_index(0, len(ranks)))


def _abroad(dice: Dice, ranks: Ranks) -> Ranks:
    return np.where(dice.happens("abroad", ranks, 0.004), dice.index("country", ranks, len(FOREIGN)), -1)


def _postcodes(dice: Dice, ranks: Ranks, rows: Ranks, table: pl.DataFrame) -> pl.Series:
    codes = table["postcodes"]
    starts = np.r_[0, np.cumsum(codes.list.len().to_numpy())][:-1]
    counts = codes.list.len().to_numpy().astype(np.int64)
    places = starts[rows] + dice.index("postcode", ranks, counts[rows])
    return codes.explode().gather(places)
