"""What a designation is classified as."""

from __future__ import annotations

from dataclasses import dataclass

from maillon.core.reason import Reason


@dataclass(frozen=True, slots=True)
class CodeShare:
    """A code, and the probability that an expert would accept it for the designation."""

    code: str
    probability: float


@dataclass(frozen=True, slots=True)
class Classification:
    """The codes of one designation, each list best first.

    ``processes`` are codes of processes. ``naf`` holds one entry a class of NAF rev. 2, as its sub-class
    (``28.15Z``) where that is sure enough and as the class (``25.62``) otherwise; ``naf_2025`` the classes of
    NAF 2025. ``cpa`` holds CPA classes (4 digits), or subcategories (6 digits) where the user has imported a
    table. ``cn`` holds one entry a heading, of 8, 6 or 4 digits: as fine as is sure enough. A list is empty
    where nothing reaches the cutoff: the product abstains.

    ``cn_reasons`` and ``naf_reasons`` say what the first heading and the first class rest on; their weights
    are log-odds and sum to the score of the code before it is turned into a probability.
    """

    text: str
    processes: tuple[CodeShare, ...] = ()
    naf: tuple[CodeShare, ...] = ()
    cpa: tuple[CodeShare, ...] = ()
    cn: tuple[CodeShare, ...] = ()
    naf_2025: tuple[CodeShare, ...] = ()
    cn_reasons: tuple[Reason, ...] = ()
    naf_reasons: tuple[Reason, ...] = ()

    @property
    def abstains(self) -> bool:
        """Whether no code of goods and no class of activity is proposed."""
        return not (self.cn or self.naf)
