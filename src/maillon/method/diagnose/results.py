"""What a diagnosis says: frozen results, read by reports, commands and the web alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from maillon.core.place import Territory
from maillon.core.reason import Reason


class Basis(StrEnum):
    """On what the local share is measured."""

    VALUE_ADDED = "value_added"  # sub-assemblies opened: each step's own value where it is made
    ORIGIN_VALUE = "origin_value"  # each bought part counts whole, by its origin
    COUNT = "count"  # bought lines
    MASS = "mass"  # kg of bought parts


class Site(StrEnum):
    """Which site decides: whom one pays, or where it is made."""

    SUPPLIER = "supplier"
    MAKING = "making"


@dataclass(frozen=True, slots=True)
class Share:
    """A local share: exact bounds, a central estimate, and how much of the total is documented.

    All four are shares between 0 and 1 of ``total`` (in ``unit``). ``min`` and ``max`` are None when there is
    nothing to divide by. ``expected`` is None below the coverage at which its assumption would mislead.
    ``left_out`` counts the lines that the basis cannot weigh (no price, no mass).
    """

    min: float | None
    expected: float | None
    max: float | None
    coverage: float
    total: float
    unit: str
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Concentration:
    """How the spend is spread over suppliers: HHI between 0 and 1, and its inverse, the effective number.

    ``hhi`` is over the spend with known suppliers, ``normalised`` puts it between 0 and 1 whatever their
    number (None for fewer than two); ``hhi_low`` and ``hhi_high`` bound it over all the spend.
    ``critical_lines`` are single sources that weigh and are not established as made at home, heaviest first.
    """

    hhi: float
    effective_suppliers: float
    suppliers: int
    spend: float
    currency: str
    top: tuple[tuple[str, float], ...]  # supplier, share of spend; largest first
    single_source_lines: int
    single_source_spend: float
    unknown_supplier_spend: float
    normalised: float | None = None
    hhi_low: float = 0.0
    hhi_high: float = 1.0
    critical_lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignSpend:
    """The lines known to be made abroad, by falling spend, and how many of them hold 80 %."""

    lines: (
        pl.DataFrame
    )  # line, reference, designation, supplier, making_country, evidence, spend, cumulative_share
    vital: int  # how many lines hold 80 % of the foreign spend
    spend: float
    currency: str


@dataclass(frozen=True, slots=True)
class Question:
    """One supplier to ask about the lines whose origin is not established, and what its answer settles."""

    supplier: str
    lines: int
    spend: float  # of these lines
    width: float  # share points of the interval that the answer closes
    line_numbers: tuple[int, ...] = ()  # by falling spend


class Guarantee(StrEnum):
    """What the answers of the suppliers asked must be able to do."""

    EITHER_WAY = "either_way"  # all local: the threshold is reached; all foreign: it cannot be
    EXPECTED = "expected"  # decided if the answers are like what is already known
    WHATEVER = "whatever"  # decided whatever each of them answers


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The smallest set of suppliers whose answers decide whether the share reaches ``threshold``.

    ``guarantee`` says in which sense. ``cost`` is the cost of asking them (their number unless costs are
    given) and ``cost_bound`` a proved lower bound of it. ``unaskable`` is the width, in share points, of the
    lines of unknown origin and unknown supplier. ``whatever`` and ``expected`` are the numbers of suppliers
    that the two other guarantees need (None: out of reach or, for ``expected``, nothing to go by).
    """

    threshold: float
    decided: bool  # already decided without asking anyone
    reachable: bool  # whether asking everyone would decide
    questions: tuple[Question, ...]
    bound: int  # no smaller set can decide (proved lower bound)
    reasons: tuple[Reason, ...] = ()
    guarantee: Guarantee = Guarantee.EITHER_WAY
    cost: float = 0.0
    cost_bound: float = 0.0
    unaskable: float = 0.0
    whatever: int | None = None
    expected: int | None = None


class Verdict(StrEnum):
    """Outcome of a pre-check: never a legal assertion."""

    MET = "met"
    NOT_MET = "not_met"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class OriginCheck:
    """Origine France Garantie pre-check: the computable condition, and the statement a person must make.

    ``excluded_lines`` are logistics, marketing and communication, which do not count. ``statement`` is what a
    person must state and prove for the other condition; ``preparation`` lists what a request for information
    on made in France (IMF) to the customs needs, with what is missing of it.
    """

    unit_cost_share: Share  # share of the ex-works unit cost acquired in France
    verdict: Verdict  # of the 50 % condition alone
    reasons: tuple[Reason, ...]
    evidence_gaps: tuple[int, ...]  # lines without documented evidence, by falling value
    excluded_lines: tuple[int, ...] = ()
    statement: Reason | None = None
    preparation: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything step 2 says about one bill of materials (or one version of it).

    ``local_content`` maps basis → territory key → share, by making site; ``indices`` maps site → territory
    key → share of spend. ``assumptions`` states in reasons what every expected value rests on.
    """

    name: str
    lines: int
    bought_lines: int
    spend: float
    currency: str
    local_content: Mapping[Basis, Mapping[str, Share]]
    indices: Mapping[Site, Mapping[str, Share]]
    purchases: pl.DataFrame  # line, reference, designation, family, supplier, country, evidence, spend
    by_country: pl.DataFrame  # family, country (null: unknown), evidence, spend, lines
    evidence_spend: Mapping[str, float]  # level of evidence → share of spend
    concentration: Concentration
    foreign: ForeignSpend
    questions: QuestionSet
    origin_check: OriginCheck
    assumptions: tuple[Reason, ...]
    territories: tuple[Territory, ...] = ()
    annual: bool = False  # amounts are per year, else for one product
    ledger: bool = False  # amounts are the purchases of the files' period, not those of a product


@dataclass(frozen=True, slots=True)
class ShareChange:
    """One share in two diagnoses. ``least`` and ``most`` bound the change in share points.

    Each side's unknowns are taken as independent, so the bounds hold whatever they are. They are None where
    either side has no share. ``direction`` is 1 or -1 where the change is certain to be a rise or a fall.
    """

    before: Share
    after: Share
    least: float | None
    most: float | None
    direction: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions or variants side by side: each share with its change, spend and concentration."""

    names: tuple[str, str]
    spend: tuple[float, float]
    currencies: tuple[str, str]
    local_content: Mapping[Basis, Mapping[str, ShareChange]]
    indices: Mapping[Site, Mapping[str, ShareChange]]
    hhi: tuple[float, float]
    foreign_spend: tuple[float, float]
    reasons: tuple[Reason, ...] = ()
