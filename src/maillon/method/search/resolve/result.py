"""What the resolution of vendors gives."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from maillon.core.reason import Reason


class Decision(StrEnum):
    """What to do with a vendor: take the establishment, look at the candidates, or none is in the register.

    ``FOREIGN`` vendors are not looked for: a register of France does not hold them.
    """

    ACCEPT = "accept"
    REVIEW = "review"
    NONE = "none"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class VendorCandidate:
    """An establishment that may be the vendor; ``p`` is the probability that its firm is.

    ``reasons`` hold one ``vendor-…`` code a term; their weights sum to the log-odds of this establishment
    against none.
    """

    siret: str
    name: str | None
    commune_name: str | None
    p: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class VendorMatch:
    """One vendor: the decision, the SIRET where one is accepted, its probability, the candidates, why.

    ``town`` is as decisions are filed under, ``address`` as the file states it.
    """

    name: str
    decision: Decision
    siret: str | None
    p: float
    candidates: tuple[VendorCandidate, ...]
    reasons: tuple[Reason, ...]
    spend: float | None = None
    town: str = ""
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """The matches, in the order of the vendors."""

    matches: tuple[VendorMatch, ...]

    def __repr__(self) -> str:
        """Count the decisions."""
        counts = Counter(match.decision for match in self.matches)
        told = ", ".join(f"{counts[decision]} {decision}" for decision in Decision if counts[decision])
        return f"Resolution({told})"

    @property
    def to_review(self) -> tuple[VendorMatch, ...]:
        """The vendors to look at, by falling spend, then name."""
        asked = [match for match in self.matches if match.decision is Decision.REVIEW]
        return tuple(sorted(asked, key=lambda match: (-(match.spend or 0.0), match.name)))
