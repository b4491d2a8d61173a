"""The invented cobot: 2,200 bought lines on five levels, from plain-text templates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from maillon.demo.articles import Article, Catalogue
from maillon.demo.draws import draws
from maillon.demo.parts import Part
from maillon.demo.stock import components, fasteners
from maillon.demo.tables import rows_of

BOUGHT_LINES = 2200


@dataclass(frozen=True, slots=True)
class Line:
    """One line: an assembly (no ``article``; ``labour`` in euro is what the firm adds to one) or a part.

    ``number`` is the dotted position ("3.2.1"), ``quantity`` is per unit of the parent and
    ``total`` per product.
    """

    number: str
    level: int
    designation: str
    quantity: float
    total: float
    labour: float
    article: Article | None

    @property
    def cost(self) -> float:
        """Bought value of the line in one product, in euro; 0 for an assembly."""
        return self.article.part.price * self.total if self.article else 0.0


@dataclass(frozen=True, slots=True)
class _Step:
    """One row of a template, filled in for its axis."""

    level: int
    kind: str  # A assembly, P part, S subcontracted operation, F fasteners, E electronic components
    designation: str
    material: str
    quantity: str
    unit: str
    value: float
    mass: float | None
    category: str


def build_bill(seed: int) -> list[Line]:
    """Return the lines in the order of the list, assemblies before what they hold.

    >>> sum(line.article is not None for line in build_bill(1))
    2200
    """
    steps = list(_steps())
    fixed = sum(int(s.quantity) if s.kind in "FE" else s.kind in "PS" for s in steps if s.quantity != "*")
    catalogue, chance = Catalogue(seed), draws(seed, "bill")
    lines: list[Line] = []
    above: list[tuple[str, float]] = [("", 1.0)]  # number and total of the open assemblies, by level
    used: list[int] = [0] * 7  # last position given at each level
    for step in steps:
        for part, quantity in _expand(step, BOUGHT_LINES - fixed, chance):
            level = step.level
            used[level] += 1
            used[level + 1 :] = [0] * (6 - level)
            prefix, times = above[level - 1]
            number = f"{prefix}.{used[level]}" if prefix else str(used[level])
            article = _article(step, part, catalogue)
            line = _line(step, number, quantity, times, article)
            lines.append(line)
            above[level:] = [(number, line.total)]
    return lines


def _line(step: _Step, number: str, quantity: float, times: float, article: Article | None) -> Line:
    designation = article.part.designation if article else step.designation
    labour = 0.0 if article else step.value
    return Line(number, step.level, designation, quantity, round(quantity * times, 6), labour, article)


def _article(step: _Step, part: Part | None, catalogue: Catalogue) -> Article | None:
    if step.kind == "A":
        return None
    described = Part(step.designation, step.material, step.value, step.mass, step.category, unit=step.unit)
    return catalogue.article(part or described)


def _expand(step: _Step, missing: int, chance: Random) -> Iterator[tuple[Part | None, float]]:
    if step.kind not in "FE":
        yield None, float(step.quantity)
        return
    stock = fasteners() if step.kind == "F" else components()
    count = missing if step.quantity == "*" else int(step.quantity)
    for part in chance.sample(stock, count):
        yield part, float(chance.randint(1, part.most))


def _steps() -> Iterator[_Step]:
    axes = list(rows_of("axes"))
    robot = [_step(row, {}) for row in rows_of("robot")]
    base = next(place for place, step in enumerate(robot) if place and step.level == 1)
    yield from robot[:base]
    for axis in axes:
        yield from (_step(row, axis) for row in rows_of("axis"))
    yield from robot[base:]


def _step(row: dict[str, str], axis: dict[str, str]) -> _Step:
    return _Step(
        level=int(row["level"]),
        kind=row["kind"],
        designation=row["designation"].format(**axis) if axis else row["designation"],
        material=row["material"],
        quantity=row["quantity"] or row["designation"],
        unit=row["unit"],
        value=_scaled(row["value"], axis) or 0.0,
        mass=_scaled(row["mass"], axis),
        category=row["category"],
    )


def _scaled(text: str, axis: dict[str, str]) -> float | None:
    """Read a figure; one in braces grows with the size of the axis."""
    if not text:
        return None
    if text.startswith("{"):
        figure = float(text.strip("{}")) * float(axis["factor"])
        return round(figure, 2 if figure >= 1 else 4)
    return float(text)
