"""The door of every page on lines: the project, the version asked for, what the viewer may do there."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, QueryDict
from django.urls import reverse

from maillon.web.follow.models import Project
from maillon.web.follow.queries.projects import project_for
from maillon.web.intake.models import Version
from maillon.web.intake.queries.versions import current_version, version_for
from maillon.web.people.rights import Right
from maillon.web.people.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Door:
    """A project and one of its versions; ``number`` is the version that the address names, if it does.

    ``base`` is the address of the lines, below which each line has its own.
    """

    project: Project
    version: Version
    number: int | None
    prices: bool
    writes: bool
    base: str

    @property
    def suffix(self) -> str:
        """What keeps an address on this version."""
        return f"?version={self.number}" if self.number is not None else ""


def open_lines(viewer: Viewer, pk: UUID, query: QueryDict, right: Right = Right.BOM) -> Door:
    """Return what a page on lines shows; 404 where the viewer may not, or where there is no version."""
    project = project_for(viewer, pk, right)
    text = query.get("version", "")
    if text and not (text.isdecimal() and int(text) < 2**31):
        raise Http404
    number = int(text) if text else None
    version = current_version(project) if number is None else version_for(project, number)
    if version is None:
        raise Http404
    return door_of(viewer, project, version, number)


def door_of(viewer: Viewer, project: Project, version: Version, number: int | None) -> Door:
    """Return the door of a version already found."""
    firm = project.organisation_id
    live = version.state == Version.State.LIVE
    writes = live and viewer.may(Right.BOM_WRITE, firm)
    base = reverse("intake:bom", args=[project.pk])
    return Door(project, version, number, viewer.may(Right.PRICES, firm), writes, base)
