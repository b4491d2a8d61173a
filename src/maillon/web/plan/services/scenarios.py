"""Asking for a plan, keeping what the search finds, naming and removing scenarios."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from maillon.web.cost.models import CostScenario
from maillon.web.follow.models import Project
from maillon.web.intake.models import Version
from maillon.web.jobs.models import Job
from maillon.web.jobs.services.run import start_job
from maillon.web.journal.services.record import record
from maillon.web.people.viewer import Viewer
from maillon.web.plan.models import PlanScenario

KIND = "plan"


@transaction.atomic
def ask_plan(project: Project, version: Version, viewer: Viewer, wishes: dict[str, Any]) -> PlanScenario:
    """Return the scenario of a request, its search started; the same request is searched once."""
    today = timezone.localdate()
    scenario, _new = PlanScenario.objects.get_or_create(
        project=project,
        key=_key(version, wishes, today.isoformat()),
        defaults={
            "organisation_id": project.organisation_id,
            "version": version,
            "revision": version.revision,
            "today": today,
            "name": wishes.get("name", ""),
            "wishes": wishes,
            "made_by_id": viewer.user,
        },
    )
    if scenario.outcome is None:
        restart(scenario, viewer)
    return scenario


def restart(scenario: PlanScenario, viewer: Viewer) -> Job:
    """Start, or start again, the search of a scenario that has found nothing yet."""
    job = start_job(KIND, scenario.organisation_id, viewer.user, str(scenario.pk), scenario=str(scenario.pk))
    PlanScenario.objects.filter(pk=scenario.pk).update(job=job, stop_asked=False)
    return job


def _key(version: Version, wishes: dict[str, Any], today: str) -> str:
    """Return what makes a request the same: its rules, the lines, and the local sources chosen for it."""
    chosen = CostScenario.objects.filter(project_id=version.project_id, in_plan=True)
    sources = sorted(f"{pk}" for pk in chosen.values_list("pk", flat=True))
    rules = {name: value for name, value in wishes.items() if name != "name"}
    asked = json.dumps([str(version.pk), version.revision, rules, today, sources], sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()


def show_progress(scenario: UUID, live: dict[str, Any]) -> bool:
    """Write how good the best plan so far is; return whether the reader has seen enough."""
    PlanScenario.objects.filter(pk=scenario).update(live=live)
    return PlanScenario.objects.filter(pk=scenario, stop_asked=True).exists()


@transaction.atomic
def keep_outcome(
    scenario: PlanScenario, problem: dict[str, Any], outcome: dict[str, Any], user: UUID | None
) -> None:
    """Write what the search found."""
    scenario.problem, scenario.outcome, scenario.live = problem, outcome, {}
    scenario.summary = summary_of(outcome)
    scenario.save(update_fields=["problem", "outcome", "summary", "live"])
    record("plan_computed", scenario.organisation_id, user, scenario, status=outcome["plan"]["status"])


def summary_of(outcome: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of an outcome that a list of plans shows."""
    plan, today = outcome["plan"], outcome["today"]
    cost = plan["objective"]
    return {
        "status": plan["status"],
        "gap": outcome["gap"],
        "cost": cost,
        "cost_share": cost / today["cost"] if cost is not None and today["cost"] else None,
        "local_share": plan["local_share"],
        "local_today": today["local_share"],
        "one_off": plan["one_off"],
        "cvar": plan["cvar"],
        "co2": plan["co2"],
        "moved": len(outcome.get("moves", [])),
    }


def stop_search(scenario: PlanScenario) -> None:
    """Ask the search to end with the best plan so far."""
    PlanScenario.objects.filter(pk=scenario.pk, outcome__isnull=True).update(stop_asked=True)


@transaction.atomic
def name_scenario(scenario: PlanScenario, name: str, viewer: Viewer) -> None:
    """Give a scenario a name."""
    PlanScenario.objects.filter(pk=scenario.pk).update(name=name)
    record("plan_named", scenario.organisation_id, viewer.user, scenario)


@transaction.atomic
def remove_scenario(scenario: PlanScenario, viewer: Viewer) -> None:
    """Delete a scenario with its questions."""
    record("plan_removed", scenario.organisation_id, viewer.user, scenario)
    scenario.delete()
