"""The steps of a project as its own page shows them: what there is at each, and which one comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from maillon.web.follow.models import Project
from maillon.web.follow.queries.chain import address_of
from maillon.web.intake.models import Version
from maillon.web.intake.queries.versions import current_version
from maillon.web.people.rights import Right
from maillon.web.people.viewer import Viewer
from maillon.web.ui.templatetags.maillon import figure

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the project's way: what it answers, what is there already, where it is."""

    name: str
    question: _StrPromise
    action: _StrPromise
    right: Right
    #: Whether it makes sense before a file has been imported.
    first: bool = False


STEPS = (
    Step("intake:import", _("What does the firm's file hold?"), _("Bring a file"), Right.UPLOAD, first=True),
    Step("intake:bom", _("Where does each part come from?"), _("See the lines"), Right.BOM),
    Step("intake:vendors", _("Who are the suppliers?"), _("Check the suppliers"), Right.BOM),
    Step("diagnose:diagnosis", _("Where is the firm vulnerable?"), _("See the diagnosis"), Right.RESULTS),
    Step("search:needs", _("Who near here can make it?"), _("Search local suppliers"), Right.RANKING),
    Step("cost:costs", _("What does the import really cost?"), _("Reckon the true cost"), Right.RESULTS),
    Step("plan:plans", _("What to relocate first?"), _("See the plan"), Right.RESULTS),
)
#: The page that a project's stage leads to.
OF_STAGE = {
    "diagnose": "diagnose:diagnosis",
    "search": "search:needs",
    "cost": "cost:costs",
    "plan": "plan:plans",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A step on the page of one project."""

    step: Step
    url: str
    said: str
    next: bool


def steps_of(project: Project, viewer: Viewer) -> list[Shown]:
    """Return the steps that the viewer may open, the next one marked. Two queries at most."""
    held = [step for step in STEPS if viewer.may(step.right, project.organisation_id)]
    version = current_version(project) if viewer.may(Right.RESULTS, project.organisation_id) else None
    following = _next(project, version)
    return [
        Shown(
            step,
            address_of(step.name, project) if step.first or version else "",
            _said(step, version),
            step.name == following,
        )
        for step in held
    ]


def _next(project: Project, version: Version | None) -> str:
    if version is None:
        return "intake:import"
    return OF_STAGE.get(project.stage, "diagnose:diagnosis")


def _said(step: Step, version: Version | None) -> str:
    if version is None or not step.first:
        return ""
    lines = version.lines_count
    return ngettext("%(lines)s line", "%(lines)s lines", lines) % {"lines": figure(lines)}
