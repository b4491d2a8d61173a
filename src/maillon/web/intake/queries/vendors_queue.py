"""The queue of vendors: doubtful ones first, by spend where prices may be seen, else by lines."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet

from maillon.web.intake.models import VendorMatch, Version

PER_PAGE = 20
_OPEN = Q(answer=VendorMatch.Answer.OPEN)
#: The piles of the queue by their name in the address.
PILES = {
    "doubtful": _OPEN & Q(said=VendorMatch.Said.REVIEW),
    "sure": _OPEN & Q(said=VendorMatch.Said.ACCEPT),
    "none": _OPEN & Q(said=VendorMatch.Said.NONE),
    "abroad": _OPEN & Q(said=VendorMatch.Said.FOREIGN),
    "decided": ~_OPEN,
}
FIRST = "doubtful"


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of one pile, and how many vendors lie in each."""

    pile: str
    counts: dict[str, int]
    page: Page

    @property
    def total(self) -> int:
        """The number of vendors."""
        return sum(self.counts.values())


def queue_of(version: Version, pile: str, number: str, prices: bool) -> Queue:
    """Return a page of the queue; amounts do not even order it where they may not be seen."""
    pile = pile if pile in PILES else FIRST
    vendors: QuerySet[VendorMatch] = VendorMatch.objects.filter(version=version)
    counts = vendors.aggregate(**{name: Count("pk", filter=which) for name, which in PILES.items()})
    first = (F("spend").desc(nulls_last=True),) if prices else ()
    ordered = (
        vendors.filter(PILES[pile]).select_related("by").order_by(*first, "-lines_count", "name", "site")
    )
    return Queue(pile, counts, Paginator(ordered, PER_PAGE).get_page(number))
