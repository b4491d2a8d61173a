"""Inviting people to an organisation, and what each member of a firm may see."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.web.journal.services.record import record
from maillon.web.people.models import Invitation, Membership, Organisation, User
from maillon.web.people.models.invitation import VALID, hash_token


@transaction.atomic
def invite(organisation: Organisation, email: str, role: str, by: UUID | None, origin: str) -> str:
    """Send an invitation and return its secret link; only its hash is kept.

    Raises ``InvalidRequest`` where a person of a chamber would become a firm's: nobody advises oneself.
    """
    chambers = Membership.objects.filter(
        organisation__kind=Organisation.Kind.CHAMBER, user__email=email.lower()
    )
    if organisation.kind != Organisation.Kind.CHAMBER and chambers.exists():
        raise InvalidRequest(message("This person works for a chamber and cannot answer for a firm."))
    token = secrets.token_urlsafe(24)
    Invitation.objects.create(
        organisation=organisation, email=email.lower(), role=role, token_hash=hash_token(token),
        invited_by_id=by, expires_at=timezone.now() + VALID,
    )  # fmt: skip
    record("invited", organisation.pk, by, organisation, role=role)
    link = f"{origin}/people/invitations/{token}/"
    told = _("You are invited to join %(name)s in Maillon. The link is good for 14 days:\n\n%(link)s")
    subject, text = _("Your invitation to Maillon"), told % {"name": organisation.name, "link": link}
    transaction.on_commit(lambda: send_mail(subject, text, None, [email]))
    return link


def open_invitation(token: str) -> Invitation | None:
    """Return the invitation of a link that can still be used."""
    found: Invitation | None = Invitation.objects.open().filter(token_hash=hash_token(token)).first()
    return found


def is_spent(token: str) -> bool:
    """Whether the link is that of an invitation which was accepted."""
    spent = Invitation.objects.exclude(accepted_at=None)
    return bool(spent.filter(token_hash=hash_token(token)).exists())


@transaction.atomic
def accept(invitation: Invitation, user: User) -> None:
    """Give the person the place that the invitation names; it is used once and by its addressee only."""
    if invitation.email != user.email.lower():
        raise InvalidRequest(
            message("This invitation was sent to another address."),
            message("Sign in with the address that received it, or ask for another invitation."),
        )
    used = Invitation.objects.open().filter(pk=invitation.pk).update(accepted_at=timezone.now())
    if used:
        Membership.objects.get_or_create(
            user=user, organisation=invitation.organisation, defaults={"role": invitation.role}
        )
        record("joined", invitation.organisation_id, user.pk, invitation.organisation, role=invitation.role)


@transaction.atomic
def remove_member(membership: Membership, by: UUID | None) -> None:
    """Take a person out of an organisation; a firm keeps one owner at least."""
    others = Membership.objects.select_for_update().filter(
        organisation=membership.organisation_id, role=Membership.Role.OWNER
    )
    if membership.role == Membership.Role.OWNER and not others.exclude(pk=membership.pk).exists():
        raise InvalidRequest(
            message("A firm keeps one owner at least."), message("Name another owner first.")
        )
    record("member_removed", membership.organisation_id, by, membership)
    membership.delete()


@transaction.atomic
def grant(membership: Membership, by: UUID | None) -> None:
    """Save what a member may see of lines, prices and files."""
    membership.save(update_fields=["lines", "prices", "files"])
    given = {"lines": membership.lines, "prices": membership.prices, "files": membership.files}
    record("rights_granted", membership.organisation_id, by, membership, **given)
