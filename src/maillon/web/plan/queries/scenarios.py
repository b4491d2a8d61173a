"""The plans of a project."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from maillon.web.follow.models import Project
from maillon.web.plan.models import PlanScenario


def plans_of(project: Project) -> QuerySet[PlanScenario]:
    """Return the scenarios of a project, newest first, with their summaries only."""
    kept: QuerySet[PlanScenario] = PlanScenario.objects.filter(project=project)
    return kept.select_related("made_by", "job", "version").defer("problem", "outcome")


def plan_of(project: Project, pk: UUID) -> PlanScenario:
    """Return one scenario of a project; 404 otherwise."""
    kept = PlanScenario.objects.filter(project=project).select_related("job", "made_by", "version")
    found: PlanScenario = get_object_or_404(kept.prefetch_related("questions"), pk=pk)
    return found
