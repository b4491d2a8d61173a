"""How many meetings each firm, person and slot can take."""

from __future__ import annotations

from maillon.core.event import Event


def person_room(event: Event, person: int) -> int:
    """Return how many meetings a person can have: open slots, less the spare ones and the group meetings.

    Only a group meeting that this very person must attend (the firm sends nobody else) takes a slot away.
    """
    firm = event.persons[person].firm
    alone = len(event.people_of(firm)) == 1
    groups = sum(firm in group.firms for group in event.groups) if alone else 0
    return max(0, len(event.open_slots(person)) - event.spare - groups)


def firm_room(event: Event, firm: int) -> int:
    """Return how many meetings a firm can have: those of its persons together, and its own cap."""
    people = event.people_of(firm)
    room = sum(person_room(event, person) for person in people)
    if len(people) > 1:
        room -= sum(firm in group.firms for group in event.groups)
    most = event.firms[firm].most
    return max(0, room if most is None else min(most, room))


def hall_room(event: Event) -> int:
    """Return how many meetings the tables can take, booths apart: tables times slots, less the groups'."""
    groups = sum(not group.location for group in event.groups)
    return max(0, len(event.tables) * sum(not slot.buffer for slot in event.slots) - groups)
