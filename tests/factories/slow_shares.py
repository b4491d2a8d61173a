"""A slow, independent computation of shares: plain recursion over the lines, every corner enumerated.

It follows the definitions of docs/method/diagnose.md one item at a time and shares no code with the method.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from maillon.core.bom import Bom

Ends = tuple[float, float]


@dataclass
class Item:
    number: int
    data: dict[str, Any]
    uses: list[tuple[float | None, int]]

    @property
    def is_part(self) -> bool:
        return not self.uses

    @property
    def price(self) -> Ends | None:
        if self.data["unit_price"] is None:
            return None
        return self.data["unit_price"], self.data["unit_price_max"] or self.data["unit_price"]

    @property
    def own(self) -> float | None:
        return None if self.is_part and self.price else self.data["own_value"]

    def origin(self) -> Ends:
        """Least and most local by origin alone, for France."""
        country = self.data["making_country"]
        return (0.0, 1.0) if country is None else ((1.0, 1.0) if country == "FR" else (0.0, 0.0))

    def fraction(self) -> Ends:
        """Least and most local fraction of the value added, for France."""
        f, country = self.data["local_fraction"], self.data["making_country"]
        if f is None or country is None:
            return self.origin()
        return (f, f) if country == "FR" else (0.0, 1 - f)


class SlowBom:
    def __init__(self, bom: Bom) -> None:
        rows = bom.lines.to_dicts()
        self.items = {r["item"]: Item(r["item"], r, []) for r in rows}
        self.top = [(r["quantity"], r["item"]) for r in rows if r["parent"] is None]
        self.rows = rows
        for r in rows:
            if r["parent"] is not None:
                self.items[r["parent"]].uses.append((r["quantity"], r["item"]))

    # what is known of the costs

    def cost_ends(self, number: int) -> Ends:
        item = self.items[number]
        if item.is_part:
            own = item.own or 0.0
            return item.price or (own, own)
        return item.price if self.closed(number) and item.price else self.open_ends(number)

    def open_ends(self, number: int) -> Ends:
        item = self.items[number]
        ends = [self.cost_ends(k) for _, k in item.uses]
        own = item.own or 0.0
        low = own + sum((q or 0.0) * e[0] for (q, _), e in zip(item.uses, ends, strict=True))
        high = own + sum((q or 0.0) * e[1] for (q, _), e in zip(item.uses, ends, strict=True))
        return low, high

    def lacks(self, number: int) -> bool:
        """Whether some part inside has no cost and no priced assembly around it."""
        item = self.items[number]
        if item.is_part:
            return item.price is None and item.own is None
        return self.parts_lack(number) and not self.closed(number)

    def parts_lack(self, number: int) -> bool:
        return any(q is None or self.lacks(k) for q, k in self.items[number].uses)

    def closed(self, number: int) -> bool:
        """Whether the price of an assembly settles its cost."""
        item = self.items[number]
        if item.is_part or item.price is None:
            return False
        wanted = item.own is None or self.parts_lack(number)
        return wanted and item.price[0] >= self.open_ends(number)[1] * (1 - 1e-9)

    def rest_ends(self, number: int) -> Ends:
        """How local what is left of a closing price can be."""
        item = self.items[number]
        found = [item.fraction()] if item.own is None or not self.parts_lack(number) else []
        found += list(self._lacking(number))
        return min(e[0] for e in found), max(e[1] for e in found)

    def _lacking(self, number: int) -> Iterator[Ends]:
        for q, k in self.items[number].uses:
            if q is None:
                yield from (self.items[j].fraction() for j in self._below(k))
            elif self.lacks(k):
                if self.items[k].is_part:
                    yield self.items[k].fraction()
                else:
                    yield from self._lacking(k)

    def _below(self, number: int) -> Iterator[int]:
        yield number
        for _, k in self.items[number].uses:
            yield from self._below(k)

    # one world: every price and every fraction settled

    def value(self, number: int, prices: dict[int, float], side: int) -> tuple[float, float]:
        """Cost of one unit and the local part of it, with fractions at one end (side 0 or 1)."""
        item = self.items[number]
        fraction = item.fraction()[side]
        if item.is_part:
            cost = prices[number] if item.price else (item.own or 0.0)
            return cost, fraction * cost
        parts = [(q or 0.0, *self.value(k, prices, side)) for q, k in item.uses]
        spent, local = sum(q * c for q, c, _ in parts), sum(q * x for q, _, x in parts)
        own = item.own or 0.0
        if not self.closed(number):
            return own + spent, fraction * own + local
        rest = prices[number] - own - spent
        return prices[number], fraction * own + self.rest_ends(number)[side] * rest + local

    def corners(self) -> Iterator[dict[int, float]]:
        uncertain = {n: i.price for n, i in self.items.items() if i.price is not None}
        for chosen in product(*(sorted(set(e)) for e in uncertain.values())):
            yield dict(zip(uncertain, chosen, strict=True))

    def value_added(self) -> Ends | None:
        return self._extremes(self._sum)

    def _sum(self, prices: dict[int, float], side: int) -> tuple[float, float]:
        pairs = [(q or 0.0, *self.value(n, prices, side)) for q, n in self.top]
        return sum(q * c for q, c, _ in pairs), sum(q * x for q, _, x in pairs)

    def _extremes(self, total: Any) -> Ends | None:
        found: list[list[float]] = [[], []]
        for prices in self.corners():
            for side in (0, 1):
                cost, local = total(prices, side)
                if cost > 0:
                    found[side].append(local / cost)
        return (min(found[0]), max(found[1])) if found[0] else None

    # bought lines

    def whole(self, number: int) -> bool:
        item = self.items[number]
        if item.is_part or {n for _, n in self.top} == {number}:
            return False
        d = item.data
        return d["supplier"] is not None or (d["making_country"] is not None and d["own_value"] is None)

    def own_work(self, number: int) -> bool:
        item = self.items[number]
        return item.is_part and item.price is None and item.own is not None

    def bought(self) -> list[tuple[int, float | None, int]]:
        """Line number, how many in all (None: unknown), item, for each bought line."""
        found: dict[int, tuple[int, float, int, bool]] = {}

        def visit(user: int | None, times: float) -> None:
            for r in self.rows:
                if r["parent"] != user:
                    continue
                n, q = r["item"], r["quantity"]
                if self.whole(n) or (self.items[n].is_part and not self.own_work(n)):
                    before = found.get(r["line"], (0, 0.0, n, False))
                    found[r["line"]] = (r["line"], before[1] + times * (q or 0.0), n, q is None)
                elif not self.items[n].is_part:
                    visit(n, times * (q or 0.0))

        visit(None, 1.0)
        return [(line, None if unknown else m, n) for line, m, n, unknown in sorted(found.values())]

    def paid(self, number: int, prices: dict[int, float]) -> float | None:
        """Price of one unit bought; None when nothing is known of it."""
        if self.items[number].price is not None:
            return prices[number]
        cost, _ = self.value(number, prices, 0)
        if self.lacks(number) and sum(self.cost_ends(number)) == 0:
            return None
        return cost

    def origin_value(self) -> Ends | None:
        def total(prices: dict[int, float], side: int) -> tuple[float, float]:
            cost = local = 0.0
            for _, times, n in self.bought():
                unit = self.paid(n, prices)
                if unit is not None and times is not None:
                    cost += times * unit
                    local += times * unit * self.items[n].origin()[side]
            return cost, local

        return self._extremes(total)
