"""The long work of this step: the search for a plan, and why a supplier is not in it."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maillon.web.jobs.kinds import Progress, job_kind
from maillon.web.jobs.models import Cancelled, Job
from maillon.web.people.rights import Right
from maillon.web.plan.answering import Listener, answer_plan
from maillon.web.plan.models import PlanScenario, WhyNotAnswer
from maillon.web.plan.queries.material import choices_of, names_of
from maillon.web.plan.services.questions import KIND as WHY_NOT
from maillon.web.plan.services.questions import keep_answer
from maillon.web.plan.services.scenarios import KIND, keep_outcome, show_progress
from maillon.web.plan.stored import (
    known,
    plan_from_json,
    problem_from_json,
    problem_to_json,
    reason_to_json,
    rules_of,
)

if TYPE_CHECKING:
    from maillon.method.plan.sourcing import PlanProgress

#: Shares of the work: what there is to choose, the plan, the trade-offs.
_CHOICES, _PLAN = 0.2, 0.5
_EVERY = 0.5


class Watch:
    """Tells the reader how far a search is, and the search whether the reader has seen enough.

    A cancelled job raises in the middle of the solver's own work; it is kept until the solver has ended.
    """

    def __init__(self, scenario: PlanScenario, progress: Progress) -> None:
        self.scenario, self.progress = scenario.pk, progress
        self.limit = scenario.wishes["seconds"]
        self.live: dict[str, float | None] = {}
        self.cancelled, self.enough, self.share = False, False, _CHOICES
        self.last = 0.0

    def heard(self, now: PlanProgress) -> None:
        """Note the best plan so far."""
        self.live = {"objective": known(now.objective), "bound": known(now.bound)}
        done = min(now.seconds / self.limit, 1.0)
        self.share = max(self.share, _CHOICES + (_PLAN - _CHOICES) * done)

    def advanced(self, share: float) -> None:
        """Note how many trade-offs are made."""
        self.share = max(self.share, _PLAN + (0.95 - _PLAN) * share)

    def stopped(self) -> bool:
        """Tell the reader, twice a second, and hear whether to stop."""
        if time.monotonic() - self.last >= _EVERY and not self.cancelled:
            self.last = time.monotonic()
            self.enough = show_progress(self.scenario, self.live)
            try:
                self.progress(self.share)
            except Cancelled:
                self.cancelled = True
        return self.cancelled or self.enough


@job_kind(KIND, _("Sourcing plan"), Right.RESULTS_WRITE)
def make_plan(job: Job, progress: Progress) -> str:
    """Search a plan for what a scenario asks; its best so far is kept when the reader has seen enough."""
    scenario = PlanScenario.objects.select_related("version__project").get(pk=job.params["scenario"])
    rules = rules_of(scenario.wishes)
    problem, makers = choices_of(
        scenario.version,
        scenario.wishes.get("per_year"),
        scenario.today,
        lambda share: progress(_CHOICES * share),
    )
    watch = Watch(scenario, progress)
    outcome = answer_plan(
        problem, rules, scenario.wishes, Listener(watch.heard, watch.advanced, watch.stopped)
    )
    if watch.cancelled:
        raise Cancelled
    stored = problem_to_json(problem) | {"names": names_of(problem, makers)}
    keep_outcome(scenario, stored, outcome, job.started_by_id)
    return reverse("plan:plan", args=[scenario.project_id, scenario.pk])


@job_kind(WHY_NOT, _("Why not this supplier?"), Right.RESULTS_WRITE)
def answer_why_not(job: Job, progress: Progress) -> str:
    """Plan again with the supplier taken, and say what that would change."""
    from maillon.method.plan.sourcing.why_not import explain_absence  # noqa: PLC0415 - solvers only in the worker

    question = WhyNotAnswer.objects.select_related("scenario").get(pk=job.params["question"])
    scenario = question.scenario
    progress(0.1)
    found = explain_absence(
        problem_from_json(scenario.problem),
        rules_of(scenario.wishes),
        plan_from_json(scenario.outcome["plan"]),
        question.supplier,
        question.part or None,
    )
    cut = None if math.isnan(found.price_cut) else found.price_cut
    keep_answer(
        question,
        {
            "cost": known(found.cost),
            "least_cost": known(found.least_cost),
            "price_cut": cut,
            "proven": found.proven,
            "shares": [list(pair) for pair in found.shares],
            "reasons": [reason_to_json(one) for one in found.reasons],
        },
    )
    return reverse("plan:plan", args=[scenario.project_id, scenario.pk]) + "#why"
