"""The dossier: what the method found for one firm, one result a step. Reports render it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from maillon.core.bom import Bom
from maillon.core.doubt import Doubt
from maillon.core.message import Message
from maillon.core.place import Place
from maillon.intake.grid import SourceFile
from maillon.intake.reading import Reading, RowAccount
from maillon.method.diagnose.results import Diagnosis

if TYPE_CHECKING:
    from maillon.core.estimate import Estimate
    from maillon.core.quotation import Quotation
    from maillon.method.cost import Comparison, Demand, TotalCost
    from maillon.method.plan.sourcing import PlanRules, SourcingPlan, SourcingProblem
    from maillon.method.search import BatchResult, Candidate


@dataclass(frozen=True, slots=True)
class LocalSources:
    """Who near the firm could make the parts it buys: one search for each distinct need.

    ``lines`` are the numbers of the bought lines that were searched, in the order of ``batch.lines``.
    ``near`` and ``km`` are the place and the travel distance; without them the whole register was searched.
    ``register`` names the snapshot of ``establishments`` firms, ``built`` its day. ``own`` are the SIREN
    numbers of the firm's suppliers that were recognised there. ``invented``: no firm there is real.
    """

    batch: BatchResult
    lines: tuple[int, ...]
    near: Place | None
    km: float | None
    register: str
    built: dt.date
    establishments: int
    own: frozenset[str] = frozenset()
    invented: bool = False


@dataclass(frozen=True, slots=True)
class LineCost:
    """What a bought line made abroad costs in all, against a local source.

    ``spend`` (EUR/year) and ``quantity`` (units/year) are today's. ``comparison`` leaves the local price
    open: it gives the price up to which a local maker is worth it. ``local`` is the total cost at the middle
    of ``local_price``: what a maker who has not quoted may ask, as a multiple of the import's price.
    ``offer`` and ``demand`` are what both were computed from: today's purchase and the need.
    """

    line: int
    designation: str
    supplier: str | None
    country: str
    spend: float
    quantity: float
    comparison: Comparison
    local: TotalCost
    local_price: Estimate
    offer: Quotation
    demand: Demand


@dataclass(frozen=True, slots=True)
class BomCosts:
    """The total cost of the dearest lines made abroad, dearest first; ``left_out`` counts the others.

    ``products_per_year`` multiplies the quantities of one product (null: they are yearly already);
    ``products_assumed`` says that nobody told it.
    """

    lines: tuple[LineCost, ...]
    left_out: int
    products_per_year: float | None
    products_assumed: bool


@dataclass(frozen=True, slots=True, eq=False)
class PlannedSourcing:
    """What to relocate first, to whom: the plan over the costed lines and the candidates of the search.

    Parts are named by the number of their line, suppliers by their name today or by the SIRET of a candidate;
    ``makers`` holds those candidates.
    """

    problem: SourcingProblem
    rules: PlanRules
    plan: SourcingPlan
    makers: Mapping[str, Candidate]


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that is known of one firm's product or purchases.

    ``version``, ``seed`` and ``date`` make the dossier reproducible: the software's version, the seed of
    anything random, and the day of the computation. ``doubts`` gathers those of reading and of joining.
    ``joining`` says how the files were put together, where there are several.
    ``variants`` holds one diagnosis for each further version or variant, to be shown side by side.
    ``local`` holds the suppliers found, where a company register is at hand; ``costs`` what the parts made
    abroad really cost, and ``planned`` the sourcing plan that follows from both.
    """

    name: str
    readings: tuple[Reading, ...]
    bom: Bom
    diagnosis: Diagnosis
    doubts: tuple[Doubt, ...]
    version: str
    seed: int
    date: dt.date
    site: Place | None = None
    variants: tuple[Diagnosis, ...] = ()
    joining: tuple[Message, ...] = ()
    local: LocalSources | None = None
    costs: BomCosts | None = None
    planned: PlannedSourcing | None = None

    @property
    def sources(self) -> tuple[SourceFile, ...]:
        """The files that were read."""
        return tuple(reading.source for reading in self.readings)

    @property
    def accounts(self) -> tuple[tuple[str, str, RowAccount], ...]:
        """File, sheet and row account of every table met."""
        return tuple(
            (reading.source.name, table.sheet, table.rows)
            for reading in self.readings
            for table in reading.tables
        )
