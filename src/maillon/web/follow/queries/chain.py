"""The chain of the method as a project's pages show it: what is done, where one is, where one may go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse

from maillon.web.follow.models import Project, Stage

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: The first page of each step that has pages; the others are shown without a link.
PAGES = {
    Stage.DIAGNOSE: "diagnose:diagnosis",
    Stage.SEARCH: "search:needs",
    Stage.COST: "cost:costs",
    Stage.PLAN: "plan:plans",
}


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain."""

    number: int
    label: _StrPromise
    url: str
    here: bool
    done: bool


def chain_of(project: Project, here: Stage) -> list[Link]:
    """Return the nine links; those before the project's own stage are done."""
    reached = Stage.values.index(project.stage)
    return [
        Link(
            number,
            stage.label,
            address_of(PAGES[stage], project) if stage in PAGES else "",
            stage is here,
            number < reached,
        )
        for number, stage in enumerate(Stage)
    ]


def address_of(name: str, project: Project) -> str:
    """Return the address of a step's page, empty where this installation has no such page."""
    try:
        return reverse(name, args=[project.pk])
    except NoReverseMatch:
        return ""
