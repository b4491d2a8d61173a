"""Import duties of the Union: a shipped range by HS chapter, a user's file of rates before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from maillon.core.estimate import Estimate
from maillon.core.message import message
from maillon.core.place import TerritoryKind
from maillon.reference.places import zone_countries
from maillon.reference.text_rows import TextRow, read_rows
from maillon.reference.trade.goods_codes import read_date, read_goods_code, read_row_code

SHIPPED = "trade/data/duties.csv"
#: Columns of a user's file: rates are shares of customs value, specific duties EUR per ``unit``.
COLUMNS = [
    *("code", "origin", "rate", "specific_eur", "unit"),
    *("anti_dumping", "anti_dumping_eur", "from", "to", "source"),
]
_SHARE = "share of customs value"


@dataclass(frozen=True, slots=True)
class Duty:
    """What goods of one code and origin pay: ``rate`` ad valorem, the others EUR per ``unit`` or a share.

    ``anti_dumping`` is None where no file of the user told it: unknown, not zero.
    """

    code: str
    origin: str
    rate: Estimate
    specific_eur: float = 0.0
    unit: str = ""
    anti_dumping: float | None = None
    anti_dumping_eur: float | None = None


def find_duty(code: str, origin: str, on: dt.date, file: Path | None = None) -> Duty | None:
    """Return the duty of ``code`` from ``origin`` (alpha-2) on a day; None where no row is for it.

    Members of the Union pay none. In a user's file a row of the origin goes before one of any origin, then
    the longest prefix wins; ``from`` and ``to`` are included. Raises ``InvalidRequest`` naming a bad line.

    >>> find_duty("8482 10", "CN", dt.date(2026, 1, 1)).rate.mid
    0.017
    """
    goods = read_goods_code(code)
    if origin in zone_countries(TerritoryKind.EU, on):
        none = Estimate(0, 0, 0, _SHARE, "customs union: no duty between members (UCC)", on)
        return Duty(goods, origin, none, anti_dumping=0.0, anti_dumping_eur=0.0)
    rows = (
        []
        if file is None
        else [row for row in read_rows(SHIPPED, COLUMNS, file) if _applies(row, goods, origin, on)]
    )
    if rows:
        best = max(rows, key=lambda row: (row.cells["origin"] != "", len(read_row_code(row))))
        return _of_row(best, goods, origin, on)
    rate = _chapters().get(goods[:2])
    return None if rate is None else Duty(goods, origin, rate)


def _applies(row: TextRow, goods: str, origin: str, on: dt.date) -> bool:
    start, end = read_date(row, "from") or dt.date.min, read_date(row, "to") or dt.date.max
    return goods.startswith(read_row_code(row)) and row.cells["origin"] in ("", origin) and start <= on <= end


def _of_row(row: TextRow, goods: str, origin: str, on: dt.date) -> Duty:
    share = row.number("rate", 0.0)
    rate = Estimate(share, share, share, _SHARE, row.cells["source"], read_date(row, "from") or on)
    more = {name: row.number(name, 0.0) for name in ("specific_eur", "anti_dumping", "anti_dumping_eur")}
    return Duty(goods, origin, rate, unit=row.cells["unit"], **more)


@cache
def _chapters() -> Mapping[str, Estimate]:
    rows = read_rows(SHIPPED, ["code", "low", "mid", "high", "source", "date"])
    return {row.cells["code"]: read_range(row, _SHARE) for row in rows}


def read_range(row: TextRow, unit: str) -> Estimate:
    """Return the range in the columns low, mid, high, source, date of a row; the error names the line."""
    low, mid, high = (row.number(bound) for bound in ("low", "mid", "high"))
    if not low <= mid <= high:
        raise row.refusal(message("low, mid and high are not in order."))
    return Estimate(low, mid, high, unit, row.cells["source"], read_date(row, "date") or dt.date.min)
