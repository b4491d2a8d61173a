"""Keeping, choosing and removing scenarios and quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from maillon.web.cost.cases import Case, compare_case, figures_of
from maillon.web.cost.models import CostScenario
from maillon.web.follow.models import Project
from maillon.web.journal.services.record import record
from maillon.web.people.viewer import Viewer

if TYPE_CHECKING:
    from maillon.method.cost import Comparison


@transaction.atomic
def keep_scenario(
    project: Project, line: int, name: str, case: Case, viewer: Viewer, found: Comparison | None = None
) -> CostScenario:
    """Write a scenario under its name; one of that name is replaced."""
    scenario, _new = CostScenario.objects.update_or_create(
        project=project,
        line=line,
        name=name,
        defaults={
            "organisation_id": project.organisation_id,
            "case": case.to_json(),
            "figures": figures_of(found or compare_case(case)),
            "made_by_id": viewer.user,
        },
    )
    record("cost_scenario_kept", project.organisation_id, viewer.user, scenario)
    return scenario


@transaction.atomic
def choose_for_plan(scenario: CostScenario, viewer: Viewer) -> None:
    """Let the plan take this scenario's local source for its line, or, if it does already, no longer."""
    chosen = not scenario.in_plan
    same = CostScenario.objects.filter(project_id=scenario.project_id, line=scenario.line)
    same.update(in_plan=False)
    same.filter(pk=scenario.pk).update(in_plan=chosen)
    record("cost_scenario_chosen", scenario.organisation_id, viewer.user, scenario, chosen=chosen)


@transaction.atomic
def remove_scenario(scenario: CostScenario, viewer: Viewer) -> None:
    """Delete a scenario."""
    record("cost_scenario_removed", scenario.organisation_id, viewer.user, scenario)
    scenario.delete()
