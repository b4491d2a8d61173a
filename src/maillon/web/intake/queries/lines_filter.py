"""Filters and sorts of lines as an address states them, and the lines that pass."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import QueryDict

from maillon.web.intake.models import Line, LineEdit, Version

#: Filters by one value of a column, by their name in the address.
BY_VALUE = {
    "family": "family",
    "supplier": "supplier",
    "from": "supplier_country",
    "making": "making_country",
    "evidence": "evidence",
}
#: A value that asks for what is unknown.
UNKNOWN = "-"
#: Filters that are on or off.
MARKS = ("abroad", "single", "unpriced", "edited", "keep")
#: Sorts by their name in the address; a minus before it turns one round.
SORTS = {
    "line": "line",
    "reference": "reference",
    "designation": "designation",
    "family": "family",
    "quantity": "quantity",
    "price": "unit_price",
    "amount": "amount",
    "supplier": "supplier",
    "from": "supplier_country",
    "making": "making_country",
    "evidence": "evidence",
}
PRICED_SORTS = frozenset({"price", "amount"})
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class LineFilter:
    """What is asked of a version's lines. What the viewer may not ask is left out when it is read."""

    text: str = ""
    values: dict[str, str] = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    sort: str = ""

    @property
    def asks(self) -> bool:
        """Whether anything narrows the lines."""
        return bool(self.text or self.values or self.marks or self.numbers)


def read_filter(query: QueryDict, prices: bool) -> LineFilter:
    """Return the filter of an address; prices are neither filtered nor sorted by where they are not shown."""
    values = {name: query[name].strip()[:_LONGEST] for name in BY_VALUE if query.get(name, "").strip()}
    marks = tuple(mark for mark in MARKS if query.get(mark) and (prices or mark != "unpriced"))
    numbers = {int(n) for text in query.getlist("line") for n in text.split(",") if n.strip().isdecimal()}
    sort = query.get("sort", "")
    if sort.removeprefix("-") not in SORTS or (sort.removeprefix("-") in PRICED_SORTS and not prices):
        sort = ""
    text = query.get("text", "").strip()[:_LONGEST].replace("\0", "")
    known = tuple(sorted(n for n in numbers if n < 2**31))
    return LineFilter(text, values, marks, known, sort)


def lines_of(version: Version, asked: LineFilter) -> QuerySet[Line]:
    """Return the lines of a version that pass a filter, sorted."""
    lines: QuerySet[Line] = Line.objects.filter(version=version)
    if asked.numbers:
        lines = lines.filter(line__in=asked.numbers)
    for word in asked.text.split():
        any_column = Q()
        for column in ("reference", "designation", "supplier", "manufacturer"):
            any_column |= Q(**{f"{column}__icontains": word})
        lines = lines.filter(any_column)
    for name, value in asked.values.items():
        lines = lines.filter(_by_value(BY_VALUE[name], value))
    for mark in asked.marks:
        lines = lines.filter(_marked(mark, version))
    return lines.order_by(*_order(asked.sort))


def _by_value(column: str, value: str) -> Q:
    unknown = Q(**{f"{column}__isnull": True})
    if value != UNKNOWN:
        return Q(**{column: value})
    return unknown | Q(evidence="unknown") if column == "evidence" else unknown


def _marked(mark: str, version: Version) -> Q | Exists:
    if mark == "abroad":
        return ~Q(making_country="FR") & Q(making_country__isnull=False)
    if mark == "unpriced":
        return Q(unit_price__isnull=True, amount__isnull=True)
    if mark == "keep":
        return Q(must_keep=True)
    if mark == "edited":
        return Exists(LineEdit.objects.filter(line=OuterRef("pk")))
    return _single(version)


def _single(version: Version) -> Q:
    """Return what tells the references (or items) bought from one supplier only, as the diagnosis does."""
    bought = Line.objects.filter(version=version, supplier__isnull=False).order_by()
    several = {
        column: bought.filter(**{f"{column}__isnull": False})
        .values(column)
        .annotate(suppliers=Count("supplier", distinct=True))
        .filter(suppliers__gt=1)
        .values(column)
        for column in ("reference", "item")
    }
    named = Q(reference__isnull=False) & ~Q(reference__in=several["reference"])
    unnamed = Q(reference__isnull=True) & (Q(item__isnull=True) | ~Q(item__in=several["item"]))
    return Q(supplier__isnull=False) & (named | unnamed)


def _order(sort: str) -> tuple[object, ...]:
    """Return the columns to order by; what is unknown comes last whichever way."""
    if not sort:
        return ("line",)
    column = F(SORTS[sort.removeprefix("-")])
    first = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    return (first, "line")
