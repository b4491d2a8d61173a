"""Asking for the costs of a version, and keeping what came out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from maillon.web.cost.cases import case_of, figures_of
from maillon.web.cost.models import CostLine, CostRun
from maillon.web.follow.models import Project
from maillon.web.intake.models import Version
from maillon.web.jobs.models import Job
from maillon.web.jobs.services.run import start_job
from maillon.web.journal.services.record import record
from maillon.web.people.viewer import Viewer

if TYPE_CHECKING:
    import datetime as dt
    from uuid import UUID

    from maillon.dossier import BomCosts

KIND = "cost"


def ask_costs(project: Project, version: Version, viewer: Viewer, per_year: float | None) -> Job:
    """Start the costing of a version; the same lines on the same day are costed once."""
    today = timezone.localdate().isoformat()
    key = f"{version.pk}:{version.revision}:{per_year or ''}:{today}"
    return start_job(
        KIND, project.organisation_id, viewer.user, key,
        version=str(version.pk), per_year=per_year, today=today,
    )  # fmt: skip


@transaction.atomic
def keep_costs(version: Version, costs: BomCosts | None, today: dt.date, user: UUID | None) -> CostRun:
    """Write a run with its lines. ``costs`` is None where nothing is made abroad with a price."""
    run = CostRun.objects.create(
        organisation_id=version.organisation_id,
        project_id=version.project_id,
        version=version,
        revision=version.revision,
        today=today,
        products_per_year=costs.products_per_year if costs else None,
        products_assumed=bool(costs and costs.products_assumed),
        left_out=costs.left_out if costs else 0,
        made_by_id=user,
    )
    CostLine.objects.bulk_create(
        CostLine(
            organisation_id=run.organisation_id,
            run=run,
            line=one.line,
            designation=one.designation,
            supplier=one.supplier,
            country=one.country,
            spend=one.spend,
            margin=one.comparison.margin.mid,
            case=case_of(one).to_json(),
            figures=figures_of(one.comparison),
        )
        for one in (costs.lines if costs else ())
    )
    record("costs_computed", run.organisation_id, user, run, lines=len(costs.lines) if costs else 0)
    return run
