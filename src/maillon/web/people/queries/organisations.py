"""Organisations with their people and mandates, for who may see them."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404

from maillon.web.people.models import Mandate, Membership, Organisation
from maillon.web.people.rights import Right
from maillon.web.people.viewer import Viewer

Role = Membership.Role


def organisation_for(viewer: Viewer, pk: UUID) -> Organisation:
    """Return an organisation whose card the viewer may see; 404 whether unknown or forbidden."""
    found: Organisation | None = Organisation.objects.visible_to(viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def mandates_of(viewer: Viewer, organisation: Organisation) -> list[Mandate]:
    """Return a firm's mandates for who may give them, newest first."""
    found = Mandate.objects.visible_to(viewer).filter(organisation=organisation)
    return list(found.select_related("office", "adviser"))


def members_of(viewer: Viewer, organisation: Organisation) -> list[Membership]:
    """Return the people of an organisation, for its own people and, of an office, for its region."""
    found = Membership.objects.visible_to(viewer).filter(organisation=organisation)
    return list(found.select_related("user"))


def may_invite(viewer: Viewer, organisation: Organisation) -> list[Membership.Role]:
    """Return the roles to which the viewer may invite: nobody gives a place above one's own."""
    if viewer.may(Right.MEMBERS, organisation.pk):
        return [Role.MEMBER, Role.OWNER]
    if organisation.kind == Organisation.Kind.CHAMBER:
        leads = organisation.parent_id in viewer.regions
        return [Role.ADVISER] if leads else [Role.MANAGER] if viewer.platform else []
    in_territory = organisation.departement in viewer.territory
    no_owner = not Membership.objects.filter(organisation=organisation, role=Role.OWNER).exists()
    return [Role.OWNER] if in_territory and no_owner else []


def waiting_mandate(viewer: Viewer, organisation: Organisation) -> Mandate | None:
    """Return the mandate that this adviser asked for in the room and that waits for its code."""
    asked = Mandate.objects.alive().filter(adviser=viewer.user, organisation=organisation, confirmed_at=None)
    return asked.filter(given=Mandate.Given.CODE).first() if viewer.user else None
