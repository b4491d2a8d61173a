"""What the files tell of the bought lines, and what each piece of information would open."""

from __future__ import annotations

from dataclasses import dataclass

from maillon.core.message import Message, message
from maillon.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Told:
    """One piece of information: for how many bought lines it is known, and what it serves."""

    what: Message
    serves: Message
    known: int
    of: int


def what_is_told(dossier: Dossier) -> list[Told]:
    """Return how complete the files are over the bought lines, in the order of use to the method."""
    bought = dossier.diagnosis.purchases
    if bought.is_empty():
        return []
    lines = bought.select("line", "spend", "supplier", "country", "family").join(
        dossier.bom.lines.select("line", "mass", "supplier_country"), on="line", how="left"
    )
    return [
        Told(what, serves, lines.height - lines[column].null_count(), lines.height)
        for column, what, serves in _PIECES
    ]


_PIECES: tuple[tuple[str, Message, Message], ...] = (
    ("spend", message("Price"), message("opens the shares by value")),
    ("supplier", message("Supplier"), message("says whom to ask")),
    ("supplier_country", message("Supplier’s country"), message("opens the index by supplier’s site")),
    ("country", message("Country of making"), message("narrows every interval")),
    ("mass", message("Mass"), message("opens the share by mass")),
    ("family", message("Purchase family"), message("read from the designation, leads to makers")),
)
