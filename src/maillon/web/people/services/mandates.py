"""Giving and ending mandates: online by the firm's owner, or in the room by a one-time code."""

from __future__ import annotations

import datetime as dt
import secrets
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.web.journal.services.record import record
from maillon.web.people.models import Mandate, Membership, Organisation
from maillon.web.people.models.invitation import hash_token
from maillon.web.people.models.mandate import USUAL
from maillon.web.people.queries.room import CODE_LIVES
from maillon.web.people.services.sealed import unseal

#: How often a code may be mistyped.
TRIES = 5
#: Signs that cannot be taken for one another when read aloud; eight of them hold 40 bits.
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@transaction.atomic
def give_mandate(mandate: Mandate, user: UUID | None) -> Mandate:
    """Save a mandate given online by the firm itself: it holds at once, for a year at most."""
    now = timezone.now()
    mandate.given, mandate.confirmed_at, mandate.starts_at = Mandate.Given.ONLINE, now, now
    mandate.ends_at = min(mandate.ends_at, now + USUAL)
    mandate.save()
    _write("mandate_given", mandate, user)
    unseal(mandate.organisation_id)
    return mandate


@transaction.atomic
def revoke_mandate(mandate: Mandate, user: UUID | None) -> None:
    """End a mandate; whoever held it sees nothing from the next request on."""
    Mandate.objects.filter(pk=mandate.pk, revoked_at=None).update(revoked_at=timezone.now())
    _write("mandate_revoked", mandate, user)


@transaction.atomic
def ask_in_the_room(firm: Organisation, office: UUID, adviser: UUID, email: str, *, prices: bool) -> Mandate:
    """Ask a firm's representative, who sits there, for a mandate: a code goes to his or her address.

    Until it is typed in, and for a few days, the adviser may bring files in and sees nothing of them. Raises
    ``InvalidRequest`` for an address that cannot be the representative's: nobody says yes for the firm.
    """
    _check_representative(firm, email)
    code = "".join(secrets.choice(_SIGNS) for _place in range(8))
    now = timezone.now()
    with scope(organisation=firm.pk):
        # one request at a time: the codes sent before are worth nothing any more
        waiting = Mandate.objects.alive().filter(organisation=firm, adviser=adviser, confirmed_at=None)
        waiting.update(revoked_at=now)
        mandate = Mandate.objects.create(
            organisation=firm,
            office_id=office,
            adviser_id=adviser,
            purpose=_("Diagnosis and search of sources"),
            prices=prices,
            files=prices,
            given=Mandate.Given.CODE,
            starts_at=now,
            ends_at=now + dt.timedelta(days=settings.ENVIRONMENT.sealed_days),
            representative=email,
            code_hash=hash_token(code),
        )
        _write("mandate_asked", mandate, adviser)
    transaction.on_commit(lambda: _send_code(firm.name, email, code))
    return mandate


def _check_representative(firm: Organisation, email: str) -> None:
    """Refuse an address of the chambers; where the firm has owners here, any address but theirs."""
    places = Membership.objects.filter(user__email=email.lower())
    owners = Membership.objects.filter(organisation=firm, role=Membership.Role.OWNER)
    if places.filter(organisation__kind=Organisation.Kind.CHAMBER).exists():
        raise InvalidRequest(message("An adviser cannot say yes in the firm’s place."))
    if owners.exists() and not owners.filter(user__email=email.lower()).exists():
        raise InvalidRequest(
            message("This address belongs to no owner of the firm’s space."),
            message("The code goes to the person who answers for the firm here."),
        )


def _send_code(firm: str, email: str, code: str) -> None:
    told = _(
        "An adviser asks for access to the purchases of %(firm)s for a year.\n\n"
        "If you agree, say or show this code: %(code)s\n\n"
        "It is good for 30 minutes. Access can be ended at any time; without the code nothing can be seen."
    )
    send_mail(_("Your code for Maillon"), told % {"firm": firm, "code": code}, None, [email])


@transaction.atomic
def confirm_by_code(mandate: Mandate, code: str, user: UUID | None) -> bool:
    """Return whether the code is the one that was sent; then the mandate holds and files are kept."""
    held: Mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    late = timezone.now() - held.starts_at > CODE_LIVES
    if held.confirmed_at or held.revoked_at or late or held.code_tries >= TRIES or not held.code_hash:
        return False
    held.code_tries += 1
    right = secrets.compare_digest(hash_token(code.strip().upper().replace(" ", "")), held.code_hash)
    if right:
        now = timezone.now()
        held.confirmed_at, held.code_hash, held.ends_at = now, "", now + USUAL
        unseal(held.organisation_id)
        _write("mandate_confirmed", held, user)
    held.save(update_fields=["code_tries", "confirmed_at", "code_hash", "ends_at"])
    return right


def _write(action: str, mandate: Mandate, user: UUID | None) -> None:
    record(action, mandate.organisation_id, user, mandate, prices=mandate.prices, files=mandate.files)
