"""What a viewer's own data adds to a search: suppliers in the lines, lists of firms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from maillon.web.intake.models import Line, Version
from maillon.web.people.rights import Right
from maillon.web.people.viewer import Viewer
from maillon.web.search.models import FirmList, OfficeList
from maillon.web.search.queries.finding import Known

SIREN, SIRET = 9, 14


def known_of(viewer: Viewer, organisations: Iterable[UUID] | None = None) -> Known:
    """Return whom these firms buy from and exclude, as far as ``viewer`` may see it; else one's own firms."""
    firms = list(viewer.members_of if organisations is None else organisations)
    if not firms:
        return Known()
    lists = FirmList.objects.visible_to(viewer).filter(organisation__in=firms)
    excluded = {number for numbers in lists.values_list("numbers", flat=True) for number in numbers}
    return Known(
        _suppliers(viewer, [firm for firm in firms if viewer.may(Right.BOM, firm)]), frozenset(excluded)
    )


def _suppliers(viewer: Viewer, firms: list[UUID]) -> frozenset[str]:
    """Return the SIREN of the suppliers in the live versions of these firms."""
    if not firms:
        return frozenset()
    live = Version.objects.visible_to(viewer).filter(organisation__in=firms, state=Version.State.LIVE)
    lines = Line.objects.visible_to(viewer).filter(version__in=live, supplier_id__isnull=False)
    numbers = lines.order_by().values_list("supplier_id", flat=True).distinct()
    return frozenset(
        number[:SIREN] for number in numbers if number.isdigit() and len(number) in (SIREN, SIRET)
    )


def lists_naming(viewer: Viewer) -> dict[str, list[str]]:
    """Return for each SIREN the lists of the viewer's offices that name it."""
    named: defaultdict[str, list[str]] = defaultdict(list)
    for one in OfficeList.objects.visible_to(viewer):
        for number in one.numbers:
            named[number[:SIREN]].append(f"{one.get_kind_display()} · {one.name}")
    return dict(named)
