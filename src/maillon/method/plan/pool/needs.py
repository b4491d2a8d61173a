"""What is pooled: the needs of several firms, the lines that could make them, the rules of the pool."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from maillon.core.errors import InvalidRequest
from maillon.core.estimate import Estimate
from maillon.core.message import message
from maillon.core.place import Place


@dataclass(frozen=True, slots=True)
class PoolNeed:
    """What one firm buys in a year and what it pays today (``price``: €/unit, delivered).

    ``group`` is the SIREN of the head of its group (the firm's name where it has none), ``sells`` the market
    it sells on and ``market_share`` (0 to 1) its part there: both for the competition check, ``None`` where
    unknown. ``consents`` lets its need count in a published pool, ``named`` lets members see its name.
    """

    firm: str
    family: str
    volume: float
    unit: str
    price: Estimate
    process: str = ""
    specification: str = ""
    place: Place = field(default_factory=Place)
    group: str = ""
    sells: str | None = None
    market_share: float | None = None
    consents: bool = False
    named: bool = False
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PoolLine:
    """A line that could be set up: where, at what cost, for what yearly volume.

    ``investment`` is € once, ``yearly_cost`` €/yr whatever the volume, ``unit_cost`` €/unit at the line's
    gate, ``transport_cost`` € a unit and km (great circle), ``capacity`` and ``minimum`` (the minimum
    efficient scale) units/yr at full speed, ``ramp`` the share of both that each year from the first reaches
    (the last one lasts). A line without a specification makes any of its family and process.
    """

    name: str
    family: str
    capacity: float
    unit_cost: float
    investment: float = 0.0
    yearly_cost: float = 0.0
    minimum: float = 0.0
    transport_cost: float = 0.0
    ramp: tuple[float, ...] = (1.0,)
    process: str = ""
    specification: str = ""
    place: Place = field(default_factory=Place)
    source: str = ""
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PoolRules:
    """How long the pool is planned for and how it must hold.

    ``years`` of the plan; ``discount_rate`` a year (0.04: a euro next year weighs 1/1.04; 0: not discounted);
    ``survives_leaver``: every line must keep its smallest volume and pay for itself whichever firm leaves.
    """

    years: int = 5
    discount_rate: float = 0.0
    survives_leaver: bool = False

    def __post_init__(self) -> None:
        if self.years < 1 or not 0 <= self.discount_rate < 1:
            raise InvalidRequest(
                message("A pool is planned for one year or more, with a discount rate from 0 to below 1.")
            )


@dataclass(frozen=True, slots=True)
class PoolGroup:
    """Needs that the same lines can make: one family, process and unit, compatible specifications."""

    family: str
    process: str
    unit: str
    needs: tuple[PoolNeed, ...]
    lines: tuple[PoolLine, ...]

    @property
    def specification(self) -> str:
        """The specification that all needs share; empty where they differ."""
        each = {need.specification for need in self.needs}
        return each.pop() if len(each) == 1 else ""


def group_needs(needs: Sequence[PoolNeed], lines: Sequence[PoolLine]) -> tuple[PoolGroup, ...]:
    """Return the needs that can be pooled, grouped by family, process and unit, in the order of the file.

    Raises ``InvalidRequest`` for a figure that makes no sense or a name written twice.

    >>> import datetime as dt
    >>> price = Estimate(9.0, 10.0, 11.0, "EUR/unit", "invoice", dt.date(2025, 1, 1))
    >>> needs = [PoolNeed(firm, "gears", 100.0, "piece", price) for firm in ("A", "B")]
    >>> [len(group.needs) for group in group_needs(needs, [PoolLine("L", "gears", 500.0, 4.0)])]
    [2]
    """
    _check_needs(needs)
    _check_lines(lines)
    keys = dict.fromkeys((need.family, need.process, need.unit) for need in needs)
    return tuple(
        PoolGroup(
            *key,
            tuple(need for need in needs if (need.family, need.process, need.unit) == key),
            tuple(line for line in lines if (line.family, line.process) == key[:2]),
        )
        for key in keys
    )


def makes(line: PoolLine, need: PoolNeed) -> bool:
    """Tell whether a line makes what a need specifies."""
    return not line.specification or line.specification == need.specification


def _check_needs(needs: Sequence[PoolNeed]) -> None:
    if not needs:
        raise InvalidRequest(message("There is no need to pool."), message("Give at least one firm's need."))
    _check_names([need.firm for need in needs], by=[need.family + need.process + need.unit for need in needs])
    for need in needs:
        if not 0 < need.volume < float("inf"):
            raise InvalidRequest(message("The yearly volume of {firm} must be above zero.", firm=need.firm))
        if not 0 <= need.price.low <= need.price.high < float("inf"):
            raise InvalidRequest(message("The price that {firm} pays must not be negative.", firm=need.firm))
        if need.market_share is not None and not 0 <= need.market_share <= 1:
            raise InvalidRequest(message("The market share of {firm} is no share.", firm=need.firm))


def _check_lines(lines: Sequence[PoolLine]) -> None:
    _check_names([line.name for line in lines], by=[line.family + line.process for line in lines])
    for line in lines:
        costs = (line.investment, line.yearly_cost, line.unit_cost, line.transport_cost)
        if not all(0 <= cost < float("inf") for cost in (*costs, line.capacity, line.minimum)):
            raise InvalidRequest(
                message("The costs and volumes of line {line} start from zero.", line=line.name)
            )
        if line.minimum > line.capacity:
            raise InvalidRequest(
                message("Line {line} asks for more than it can make.", line=line.name),
                message("Its smallest volume must not exceed its capacity."),
            )
        if not line.ramp or not all(0 <= share <= 1 for share in line.ramp):
            raise InvalidRequest(message("The ramp-up of line {line} is made of shares.", line=line.name))
    if lines and not any(line.capacity for line in lines):
        raise InvalidRequest(
            message("The capacity is zero on every line."),
            message("Give the yearly capacity of at least one line, or --capacity with a number."),
        )


def _check_names(names: Sequence[str], by: Iterable[str]) -> None:
    pairs = list(zip(names, by, strict=True))
    twice = next((name for (name, key) in pairs if pairs.count((name, key)) > 1), None)
    if twice is not None:
        raise InvalidRequest(
            message("{name} is written twice for the same family.", name=twice),
            message("Add up its volumes in one line."),
        )
