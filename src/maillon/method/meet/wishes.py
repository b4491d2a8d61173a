"""What each wish is worth, and what two firms' wishes for each other are worth together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from maillon.core.event import Event, Origin, Pair, Wish, pair_of
from maillon.method.meet.people import closed_door, read_asked

#: Weights are whole thousandths, so that the best total is known exactly.
UNIT = 1000
#: A proposal that nobody asked for is worth half of a first wish, at best.
_PROPOSED = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A meeting that may be held: the two firms, its weight, and the wishes behind it.

    ``weight`` is in thousandths of a first wish; ``own`` is what each firm's own wish is worth to it;
    ``closed`` says why it can never be held, where that is so (see ``people.closed_door``).
    """

    pair: Pair
    weight: int
    wishes: tuple[Wish, ...] = ()
    own: Mapping[int, int] = field(default_factory=dict)
    must: bool = False
    closed: str | None = None


def wish_value(wish: Wish, asked: int) -> int:
    """Return what a wish of rank r among ``asked`` is worth: (n + 1 - r) / n, in thousandths (Borda's count).

    A proposal is worth half its score, whatever its rank.

    >>> wish_value(Wish(0, 1, rank=1), 4), wish_value(Wish(0, 1, rank=4), 4)
    (1000, 250)
    """
    if wish.origin is Origin.PROPOSED:
        return max(1, round(UNIT * _PROPOSED * min(1.0, max(0.0, wish.score))))
    return max(1, round(UNIT * (asked + 1 - min(wish.rank, asked)) / asked))


def list_candidates(event: Event) -> tuple[Candidate, ...]:
    """Return each pair of firms that somebody wants to meet, in the order of first mention.

    The weight of a pair is u + v + u v where u and v (0 to 1) are what either side's wish is worth: a wish
    shared by both counts for more than two wishes apart. Forbidden pairs are kept: they are answered too.
    """
    longest: dict[int, int] = defaultdict(int)
    for wish in event.wishes:
        if wish.origin is Origin.ASKED:
            longest[wish.asker] = max(longest[wish.asker], wish.rank)
    held: dict[Pair, list[Wish]] = {pair_of(*must.pair): [] for must in event.musts}
    for wish in event.wishes:
        held.setdefault(pair_of(wish.asker, wish.asked), []).append(wish)
    musts = {pair_of(*must.pair) for must in event.musts}
    asked = read_asked(event)
    return tuple(
        replace(_candidate(pair, wishes, longest, pair in musts), closed=closed_door(event, asked, pair))
        for pair, wishes in held.items()
    )


def _candidate(pair: Pair, wishes: list[Wish], longest: Mapping[int, int], must: bool) -> Candidate:
    worth: dict[int, int] = {}
    for wish in wishes:
        value = wish_value(wish, longest.get(wish.asker, 1))
        worth[wish.asker] = max(worth.get(wish.asker, 0), value)
    u, v = (worth.get(firm, 0) for firm in pair)
    own = {
        firm: max(
            wish_value(w, longest[firm]) for w in wishes if w.asker == firm and w.origin is Origin.ASKED
        )
        for firm in pair
        if any(w.asker == firm and w.origin is Origin.ASKED for w in wishes)
    }
    return Candidate(pair, u + v + round(u * v / UNIT), tuple(wishes), own, must)
