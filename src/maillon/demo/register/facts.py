"""Everything invented of a stretch of establishments, before it is written into files."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from maillon.demo.register.draws import Dice, Ranks
from maillon.demo.register.firms import draw_firms
from maillon.demo.register.geolocation import project_points
from maillon.demo.register.known_firms import known_firms, known_structure, override_facts, override_names
from maillon.demo.register.mix import Mix
from maillon.demo.register.names import draw_names, draw_signs
from maillon.demo.register.sites import Communes, draw_addresses, draw_points
from maillon.demo.register.structure import BLOCK, Structure, draw_structure


@dataclass(frozen=True, slots=True)
class World:
    """What the draws depend on besides a row's number."""

    dice: Dice
    communes: Communes
    all_communes: Communes  # for the firms of the example files, which are where they are
    mix: Mix


def draw_stretch(world: World, start: int, stop: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the facts of rows ``start`` to ``stop`` − 1 and, of each firm that begins there, its names."""
    structure = draw_structure(world.dice, start, stop)
    facts = draw_firms(world.dice, structure, world.mix)
    rows = world.communes.draw(world.dice, structure.ranks, structure.firms)
    facts = _placed(world.dice, facts, structure, rows, world.communes.table)
    firms = facts.filter("first")
    return facts, firms.hstack(draw_names(world.dice, firms))


def draw_known(world: World) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the same for the firms of the example files."""
    structure = known_structure()
    facts = override_facts(draw_firms(world.dice, structure, world.mix))
    table = world.all_communes.table
    places = {code: row for row, code in enumerate(table["code"])}
    rows = np.array([places[firm.commune] for firm in known_firms()], dtype=np.int64)
    facts = _placed(world.dice, facts, structure, rows, table).with_columns(
        pl.Series("postcode", [firm.postcode for firm in known_firms()]),
        *[
            pl.lit(None, pl.String).alias(name)
            for name in ("sign", "second_sign", "site_name", "special", "cedex", "cedex_name")
        ],
        pl.lit(None, pl.Int64).alias("country"),
    )
    return facts, facts.hstack(override_names(draw_names(world.dice, facts)))


def _placed(
    dice: Dice, facts: pl.DataFrame, structure: Structure, rows: Ranks, table: pl.DataFrame
) -> pl.DataFrame:
    lat, lon = draw_points(dice, structure.ranks, rows, table)
    address = draw_addresses(dice, structure.ranks, rows, table)
    points = project_points(lat, lon, address["departement"])
    return (
        facts.hstack(address)
        .hstack(points)
        .hstack(draw_signs(dice, structure.ranks, facts["naf"]))
        .with_columns(
            pl.Series("lat", lat), pl.Series("lon", lon), pl.Series("block", structure.ranks // BLOCK)
        )
    )
