"""One page of lines: as a tree where nothing is asked, as a list where something is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from django.core.cache import caches
from django.core.paginator import Page, Paginator
from django.db.models import Count

from maillon.web.intake.models import Line, LineEdit, Version
from maillon.web.intake.queries.lines_filter import BY_VALUE, LineFilter, lines_of
from maillon.web.intake.queries.lines_tree import Node, node_at, open_places, tree_of

PER_PAGE = 50
#: For each filter its values, each with its number of lines.
Facets = dict[str, list[tuple[str | None, int]]]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a page: its place in the tree where one is shown, and whether somebody changed it."""

    line: Line
    node: Node | None
    edited: bool

    @property
    def indent(self) -> int:
        """The class of its indentation: deep levels share the last."""
        return min(self.node.depth, 8) if self.node is not None else 1


@dataclass(frozen=True, slots=True)
class LinesPage:
    """Rows, their page, how many lines pass the filter, how many levels the tree has (0: a list)."""

    rows: list[Row]
    page: Page
    count: int
    levels: int


def page_of(
    version: Version, asked: LineFilter, number: str, depth: int, flipped: AbstractSet[int]
) -> LinesPage:
    """Return one page of a version's lines."""
    tree = None if asked.asks or asked.sort or version.kind == Version.Kind.LEDGER else tree_of(version)
    if tree is None or tree.deepest < 2:
        page = Paginator(lines_of(version, asked), PER_PAGE).get_page(number)
        lines, nodes = list(page.object_list), {}
    else:
        page = Paginator(open_places(tree, depth, flipped), PER_PAGE).get_page(number)
        shown = (node_at(tree, place, depth, flipped) for place in page.object_list)
        nodes = {node.number: node for node in shown}
        found = Line.objects.filter(version=version, line__in=nodes).in_bulk(field_name="pk")
        by_number = {line.line: line for line in found.values()}
        lines = [by_number[number] for number in nodes]
    edits = LineEdit.objects.filter(line__in=[line.pk for line in lines]).order_by()
    edited = set(edits.values_list("line_id", flat=True).distinct())
    rows = [Row(line, nodes.get(line.line), line.pk in edited) for line in lines]
    count = len(tree.numbers) if nodes and tree is not None else page.paginator.count
    return LinesPage(rows, page, count, tree.deepest if nodes and tree is not None else 0)


def facets_of(version: Version) -> Facets:
    """Return the values of the filters other than the supplier with their number of lines, most first.

    They are counted once a revision: each edit raises it, in the transaction that changes the lines.
    """
    key = f"lines-facets:{version.pk}:{version.revision}"
    found: Facets | None = caches["process"].get(key)
    if found is None:
        found = _count_facets(version)
        caches["process"].set(key, found, 3600)
    return found


def _count_facets(version: Version) -> Facets:
    names = [name for name in BY_VALUE if name != "supplier"]
    columns = [BY_VALUE[name] for name in names]
    counts: dict[str, Counter[str | None]] = {name: Counter() for name in names}
    grouped = Line.objects.filter(version=version).order_by().values_list(*columns).annotate(n=Count("pk"))
    for *values, n in grouped:
        for name, value in zip(names, values, strict=True):
            counts[name][value] += n
    return {name: counted.most_common() for name, counted in counts.items()}
