"""What a version gives to costs and plan: its bill of materials with families, and its diagnosis."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from maillon.web.follow.queries.projects import site_of
from maillon.web.intake.models import Version
from maillon.web.intake.queries.boms import bom_of, ledger_of

if TYPE_CHECKING:
    from maillon.core.bom import Bom
    from maillon.method.diagnose import Diagnosis


def material_of(version: Version) -> tuple[Bom, Diagnosis]:
    """Return the lines of a version as the method reads them, and their diagnosis.

    The same steps as ``pipeline.run`` makes of files: purchases become a flat bill of materials, sites are
    located, families read.
    """
    from maillon.intake.join import join_sources  # noqa: PLC0415 - polars loads only in the worker
    from maillon.intake.sites import locate_sites  # noqa: PLC0415 - as above
    from maillon.method.diagnose import DiagnoseAssumptions, diagnose_bom  # noqa: PLC0415 - as above
    from maillon.pipeline import Request, assign_families, territories_of  # noqa: PLC0415 - as above

    ledger = ledger_of(version)
    joined = join_sources(bom_of(version) if ledger is None else None, [] if ledger is None else [ledger])
    bom, site = assign_families(locate_sites(joined.bom)), site_of(version.project)
    diagnosis = diagnose_bom(
        bom, territories=territories_of(Request(site=site)), assumptions=DiagnoseAssumptions(site=site)
    )
    return bom, replace(diagnosis, ledger=ledger is not None)
