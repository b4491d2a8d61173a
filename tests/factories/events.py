"""Small business events for tests: firms by letter, one person each unless told, slots of twenty minutes."""

import datetime as dt

from maillon.core.event import Event, Firm, Location, Must, Person, Slot, Wish, pair_of

DAY = dt.datetime(2026, 11, 26, 9, 0)  # noqa: DTZ001 - local time of the event


def slots(count, minutes=20, sessions=1, lunch=90, buffers=()):
    """``count`` slots, cut into equal sessions with a lunch between them."""
    made, at, each = [], DAY, -(-count // sessions)
    for place in range(count):
        if place and place % each == 0:
            at += dt.timedelta(minutes=lunch)
        made.append(Slot(at, minutes, place // each, place in buffers))
        at += dt.timedelta(minutes=minutes)
    return tuple(made)


def event(wishes, *, count=4, tables=3, kinds=None, people=None, away=None, sessions=1, buffers=(), **rest):
    """An event out of ``"A>B B>A A>C"``: each firm's wishes in the order of its choice.

    ``kinds`` maps letters to kinds, ``people`` to how many persons come, ``away`` to slots when all are away.
    """
    pairs = [tuple(word.split(">")) for word in wishes.split()]
    letters = sorted({letter for pair in pairs for letter in pair} | set(kinds or {}) | set(people or {}))
    rank = {letter: place for place, letter in enumerate(letters)}
    most = rest.pop("most", {})
    firms = tuple(Firm(x, f"Firm {x}", (kinds or {}).get(x, ""), most=most.get(x)) for x in letters)
    persons = tuple(
        Person(f"{x}{n + 1}", rank[x], f"Person {x}{n + 1}", absent=frozenset((away or {}).get(x, ())))
        for x in letters
        for n in range((people or {}).get(x, 1))
    )
    asked = {}
    made = []
    for a, b in pairs:
        asked[a] = asked.get(a, 0) + 1
        made.append(Wish(rank[a], rank[b], asked[a]))
    musts = tuple(Must(pair_of(rank[w[0]], rank[w[1]])) for w in rest.pop("musts", ()))
    forbidden = frozenset(pair_of(rank[w[0]], rank[w[1]]) for w in rest.pop("forbidden", ()))
    return Event(
        rest.pop("name", "Test event"),
        rest.pop("slots", slots(count, sessions=sessions, buffers=buffers)),
        ("Morning", "Afternoon")[:sessions],
        firms,
        persons,
        rest.pop("locations", tuple(Location(f"T{n + 1}") for n in range(tables))),
        tuple(made) + rest.pop("more", ()),
        musts,
        forbidden,
        **rest,
    )


def letters(held, pairs):
    """Pairs of firms as words: ``{"AB", "AC"}``."""
    names = [firm.code for firm in held.firms]
    return {names[a] + names[b] for a, b in pairs}
