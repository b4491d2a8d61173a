"""Whether a firm's journal is as it was written: every event, their order, the last one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django_scopes import scope

from maillon.web.journal.faults import Fault
from maillon.web.journal.models import FIRST, Event, Head


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain breaks, and how."""

    number: int
    fault: Fault


def breaks_of(organisation: UUID, latest: int | None = None) -> list[Break]:
    """Return where the journal of a firm breaks; of its ``latest`` events only where that is given."""
    with scope(organisation=organisation):
        head = Head.objects.filter(organisation=organisation).first()
        number, before = (head.forgotten, head.forgotten_digest) if head else (0, FIRST)
        events = Event.objects.filter(organisation=organisation).order_by("number")
        if head and latest and head.number - latest > number:
            number = head.number - latest
            before = None
            events = events.filter(number__gt=number)
        return list(_walk(events.iterator(1000), number, before, head))


def _walk(events: Iterator[Event], number: int, before: str | None, head: Head | None) -> Iterator[Break]:
    for event in events:
        # the one before the first that is read is not known: only what it says of itself is
        follows = event.number == number + 1 and before in (None, event.before)
        if event.computed() != event.digest:
            yield Break(event.number, Fault.CHANGED)
        elif not follows:
            yield Break(event.number, Fault.MISSING)
        number, before = event.number, event.digest
    if head is None:
        if number:
            yield Break(number, Fault.UNSEALED)
    elif (head.number, head.digest) != (number, FIRST if before is None else before):
        yield Break(number, Fault.CUT)
    elif not head.is_sealed():
        yield Break(number, Fault.UNSEALED)


def broken_anchors(organisation: UUID, noted: Mapping[int, str]) -> list[Break]:
    """Return the events that are no longer what was noted outside: number → fingerprint."""
    with scope(organisation=organisation):
        head = Head.objects.filter(organisation=organisation).first()
        kept = {
            number: digest for number, digest in noted.items() if number > (head.forgotten if head else 0)
        }
        events = Event.objects.filter(organisation=organisation, number__in=kept)
        found = dict(events.values_list("number", "digest"))
    return [Break(n, Fault.ANCHOR) for n, digest in sorted(kept.items()) if found.get(n) != digest]
