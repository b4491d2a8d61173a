"""From an account to a viewer: memberships and live mandates, read anew at each request."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django_scopes import scopes_disabled

from maillon.web.people.models import Mandate, Membership, Organisation, User
from maillon.web.people.rights import OWNER, Grants, Right, rights_of_mandate, rights_of_member
from maillon.web.people.viewer import NOBODY, Viewer

Role = Membership.Role


def viewer_of(user: User | AnonymousUser) -> Viewer:
    """Return the rights that ``user`` holds now. Two queries, three for advisers."""
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    rights: defaultdict[UUID, frozenset[Right]] = defaultdict(frozenset)
    places = list(Membership.objects.filter(user=user).select_related("organisation"))
    offices = [p.organisation for p in places if p.role == Role.ADVISER]
    for place in places:
        rights[place.organisation_id] |= _rights_of_member(place)
    for mandate in _mandates(user, [office.pk for office in offices]):
        if _in_territory(mandate, offices):
            grants = Grants(prices=mandate.prices, files=mandate.files)
            confirmed = mandate.confirmed_at is not None
            rights[mandate.organisation_id] |= rights_of_mandate(grants, confirmed=confirmed)
    return Viewer(
        user=user.pk,
        rights={firm: held for firm, held in rights.items() if held},
        members_of=frozenset(p.organisation_id for p in places if p.role in (Role.OWNER, Role.MEMBER)),
        offices=frozenset(office.pk for office in offices),
        territory=frozenset(code for office in offices for code in office.territory),
        regions=frozenset(p.organisation_id for p in places if p.role == Role.MANAGER),
        platform=user.platform,
        language=user.language,
    )


def _rights_of_member(place: Membership) -> frozenset[Right]:
    if place.organisation.kind == Organisation.Kind.CHAMBER:
        return frozenset()
    if place.role == Role.OWNER:
        return OWNER
    if place.role != Role.MEMBER:
        return frozenset()
    write = place.lines == Membership.Lines.WRITE
    return rights_of_member(Grants(bool(place.lines), write, place.prices, place.files))


def _mandates(user: User, offices: list[UUID]) -> list[Mandate]:
    if not offices:
        return []
    # who holds a mandate is what decides the scope, so none can be active yet
    with scopes_disabled():
        held = Mandate.objects.alive().filter(Q(adviser=user) | Q(adviser=None), office__in=offices)
        return list(held.select_related("organisation"))


def _in_territory(mandate: Mandate, offices: list[Organisation]) -> bool:
    """Whether the firm still lies in the territory of the office: a firm that moves away is not followed."""
    where = mandate.organisation.departement
    return any(o.pk == mandate.office_id and (not where or where in o.territory) for o in offices)
