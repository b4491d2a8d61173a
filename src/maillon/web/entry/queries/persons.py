"""Whom an address belongs to, and what it is enough for."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Q

from maillon.web.people.models import Invitation, Membership, Organisation, User


def person_of(address: str) -> User | None:
    """Return the account that has this address, verified or not."""
    held = EmailAddress.objects.filter(email__iexact=address)
    return (
        User.objects.filter(Q(email__iexact=address) | Q(pk__in=held.values("user"))).order_by("pk").first()
    )


def may_link_by_address(user: User, address: str) -> bool:
    """Whether an address that the provider vouches for opens this account.

    It must be verified here too. It never opens the account of somebody who advises or administers, nor one
    that a second factor protects: these are linked by their owner, signed in.
    """
    verified = EmailAddress.objects.filter(user=user, email__iexact=address, verified=True).exists()
    advises = Membership.objects.filter(user=user, organisation__kind=Organisation.Kind.CHAMBER).exists()
    protected = Authenticator.objects.filter(user=user).exists()
    rules = user.platform or user.is_staff or user.is_superuser
    return verified and user.is_active and not (advises or protected or rules)


def is_invited(address: str) -> bool:
    """Whether an invitation to this address can still be used."""
    return Invitation.objects.open().filter(email__iexact=address).exists()


def invitations_of(address: str) -> list[Invitation]:
    """Return the invitations to this address that can still be used, newest first."""
    return list(Invitation.objects.open().filter(email__iexact=address))
