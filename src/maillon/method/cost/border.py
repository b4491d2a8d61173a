"""Duty, anti-dumping and carbon of goods whose customs code is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from maillon.core.errors import InvalidRequest
from maillon.core.estimate import Estimate
from maillon.core.message import message
from maillon.method.cost.customs import cbam_rate
from maillon.reference.trade.cbam import find_cbam_goods, find_cbam_year
from maillon.reference.trade.duties import find_duty

#: Units of a specific duty: how many of them a kilogram is; "" and "piece" count pieces.
_PER_KG = {"kg": 1.0, "100kg": 0.01, "t": 0.001}


def border_ranges(
    code: str, country: str, mass: Estimate, on: dt.date, duty_file: Path | None = None
) -> Mapping[str, Estimate]:
    """Return the factors that the customs code ``code`` settles for goods from ``country``, on a day.

    ``duty`` from the duty table (the shipped one by chapter, or a user's file), ``anti_dumping`` and
    ``anti_dumping_unit`` (with specific duties, converted by ``mass`` in kg/unit) where a file tells them,
    ``cbam`` for goods under the regulation and zero for others. Free allocation follows the best tenth of
    installations in the Union: the low end of the default emissions stands for that benchmark.

    >>> mass = Estimate(1, 1, 1, "kg", "weighed", dt.date(2026, 1, 1))
    >>> bearings = border_ranges("8482 10", "CN", mass, dt.date(2026, 1, 1))
    >>> bearings["duty"].mid, bearings["cbam"].high
    (0.017, 0.0)
    """
    found: dict[str, Estimate] = {}
    duty = find_duty(code, country, on, duty_file)
    if duty is not None:
        found["duty"] = duty.rate
        if duty.anti_dumping is not None:
            found["anti_dumping"] = _exactly(duty.anti_dumping, "share of customs value", duty.rate)
        amount = duty.specific_eur + (duty.anti_dumping_eur or 0.0)
        if duty.anti_dumping_eur is not None or amount:
            found["anti_dumping_unit"] = _per_piece(amount, duty.unit, mass, duty.rate)
    return found | {"cbam": _carbon(code, country, on)}


def _exactly(value: float, unit: str, like: Estimate) -> Estimate:
    return Estimate(value, value, value, unit, like.source, like.date)


def _per_piece(amount: float, unit: str, mass: Estimate, like: Estimate) -> Estimate:
    """Return a specific duty in EUR per piece, whatever unit the file counts in."""
    counted = unit.replace(" ", "").lower()
    if counted in {"", "piece", "unit", "p/st"} or amount == 0:
        return _exactly(amount, "EUR/unit", like)
    if counted not in _PER_KG:
        raise InvalidRequest(
            message("The unit “{unit}” of a duty is not known.", unit=unit),
            message("Use kg, 100 kg, t or piece."),
        )
    each = amount * _PER_KG[counted]
    return Estimate(each * mass.low, each * mass.mid, each * mass.high, "EUR/unit", like.source, like.date)


def _carbon(code: str, country: str, on: dt.date) -> Estimate:
    goods, year = find_cbam_goods(code, country), find_cbam_year(on.year)
    if goods is None or year is None:
        return Estimate(0.0, 0.0, 0.0, "EUR/kg", "Regulation (EU) 2023/956, annex I: not concerned", on)
    benchmark, phase_in, nothing = (np.array(v) for v in (goods.emissions.low, year.phase_in, 0.0))
    low, mid, high = (
        float(cbam_rate(np.array(emitted), benchmark, phase_in, np.array(price), nothing))
        for emitted, price in (
            (goods.emissions.low, year.price.low),
            (goods.emissions.mid * (1 + year.mark_up), year.price.mid),
            (goods.emissions.high * (1 + year.mark_up), year.price.high),
        )
    )
    source = f"{goods.emissions.source}; {year.price.source}"
    return Estimate(low, mid, high, "EUR/kg", source, goods.emissions.date)
