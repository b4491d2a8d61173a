"""Trades: what a designation orders when it names a process rather than a part (``trades.csv``).

"Soudure du socle" orders welding, "embase fonderie" a casting, whatever else the word for the part may mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from maillon.reference.classifications.processes import find_process
from maillon.reference.classifications.processes.sheet import read_rows, sheet_path

PACKAGE = "maillon.reference.classifications.lexicon"
# French names of actions: usinage, soudure, rectification, fonderie, grenaillage, découpe, trempe.
_ACTION = re.compile(r"(?:age|tion|sion|ure|erie|coupe|trempe)$")
# Words for a workshop, which say what makes the part even where its noun is no such part elsewhere.
_WORKSHOP = re.compile(r"(?:fonderie|tolerie|chaudronnerie|usinage|forge|foundry)$|mecano ?-?soude")


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade: the noun of its ``service``, and the ``family`` of its parts (None for treatments)."""

    service: str
    family: str | None


@cache
def _trades() -> dict[str, Trade]:
    rows = read_rows(sheet_path(PACKAGE, "trades.csv"))
    return {row["group"]: Trade(row["service"], row["family"] or None) for row in rows}


def all_trades() -> dict[str, Trade]:
    """Return group of processes → trade."""
    return dict(_trades())


@cache
def trade_of(process: str) -> Trade | None:
    """Return the trade of a process, if it is one that takes orders for parts or work.

    >>> trade_of("milling").service, trade_of("sensor-manufacture")
    ('machining service', None)
    """
    return _trades().get(find_process(process).group)


@cache
def names_action(key: str) -> bool:
    """Whether the key of a French word names an action (``soudure``), not a state (``soudé``).

    >>> names_action("soudure"), names_action("soude")
    (True, False)
    """
    return _ACTION.search(key) is not None


@cache
def names_workshop(folded: str) -> bool:
    """Whether a folded text names the workshop that makes a part.

    >>> names_workshop("fonderie"), names_workshop("mecano-soude"), names_workshop("soude")
    (True, True, False)
    """
    return _WORKSHOP.search(folded) is not None
