"""What each invented establishment really makes: hidden from the product, read by benches and tests alone.

Drawn from the activity code, with the noise of reality: a maker in eight does something that its code does
not tell, a few wholesalers and service firms make parts after all.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from maillon.demo.register.activities import activities
from maillon.demo.register.draws import Dice, Floats, Ranks, take
from maillon.demo.register.firms import BANDS
from maillon.demo.register.skills import (
    Choices,
    material_classes,
    materials_by_process,
    processes,
    processes_by_group,
    processes_by_naf,
)

ROLES = ("maker", "distributor", "service")
#: The columns of the truth file, one row an establishment; sizes in mm, lots in pieces.
TRUTH: dict[str, pl.DataType | type[pl.DataType]] = {
    "siret": pl.String,
    "siren": pl.String,
    "naf": pl.String,
    "active": pl.Boolean,
    "role": pl.String,
    "processes": pl.List(pl.String),
    "materials": pl.List(pl.String),
    "certificates": pl.List(pl.String),
    "max_size_mm": pl.Float64,
    "tolerance_mm": pl.Float64,
    "lot_low": pl.Float64,
    "lot_ideal": pl.Float64,
    "lot_high": pl.Float64,
    "free_hours": pl.Float64,
    "sources": pl.List(pl.String),
}

_UNTOLD = 0.12
_HIDDEN_MAKERS = 0.03
#: Median of the longest part in mm, and of the usual lot in pieces, by group of processes; our judgement.
_TYPICAL = {
    "additive": (250, 20),
    "assembly": (1500, 50),
    "casting": (600, 300),
    "composites": (1500, 100),
    "electrical": (500, 500),
    "electronics": (250, 1000),
    "forming": (500, 5000),
    "glass-ceramics": (400, 500),
    "heat-treatment": (1000, 500),
    "joining": (3000, 50),
    "machining": (450, 200),
    "paper-print": (800, 5000),
    "plastics": (400, 10_000),
    "product-making": (600, 500),
    "raw-stock": (6000, 2000),
    "services": (2000, 10),
    "sheet-metal": (2500, 500),
    "surface-treatment": (2000, 1000),
    "textile": (1500, 1000),
    "wood": (2500, 200),
}
_SMALL_PARTS = {"bar-turning": 80.0, "cold-heading": 120.0, "clock-precision-making": 30.0, "sintering": 90.0}
#: Certificate, its chance below 10 persons, from 10 to 49, from 50 on.
_CERTIFICATES = {
    "iso-9001": (0.10, 0.42, 0.75),
    "iso-14001": (0.02, 0.12, 0.40),
    "en-9100": (0.01, 0.07, 0.15),
    "iatf-16949": (0.0, 0.03, 0.12),
    "iso-13485": (0.005, 0.03, 0.06),
    "en-1090": (0.02, 0.08, 0.10),
    "epv": (0.003, 0.01, 0.015),
}


def draw_truth(dice: Dice, facts: pl.DataFrame) -> pl.DataFrame:
    """Return the columns of ``TRUTH`` but ``sources`` for each row of ``facts``; null where unknown."""
    ranks = facts["rank"].to_numpy()
    codes = {code: place for place, code in enumerate(activities().codes)}
    naf = facts["naf"].replace_strict(codes).to_numpy().astype(np.int64)
    divisions = facts["naf"].str.head(2).cast(pl.Int64).to_numpy()
    size = np.searchsorted(
        [5, 7], facts["band"].replace_strict({b: n for n, b in enumerate(BANDS)}).to_numpy(), "right"
    )
    role = _draw_roles(dice, ranks, divisions)
    chosen = _draw_processes(dice, ranks, np.where(role < 0, -1, naf), role == 0, divisions >= 33)
    chosen[:, 3] = np.where(size > 0, chosen[:, 3], -1)
    return truth_frame(dice, facts, take(ROLES, role), chosen, size)


def truth_frame(dice: Dice, facts: pl.DataFrame, role: pl.Series, chosen: Ranks, size: Ranks) -> pl.DataFrame:
    """Return the truth of rows whose role and processes (places, four columns, −1 for none) are chosen."""
    ranks = facts["rank"].to_numpy()
    worked = [
        materials_by_process().draw(dice, f"material {n}", ranks, chosen[:, column])
        for n, column in enumerate((0, 0, 1, 2))
    ]
    makes = chosen[:, 0] >= 0
    return facts.select("siret", "siren", "naf", ~pl.col("closed").alias("active")).with_columns(
        role.alias("role"),
        _listed([take([p.code for p in processes()], column) for column in chosen.T]).alias("processes"),
        _listed([take(material_classes(), column) for column in worked]).alias("materials"),
        _draw_certificates(dice, ranks, size, makes).alias("certificates"),
        *_draw_measures(dice, ranks, chosen[:, 0]),
    )


def _draw_roles(dice: Dice, ranks: Ranks, divisions: Ranks) -> Ranks:
    role = np.select(
        [(divisions >= 5) & (divisions <= 32), divisions == 46, np.isin(divisions, (33, 62, 71, 72))],
        [0, 1, 2],
        -1,
    )
    hidden = dice.happens("hidden maker", ranks, _HIDDEN_MAKERS) & (role > 0)
    return np.where(hidden, 0, role)


def _draw_processes(
    dice: Dice, ranks: Ranks, naf: Ranks, makers: NDArray[np.bool_], unusual: NDArray[np.bool_]
) -> Ranks:
    """Return up to four places of processes a row, −1 for none; the first is its main one."""
    told = processes_by_naf()
    anything = dice.index("any process", ranks, len(processes()))
    first = told.draw(dice, "process 0", ranks, naf)
    knows = first >= 0
    untold = makers & ((dice.happens("untold", ranks, _UNTOLD) & knows) | unusual)
    chosen = [np.where(untold, anything, first)]
    for number, chance in enumerate((0.55, 0.3, 0.35), start=1):
        again = _another(dice, number, ranks, naf, chosen[0], told)
        more = dice.happens(f"process {number}/any", ranks, chance) & (chosen[0] >= 0)
        chosen.append(np.where(more, again, -1))
    return np.stack(chosen, axis=1)


def _another(dice: Dice, number: int, ranks: Ranks, naf: Ranks, first: Ranks, told: Choices) -> Ranks:
    kind = dice.uniform(f"process {number}/kind", ranks)
    same_code = told.draw(dice, f"process {number}", ranks, naf)
    same_group = processes_by_group().draw(dice, f"process {number}/group", ranks, first)
    anything = dice.index(f"process {number}/far", ranks, len(processes()))
    return np.select([(kind < 0.6) & (same_code >= 0), kind < 0.95], [same_code, same_group], anything)


def _listed(columns: list[pl.Series]) -> pl.Series:
    frame = pl.DataFrame({str(n): column for n, column in enumerate(columns)})
    joined = pl.concat_list(pl.all().cast(pl.String)).list.drop_nulls().list.unique(maintain_order=True)
    return frame.select(joined.alias("list"))["list"]


def _draw_certificates(dice: Dice, ranks: Ranks, size: Ranks, makes: NDArray[np.bool_]) -> pl.Series:
    columns = []
    for code, chances in _CERTIFICATES.items():
        held = dice.happens(f"certificate {code}", ranks, np.array(chances)[size]) & makes
        columns.append(take((code,), np.where(held, 0, -1)))
    return _listed(columns)


def _draw_measures(dice: Dice, ranks: Ranks, first: Ranks) -> list[pl.Series]:
    typical = np.array([_TYPICAL[process.group] for process in processes()], dtype=float)
    medians = np.array(
        [_SMALL_PARTS.get(process.code, typical[n, 0]) for n, process in enumerate(processes())]
    )
    longest = medians[first] * np.exp(0.6 * dice.normal("size", ranks))
    lot = typical[first, 1] * np.exp(1.0 * dice.normal("lot", ranks))
    measures: dict[str, Floats] = {
        "max_size_mm": np.maximum(np.round(longest, -1), 10.0),
        "tolerance_mm": np.array([0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5])[dice.index("tolerance", ranks, 7)],
        "lot_low": np.maximum(np.round(lot / 10), 1.0),
        "lot_ideal": np.maximum(np.round(lot), 2.0),
        "lot_high": np.maximum(np.round(lot * 20), 40.0),
        "free_hours": np.round(dice.uniform("free", ranks) ** 2 * 400, -1),
    }
    return [
        pl.Series(name, np.where(first >= 0, values, np.nan)).fill_nan(None)
        for name, values in measures.items()
    ]
