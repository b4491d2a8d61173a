"""The bought lines of a version as needs: what is bought abroad first, the heaviest first."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.http import Http404

from maillon.web.intake.models import Line, Version
from maillon.web.people.rights import Right
from maillon.web.people.viewer import Viewer
from maillon.web.search.models import NeedResult

#: Which lines are shown: bought abroad, of unknown making, or all.
ORIGINS = ("abroad", "unknown", "all")
PAGE = 50


@dataclass(frozen=True, slots=True)
class NeedLine:
    """A line with its share of the version's amount (None: unknown) and what a search has kept for it."""

    line: Line
    share: float | None
    result: NeedResult | None


def bought_lines(version: Version, viewer: Viewer, origin: str = "abroad") -> QuerySet[Line]:
    """Return the lines bought that have a designation, the heaviest first; assemblies are left out."""
    lines: QuerySet[Line] = Line.objects.visible_to(viewer).filter(version=version)
    parts = Line.objects.filter(version=OuterRef("version"), parent=OuterRef("item"))
    lines = lines.exclude(Q(designation=None) | Q(designation="")).filter(~Exists(parts))
    made = Q(making_country__isnull=False)
    if origin == "abroad":
        # where nothing tells the making, a foreign supplier at least sells from abroad
        sold = Q(making_country=None, supplier_country__isnull=False) & ~Q(supplier_country="FR")
        lines = lines.filter((made & ~Q(making_country="FR")) | sold)
    elif origin == "unknown":
        lines = lines.filter(making_country=None, supplier_country=None)
    return lines.order_by(F("amount").desc(nulls_last=True), "line")


def line_for(version: Version, number: int, viewer: Viewer) -> Line:
    """Return one line of a version by its number; 404 where there is none or it may not be seen."""
    line: Line | None = Line.objects.visible_to(viewer).filter(version=version, line=number).first()
    if line is None or not line.designation:
        raise Http404
    return line


def with_results(version: Version, lines: Iterable[Line], viewer: Viewer) -> list[NeedLine]:
    """Return lines with their share and their result. Two queries, whatever their number."""
    page = list(lines)
    hashes = {hash_wording(line.designation or "") for line in page}
    results = NeedResult.objects.visible_to(viewer).filter(version=version, text_hash__in=hashes)
    by_hash = {result.text_hash: result for result in results}
    whole = _amount_of(version, viewer)
    return [
        NeedLine(line, _share(line, whole, viewer), by_hash.get(hash_wording(line.designation or "")))
        for line in page
    ]


def hash_wording(text: str) -> str:
    """Return what a wording is found by."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def _amount_of(version: Version, viewer: Viewer) -> dict[str | None, float]:
    """Return the sum of the amounts by currency: amounts of two currencies have no share of one whole."""
    lines = Line.objects.visible_to(viewer).filter(version=version, amount__gt=0).order_by()
    return {row["currency"]: row["whole"] for row in lines.values("currency").annotate(whole=Sum("amount"))}


def _share(line: Line, whole: dict[str | None, float], viewer: Viewer) -> float | None:
    """Return the share of a line, to the whole percent for who may not see prices."""
    if line.amount is None or len(whole) != 1 or line.currency not in whole:
        return None
    share = line.amount / whole[line.currency]
    return share if viewer.may(Right.PRICES, line.organisation_id) else round(share, 2)
