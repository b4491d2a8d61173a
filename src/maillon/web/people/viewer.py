"""Who looks: one person with the rights held at this very request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from uuid import UUID

from maillon.web.people.rights import Right


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person and, for each firm, the rights this person has on it now.

    ``firms`` are those the person belongs to, ``offices`` the chamber's offices where he or she advises,
    ``territory`` the départements of these offices, ``regions`` the chambers led as regional manager.
    """

    user: UUID | None = None
    rights: Mapping[UUID, frozenset[Right]] = field(default_factory=lambda: MappingProxyType({}))
    members_of: frozenset[UUID] = frozenset()
    offices: frozenset[UUID] = frozenset()
    territory: frozenset[str] = frozenset()
    regions: frozenset[UUID] = frozenset()
    platform: bool = False
    language: str = field(default="fr", compare=False)

    def may(self, right: Right, organisation: UUID) -> bool:
        """Whether this person holds ``right`` on the data of ``organisation``."""
        return right in self.rights.get(organisation, frozenset())

    def firms(self, right: Right) -> list[UUID]:
        """Return the organisations on whose data this person holds ``right``."""
        return [firm for firm, rights in self.rights.items() if right in rights]

    @property
    def advises(self) -> bool:
        """Whether this person works for a chamber."""
        return bool(self.offices or self.regions)


NOBODY = Viewer()
