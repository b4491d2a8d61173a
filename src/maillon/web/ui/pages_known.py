"""Pages that one may go to by typing their name: those of the application, and one's own projects."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillon.web.follow.models import Project
from maillon.web.people.viewer import Viewer

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: Projects suggested at most.
SHOWN = 6
OPEN: dict[str, _StrPromise] = {
    "home": gettext_lazy("Home"),
    "search:search": gettext_lazy("Suppliers"),
    "people:privacy": gettext_lazy("Who sees what"),
    "accessibility": gettext_lazy("Accessibility"),
    "sources": gettext_lazy("Data and sources"),
}
SIGNED_IN: dict[str, _StrPromise] = {
    "follow:projects": gettext_lazy("Projects"),
    "follow:due": gettext_lazy("What is due"),
    "follow:new": gettext_lazy("New project"),
    "jobs:list": gettext_lazy("Long work"),
    "people:people": gettext_lazy("People and access"),
    "mfa_index": gettext_lazy("Second factor"),
    "account_change_password": gettext_lazy("Change my password"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One place to go to."""

    label: str
    what: str
    url: str


def places_named(text: str, viewer: Viewer) -> list[Hit]:
    """Return the projects and pages whose name holds ``text``; one query, none for a stranger."""
    if not text.strip():
        return []
    if viewer.user is None:
        return list(_pages(text, OPEN))
    named = Q(name__icontains=text) | Q(organisation__name__icontains=text)
    projects = Project.objects.visible_to(viewer).filter(named, closed_at=None).select_related("organisation")
    hits = [
        Hit(project.name, str(project.organisation), reverse("follow:project", args=[project.pk]))
        for project in projects[:SHOWN]
    ]
    return [*hits, *_pages(text, OPEN | SIGNED_IN)]


def _pages(text: str, names: dict[str, _StrPromise]) -> list[Hit]:
    wanted, found = _plain(text), []
    for name, label in names.items():
        if wanted in _plain(str(label)):
            try:
                found.append(Hit(str(label), _("page"), reverse(name)))
            except NoReverseMatch:
                continue  # an installation without this page
    return found


def _plain(text: str) -> str:
    """Return ``text`` without case and accents: people type “depenses”."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).strip()
