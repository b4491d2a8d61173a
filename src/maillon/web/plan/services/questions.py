"""Asking why a supplier is not in a plan, and keeping the answer."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from maillon.web.jobs.models import Job
from maillon.web.jobs.services.run import start_job
from maillon.web.people.viewer import Viewer
from maillon.web.plan.models import PlanScenario, WhyNotAnswer

KIND = "plan_why_not"


@transaction.atomic
def ask_why_not(scenario: PlanScenario, part: str, supplier: str, viewer: Viewer) -> Job:
    """Start the search for an answer; the same question is asked once."""
    question, _new = WhyNotAnswer.objects.get_or_create(
        organisation_id=scenario.organisation_id, scenario=scenario, part=part, supplier=supplier
    )
    return start_job(KIND, scenario.organisation_id, viewer.user, str(question.pk), question=str(question.pk))


def keep_answer(question: WhyNotAnswer, answer: dict[str, Any]) -> None:
    """Write an answer."""
    question.answer = answer
    question.save(update_fields=["answer"])
