"""Step 2 of the method: everything that the bill of materials says about origin and dependence."""

from __future__ import annotations

from collections.abc import Sequence

from maillon.core.bom import Bom
from maillon.core.place import FRANCE, Territory, TerritoryKind
from maillon.core.reason import Reason
from maillon.method.diagnose.assumptions import DEFAULT_ASSUMPTIONS, DiagnoseAssumptions
from maillon.method.diagnose.bought import bought_lines
from maillon.method.diagnose.concentration import concentration_of
from maillon.method.diagnose.costs import CostedBom, as_costed
from maillon.method.diagnose.foreign import foreign_of
from maillon.method.diagnose.local import default_territories, index_shares, local_content
from maillon.method.diagnose.origin_check import check_origin
from maillon.method.diagnose.origins import find_origins
from maillon.method.diagnose.purchases import purchase_table, spend_by_country, spend_by_evidence
from maillon.method.diagnose.questions import smallest_question_set
from maillon.method.diagnose.reasons import counted
from maillon.method.diagnose.results import Diagnosis, Site


def diagnose_bom(
    bom: Bom,
    *,
    territories: Sequence[Territory] | None = None,
    threshold: float = 0.5,
    assumptions: DiagnoseAssumptions = DEFAULT_ASSUMPTIONS,
) -> Diagnosis:
    """Diagnose one bill of materials: local content, indices, concentration, foreign spend, questions.

    ``territories`` default to France, the Union, Europe and the world, with the region and 100 km around
    ``assumptions.site`` where that is given. ``threshold`` is the share that the questions must settle.

    >>> from maillon.core.bom import bom_from
    >>> bom = bom_from({"quantity": [1, 1], "unit_price": [60.0, 40.0], "making_country": ["FR", None]})
    >>> diagnose_bom(bom).questions.decided
    True
    """
    chosen = default_territories(assumptions.site) if territories is None else tuple(territories)
    costed = as_costed(bom, assumptions)
    bought = bought_lines(costed)
    origins = find_origins(costed, Site.MAKING, (FRANCE,))
    purchases = purchase_table(costed, bought, origins)
    return Diagnosis(
        name=bom.name if not bom.version else f"{bom.name} {bom.version}".strip(),
        lines=len(bom),
        bought_lines=len(bought),
        spend=float(purchases["spend"].sum()),
        currency=costed.currency,
        local_content=local_content(costed, chosen, assumptions),
        indices=index_shares(costed, chosen, assumptions),
        purchases=purchases.drop("vendor", "level", "position"),
        by_country=spend_by_country(purchases),
        evidence_spend=spend_by_evidence(purchases),
        concentration=concentration_of(purchases, costed),
        foreign=foreign_of(purchases, costed),
        questions=smallest_question_set(costed, threshold=threshold, territory=_asked(chosen, assumptions)),
        origin_check=check_origin(costed),
        assumptions=_assumptions(costed, int(bought.partly.sum()), chosen),
        territories=chosen,
        annual=costed.annual,
    )


def _asked(territories: Sequence[Territory], assumptions: DiagnoseAssumptions) -> Territory:
    """Return the territory of the questions: home."""
    home = Territory(TerritoryKind.COUNTRY, assumptions.home)
    return next((t for t in territories if t == home), home)


def _assumptions(costed: CostedBom, partly: int, territories: Sequence[Territory]) -> tuple[Reason, ...]:
    """State what the figures rest on: what was assumed, then what the data lacked."""
    taken = costed.assumptions
    least = int(taken.least_evidence)
    weak = costed.items.filter((costed.items["level"] > 0) & (costed.items["level"] < least)).height
    variants = costed.bom.lines["variant"].drop_nulls().n_unique()
    return (
        Reason("bounds_evidence", params={"level": taken.least_evidence.code}),
        Reason("expected_like_known", params={"lines": taken.family_lines}),
        Reason("expected_hidden_below", params={"coverage": taken.least_coverage}),
        Reason("count_by_line"),
        *((Reason("radius_as_the_crow_flies"),) if _has_radius(territories) else ()),
        *counted("weak_evidence", weak),
        *counted("partly_priced", partly),
        *(counted("variants_added", variants) if variants > 1 else ()),
        *costed.reasons,
    )


def _has_radius(territories: Sequence[Territory]) -> bool:
    return any(territory.kind is TerritoryKind.RADIUS for territory in territories)
