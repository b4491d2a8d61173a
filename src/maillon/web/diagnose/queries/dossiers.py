"""The dossier of a stored version, as the library makes it of files, and as pages show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from maillon.web.diagnose.queries.marks import Marks
from maillon.web.follow.queries.projects import site_of
from maillon.web.intake.models import PRICE_FIELDS, Version
from maillon.web.intake.queries.boms import bom_of, ledger_of

if TYPE_CHECKING:
    from maillon.core.bom import Bom
    from maillon.dossier import Dossier

#: What the page takes of the report's view; the rest is the report's own.
SHOWN = (
    "name", "date", "lead", "findings", "actions", "bars", "unweighed", "indices", "territories", "evidence",
    "has_estimate", "priced", "pareto", "abroad", "questions", "flows", "suppliers", "map", "told", "dearest",
    "label", "assumptions",
)  # fmt: skip


def behind_lines(version: Version) -> dict[int, list[int]] | None:
    """Return the stored lines behind each line of the dossier; None where they are the same."""
    from maillon.intake.join import purchases_behind  # noqa: PLC0415 - the engine loads in the worker only

    ledger = ledger_of(version)
    return None if ledger is None else purchases_behind(ledger)


def material_of(version: Version, *, prices: bool = True) -> tuple[Bom, bool]:
    """Return the lines of a version as the method reads them, and whether they are purchases.

    Without ``prices`` the amounts are unknown, so that nothing computed from the lines tells one.
    """
    import polars as pl  # noqa: PLC0415 - the engine loads in the worker only

    from maillon.intake.join import join_sources  # noqa: PLC0415 - as above
    from maillon.intake.sites import locate_sites  # noqa: PLC0415 - as above
    from maillon.pipeline import assign_families  # noqa: PLC0415 - as above

    ledger = ledger_of(version)
    joined = join_sources(bom_of(version) if ledger is None else None, [] if ledger is None else [ledger])
    bom = assign_families(locate_sites(joined.bom))
    if not prices:
        hidden = [pl.lit(None, bom.lines.schema[name]).alias(name) for name in sorted(PRICE_FIELDS)]
        bom = replace(bom, lines=bom.lines.with_columns(hidden))
    return bom, ledger is not None


def dossier_of(version: Version, *, prices: bool = True) -> Dossier:
    """Return the dossier of a version: its lines diagnosed around the firm's site."""
    from maillon import __version__  # noqa: PLC0415 - as above
    from maillon.dossier import Dossier  # noqa: PLC0415 - as above
    from maillon.method.diagnose import DiagnoseAssumptions, diagnose_bom  # noqa: PLC0415 - as above
    from maillon.pipeline import Request, split_variants, territories_of  # noqa: PLC0415 - as above

    bom, bought = material_of(version, prices=prices)
    site = site_of(version.project)
    around = territories_of(Request(site=site))
    assumptions = DiagnoseAssumptions(site=site)
    diagnosis, *variants = (
        replace(diagnose_bom(part, territories=around, assumptions=assumptions), ledger=bought)
        for part in (bom, *split_variants(bom))
    )
    return Dossier(
        name=version.project.name,
        readings=(),
        bom=bom,
        diagnosis=diagnosis,
        doubts=(),
        version=__version__,
        seed=0,
        date=timezone.localdate(),
        site=site,
        variants=tuple(variants),
    )


def shown_of(dossier: Dossier, marks: Marks) -> dict[str, dict[str, Any]]:
    """Return what the page shows, by language, as plain data; ``marks`` learns the lines of each mark."""
    from maillon.report.view import prepare  # noqa: PLC0415 - as above

    views = {language: prepare(dossier, language, marks.lead) for language in ("fr", "en")}
    return {
        language: {name: _plain(view[name]) for name in SHOWN if name in view}
        for language, view in views.items()
    }


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)
