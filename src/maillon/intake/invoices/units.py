"""Units of UN/ECE Recommendation 20 (and package codes of Recommendation 21) → our canonical units."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def unit_codes() -> Mapping[str, tuple[str, float]]:
    """Return code → canonical unit and how many of it one such unit is.

    >>> unit_codes()["C62"], unit_codes()["MMT"], unit_codes()["TNE"]
    (('piece', 1.0), ('m', 0.001), ('kg', 1000.0))
    """
    # Beside this file, not through the package: the confined child loads modules without their packages.
    table = tomllib.loads(Path(__file__).with_name("units.toml").read_text(encoding="utf-8"))
    return {code: (unit, float(factor)) for unit, codes in table.items() for code, factor in codes.items()}
