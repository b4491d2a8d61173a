"""The order of the steps: files → readings → one bill of materials → diagnosis → dossier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from maillon import __version__
from maillon.core.bom import Bom
from maillon.core.errors import InvalidRequest, NoTableFound, RefusedFile
from maillon.core.message import message
from maillon.core.place import EU, EUROPE, FRANCE, WORLD, Place, Territory, TerritoryKind
from maillon.dossier import Dossier, LocalSources
from maillon.intake import read_file
from maillon.intake.join import join_sources
from maillon.intake.join.words import join_message
from maillon.intake.reading import Reading
from maillon.intake.sites import locate_sites
from maillon.method.diagnose import DiagnoseAssumptions, Diagnosis, diagnose_bom
from maillon.method.search import read_designations
from maillon.pipeline.costing import cost_lines
from maillon.pipeline.planning import plan_dossier
from maillon.reference.register import Register

if TYPE_CHECKING:
    from maillon.method.plan.sourcing import PlanRules

Progress = Callable[[float], None]
#: Candidates kept of each need: the first ones are called first, and `maillon search` tells the others.
CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Request:
    """What the firm asks for: its name and site, further territories, a corrected mapping, a seed.

    Where a ``register`` is given, makers of the bought parts are searched in it, within ``km`` of the site.
    ``per_year`` is how many of the product are made in a year, ``budget`` (EUR, once) and ``local_target``
    (0 to 1, share of the spend of the parts planned) bound the sourcing plan.
    """

    name: str = ""
    site: Place | None = None
    territories: tuple[Territory, ...] = ()
    mapping: Mapping[str, object] | None = None
    seed: int = 0
    register: Register | None = None
    km: float = 100.0
    per_year: float | None = None
    budget: float | None = None
    local_target: float | None = None
    today: dt.date = field(default_factory=lambda: dt.datetime.now(dt.UTC).date())


def run(paths: Sequence[Path], request: Request, progress: Progress = lambda share: None) -> Dossier:
    """Read the files of one firm and return its dossier.

    Raises ``RefusedFile`` for a file that cannot be read safely and ``NoTableFound`` when no file holds parts
    or purchases. ``progress`` is called with the share of the work done, 0 to 1.
    """
    check_request(request)
    readings = read_sources(paths, request.mapping, lambda share: progress(0.6 * share))
    joined = join_sources(_only_bom(readings), [r.ledger for r in readings if r.ledger is not None])
    progress(0.7)
    bom = assign_families(locate_sites(joined.bom))
    progress(0.8)
    territories = territories_of(request)
    assumptions = DiagnoseAssumptions(site=request.site)
    bought = all(reading.bom is None for reading in readings)
    diagnosis, *variants = (
        replace(diagnose_bom(part, territories=territories, assumptions=assumptions), ledger=bought)
        for part in (bom, *split_variants(bom))
    )
    progress(0.85)
    local = search_sources(bom, diagnosis, request, lambda share: progress(0.85 + 0.05 * share))
    costs = cost_lines(
        bom,
        diagnosis,
        per_year=request.per_year,
        today=request.today,
        progress=lambda share: progress(0.9 + 0.05 * share),
    )
    planned = None if costs is None else plan_dossier(costs, local, diagnosis, rules_of(request))
    progress(1.0)
    doubts = tuple(doubt for reading in readings for doubt in reading.doubts) + joined.doubts
    return Dossier(
        name=request.name or bom.name or Path(paths[0]).stem,
        readings=tuple(readings),
        bom=bom,
        diagnosis=diagnosis,
        doubts=doubts,
        version=__version__,
        seed=request.seed,
        date=request.today,
        site=request.site,
        variants=tuple(variants),
        joining=tuple(join_message(reason) for reason in joined.reasons),
        local=local,
        costs=costs,
        planned=planned,
    )


def check_request(request: Request) -> None:
    """Raise ``InvalidRequest`` for a figure that makes no sense, before anything is read."""
    if request.per_year is not None and not (isfinite(request.per_year) and request.per_year > 0):
        raise InvalidRequest(message("The products made in a year must be above zero."))
    rules_of(request)


def rules_of(request: Request) -> PlanRules:
    """Return the rules of the sourcing plan that the request asks for."""
    from maillon.method.plan.sourcing import PlanRules  # noqa: PLC0415 - loads with the plan, where one is made

    return PlanRules(budget=request.budget, local_target=request.local_target)


def read_sources(
    paths: Sequence[Path],
    mapping: Mapping[str, object] | None = None,
    progress: Progress = lambda share: None,
) -> list[Reading]:
    """Read each file (or folder of invoices); at least one must hold parts or purchases."""
    if not paths:
        raise InvalidRequest(
            message("No file was given."), message("Name a spreadsheet, an FEC or invoices.")
        )
    readings = [
        _read_named(path, mapping, _part(progress, place, len(paths))) for place, path in enumerate(paths)
    ]
    if all(reading.bom is None and reading.ledger is None for reading in readings):
        names = ", ".join(reading.source.name for reading in readings)
        raise NoTableFound(
            message("No parts and no purchases were found in {names}.", names=names),
            message("Check with `maillon intake` what was understood, and correct the columns."),
        )
    return readings


def _read_named(path: Path, mapping: Mapping[str, object] | None, progress: Progress) -> Reading:
    """Read one file; a refusal says which of the files it is about."""
    try:
        return read_file(path, mapping=mapping, progress=progress)
    except RefusedFile as error:
        raise RefusedFile(message("{file}: {what}", file=path.name, what=error.what), error.hint) from error


def _part(progress: Progress, place: int, of: int) -> Progress:
    """Return the progress of the ``place``-th of ``of`` equal pieces of work."""
    return lambda share: progress((place + share) / of)


def _only_bom(readings: Sequence[Reading]) -> Bom | None:
    boms = [reading.bom for reading in readings if reading.bom is not None]
    if len(boms) > 1:
        raise InvalidRequest(
            message("{n} files hold a bill of materials.", n=len(boms)),
            message(
                "Give one bill of materials and its ledgers; "
                "compare two with `maillon diagnose A --against B`."
            ),
        )
    return boms[0] if boms else None


def assign_families(bom: Bom) -> Bom:
    """Return the lines with the purchase family read from each designation, where one is likely enough."""
    families = read_designations(bom.lines["designation"])["family"]
    return replace(bom, lines=bom.lines.with_columns(family=pl.coalesce("family", families)))


def territories_of(request: Request) -> tuple[Territory, ...]:
    """Return the territories to measure: 100 km and region where the site is known, then wider ones."""
    site = request.site
    near: list[Territory] = []
    if site is not None and site.lat is not None and site.lon is not None:
        near.append(Territory(TerritoryKind.RADIUS, site.commune or "", site.lat, site.lon, 100.0))
    if site is not None and site.region is not None:
        near.append(Territory(TerritoryKind.REGION, site.region))
    wanted = [*request.territories, *near, FRANCE, EU, EUROPE, WORLD]
    return tuple({territory.key: territory for territory in wanted}.values())


def search_sources(
    bom: Bom, diagnosis: Diagnosis, request: Request, progress: Progress = lambda share: None
) -> LocalSources | None:
    """Return who could make each bought part near the firm's site; None where no register is given."""
    register, site = request.register, request.site
    if register is None:
        return None
    from maillon.method.search import search_batch  # noqa: PLC0415 - the engine loads only where it searches

    km = request.km if site is not None and site.lat is not None else None
    named = diagnosis.purchases.drop_nulls("designation")
    batch = search_batch(
        register, named["designation"].to_list(), site, km, limit=CANDIDATES, progress=progress
    )
    return LocalSources(
        own=own_suppliers(register, bom),
        batch=batch,
        lines=tuple(named["line"].to_list()),
        near=site,
        km=km,
        register=register.manifest.name,
        built=dt.date.fromisoformat(register.manifest.created[:10]),
        establishments=register.rows,
        invented=register.manifest.invented,
    )


def own_suppliers(register: Register, bom: Bom) -> frozenset[str]:
    """Return the SIREN numbers of the suppliers of a bill of materials that the register knows for sure."""
    from maillon.method.search import resolve_vendors  # noqa: PLC0415 - compares names only where there are some

    named = bom.lines.drop_nulls("supplier").select(
        name="supplier", vat="supplier_id", city="supplier_site", country="supplier_country"
    )
    found = resolve_vendors(register, named.unique(maintain_order=True))
    return frozenset(match.siret[:9] for match in found.matches if match.siret)


def split_variants(bom: Bom) -> list[Bom]:
    """Return one bill of materials for each variant, none when the file holds a single one.

    Lines without a variant belong to every one of them.
    """
    names = bom.lines["variant"].drop_nulls().unique(maintain_order=True).to_list()
    if len(names) < 2:
        return []
    own = pl.col("variant").is_null()
    return [Bom(bom.lines.filter(own | (pl.col("variant") == name)), bom.name, name) for name in names]


def diagnose_files(
    paths: Sequence[Path], request: Request, progress: Progress = lambda share: None
) -> Diagnosis:
    """Return the diagnosis alone, for commands that need no dossier."""
    return run(paths, request, progress).diagnosis
