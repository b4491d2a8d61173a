"""Meetings that nobody asked for yet: the needs of some participants, the skills of others."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from maillon.core.event import Event, Origin, Wish
from maillon.reference.register import Register

Progress = Callable[[float], None]
#: Meetings proposed for one need, the best first.
MOST_FOR_A_NEED = 5


def propose_wishes(
    event: Event, register: Register, progress: Progress = lambda share: None
) -> tuple[Event, int]:
    """Return the event with a proposal for each need that another participant can meet, and how many.

    Each need (in the firm's words) is searched among the other participants whose SIRET or SIREN the file
    gives. The score of a proposal is the probability that the search's log-odds stand for (not calibrated);
    its reason is the need. A firm that already wants the meeting is not told to.
    """
    from maillon.method.search import Filters, search_suppliers  # noqa: PLC0415 - loads only where it searches

    known = {firm.siret: rank for rank, firm in enumerate(event.firms) if firm.siret}
    wanted = {(wish.asker, wish.asked) for wish in event.wishes}
    asked = [(rank, need) for rank, firm in enumerate(event.firms) for need in firm.needs]
    best: dict[tuple[int, int], Wish] = {}
    for place, (asker, need) in enumerate(asked):
        others = frozenset(siret for siret, rank in known.items() if rank != asker)
        found = (
            search_suppliers(register, need, filters=Filters(only=others), limit=MOST_FOR_A_NEED).candidates
            if others
            else ()
        )
        for rank, candidate in enumerate(found, start=1):
            firm = known.get(candidate.siret, known.get(candidate.siret[:9]))
            if firm is None or (asker, firm) in wanted:
                continue
            score = 1.0 / (1.0 + math.exp(-candidate.score))
            wish = Wish(asker, firm, rank, Origin.PROPOSED, score=score, why=need)
            if (asker, firm) not in best or score > best[asker, firm].score:
                best[asker, firm] = wish
        progress((place + 1) / len(asked))
    return replace(event, wishes=(*event.wishes, *best.values())), len(best)
