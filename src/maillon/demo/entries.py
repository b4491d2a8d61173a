"""An accounting entry: postings that add up to nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Posting:
    """One row of an entry: ``amount`` in euro, positive for a debit, negative for a credit."""

    account: str
    account_label: str
    amount: float
    party: str = ""
    party_label: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a journal; ``ValueError`` unless its postings balance to the cent."""

    journal: str
    journal_label: str
    date: dt.date
    piece: str
    label: str
    postings: tuple[Posting, ...]

    def __post_init__(self) -> None:
        """Refuse what no accountant would enter."""
        if round(sum(posting.amount for posting in self.postings), 2):
            raise ValueError(f"unbalanced entry {self.piece}: {self.postings}")
