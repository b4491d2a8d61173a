"""The carbon border adjustment as data: goods, default emissions, phase-in, certificate prices."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from maillon.core.estimate import Estimate
from maillon.core.message import message
from maillon.reference.text_rows import read_rows
from maillon.reference.trade.duties import read_range
from maillon.reference.trade.goods_codes import read_goods_code, read_row_code


@dataclass(frozen=True, slots=True)
class CbamGoods:
    """The sector of goods under the CBAM and their default emissions in t CO2 per t, before mark-up."""

    sector: str
    emissions: Estimate


@dataclass(frozen=True, slots=True)
class CbamYear:
    """The share due in a year, the mark-up of default values, the price of a certificate in EUR/t CO2."""

    year: int
    phase_in: float
    mark_up: float
    price: Estimate


def find_cbam_goods(code: str, country: str, file: Path | None = None) -> CbamGoods | None:
    """Return sector and default emissions of goods, None outside the CBAM; a country's row goes first.

    Columns: code, country, sector, low, mid, high, source, date. Shipped values are orders of magnitude, to
    be verified (regulations 2023/956 and 2025/2621); ``file`` replaces them.

    >>> find_cbam_goods("7318 15", "CN").sector, find_cbam_goods("8482 10", "CN")
    ('iron_steel', None)
    """
    goods = read_goods_code(code)
    columns = ["code", "country", "sector", "low", "mid", "high", "source", "date"]
    rows = [
        row
        for row in read_rows("trade/data/cbam_goods.csv", columns, file)
        if goods.startswith(read_row_code(row)) and row.cells["country"] in ("", country)
    ]
    best = max(rows, key=lambda row: (row.cells["country"] != "", len(read_row_code(row))), default=None)
    if best is None or not best.cells["sector"]:
        return None
    return CbamGoods(best.cells["sector"], read_range(best, "t CO2/t"))


def find_cbam_year(year: int, file: Path | None = None) -> CbamYear | None:
    """Return phase-in, mark-up and certificate price of a year; None before the first, the last for later.

    >>> find_cbam_year(2026).phase_in, find_cbam_year(2040).phase_in, find_cbam_year(2025)
    (0.025, 1.0, None)
    """
    columns = ["year", "phase_in", "mark_up", "price_low", "price_mid", "price_high", "source"]
    rows = [
        row for row in read_rows("trade/data/cbam_years.csv", columns, file) if row.number("year") <= year
    ]
    if not rows:
        return None
    row = max(rows, key=lambda row: row.number("year"))
    low, mid, high = (row.number(f"price_{bound}") for bound in ("low", "mid", "high"))
    if not low <= mid <= high:
        raise row.refusal(message("low, mid and high are not in order."))
    price = Estimate(low, mid, high, "EUR/t CO2", row.cells["source"], dt.date(int(row.number("year")), 1, 1))
    return CbamYear(year, row.number("phase_in"), row.number("mark_up"), price)
