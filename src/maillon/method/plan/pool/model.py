"""The pool as a linear model with integers: capacitated location with minimum volumes, year by year.

min Σ_i F_i z_i + Σ_t w_t Σ_j D_j (Σ_i c_ij x_ijt + p_j a_jt)   over firms j, lines i, years t, with
Σ_i x_ijt + a_jt = s_j (bought from lines or as today),  M_it z_i ≤ Σ_j D_j x_ijt ≤ K_it z_i,  x_ijt ≤ z_i,
z, s binary; s_j = 1 for the firms of the coalition. The model of the design's section on pooling
("K_min z <= SUM D <= K z"), with a ramp-up and today's supplier as a line that is always open.
"""

from __future__ import annotations

import numpy as np

from maillon.method.plan.pool.arrays import PoolArrays
from maillon.solve.blocks import Block, ModelBuilder, NamedModel, terms


def pool_model(arrays: PoolArrays, *, survives_leaver: bool = False) -> NamedModel:
    """Return the model with columns ``made`` (lines × firms × years), ``alone`` (firms × years), ``open``
    and ``member`` (all members: bounds 1 to 1).
    """  # noqa: D205 - the columns are one sentence
    lines, firms, years = arrays.shape
    build = ModelBuilder()
    possible = np.isfinite(arrays.delivered)
    price = np.where(possible, arrays.delivered, 0.0) * arrays.volume
    made = build.add_columns(
        "made",
        cost=(price[:, :, None] * arrays.weight).ravel(),
        upper=np.repeat(possible.ravel().astype(np.float64), years),
    )
    today = (arrays.volume * arrays.today)[:, None] * arrays.weight
    alone = build.add_columns("alone", cost=today.ravel(), upper=1.0)
    opened = build.add_columns("open", cost=arrays.fixed, upper=1.0, integer=True)
    member = build.add_columns("member", cost=np.zeros(firms), lower=1.0, upper=1.0, integer=True)
    line, firm, year = (each.ravel() for each in np.indices((lines, firms, years)))
    column = np.arange(line.size)
    each_firm, each_year = (each.ravel() for each in np.indices((firms, years)))
    build.add_rows(
        "bought",
        firms * years,
        [
            terms(made, column, firm * years + year, 1.0),
            terms(alone, each_firm * years + each_year, each_firm * years + each_year, 1.0),
            terms(member, each_firm, each_firm * years + each_year, -1.0),
        ],
        lower=0.0,
        upper=0.0,
    )
    _limit_lines(build, arrays, made, opened)
    build.add_rows(
        "open_if_used",
        line.size,
        [terms(made, column, column, 1.0), terms(opened, line, column, -1.0)],
        upper=0.0,
    )
    if survives_leaver:
        _survive(build, arrays, made, opened)
    return build.model()


def _limit_lines(build: ModelBuilder, arrays: PoolArrays, made: Block, opened: Block) -> None:
    lines, firms, years = arrays.shape
    line, firm, year = (each.ravel() for each in np.indices((lines, firms, years)))
    volume = terms(made, np.arange(line.size), line * years + year, arrays.volume[firm])
    each_line, each_year = (each.ravel() for each in np.indices((lines, years)))
    row = each_line * years + each_year
    build.add_rows(
        "capacity", len(row), [volume, terms(opened, each_line, row, -arrays.capacity.ravel())], upper=0.0
    )
    build.add_rows(
        "minimum", len(row), [volume, terms(opened, each_line, row, -arrays.minimum.ravel())], lower=0.0
    )


def _survive(build: ModelBuilder, arrays: PoolArrays, made: Block, opened: Block) -> None:
    """Whoever leaves (rows: line × leaver), the others keep the smallest volumes and save the fixed cost."""
    lines, firms, years = arrays.shape
    line, firm, year, leaver = (each.ravel() for each in np.indices((lines, firms, years, firms)))
    stays = firm != leaver
    line, firm, year, leaver = line[stays], firm[stays], year[stays], leaver[stays]
    column = (line * firms + firm) * years + year
    each_line, each_leaver, each_year = (each.ravel() for each in np.indices((lines, firms, years)))
    row = (each_line * firms + each_leaver) * years + each_year
    build.add_rows(
        "minimum_without",
        lines * firms * years,
        [
            terms(made, column, (line * firms + leaver) * years + year, arrays.volume[firm]),
            terms(opened, each_line, row, -arrays.minimum[each_line, each_year]),
        ],
        lower=0.0,
    )
    delivered = np.where(np.isfinite(arrays.delivered), arrays.delivered, 0.0)
    saved = (arrays.today - delivered)[line, firm] * arrays.volume[firm] * arrays.weight[year]
    pair_line, pair_leaver = (each.ravel() for each in np.indices((lines, firms)))
    pair = pair_line * firms + pair_leaver
    build.add_rows(
        "pays_without",
        lines * firms,
        [
            terms(made, column, line * firms + leaver, saved),
            terms(opened, pair_line, pair, -arrays.fixed[pair_line]),
        ],
        lower=0.0,
    )
