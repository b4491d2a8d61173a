"""The representative's own page in the room: reached by a code to photograph, never enough by itself.

The address proves only that it was shown on the adviser's screen; what confirms the mandate is the one-time
code that went to the representative's mail.
"""

from __future__ import annotations

import datetime as dt

import segno
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django_scopes import scopes_disabled

from maillon.web.people.models import Mandate

#: How long a code, and the page that takes it, are good for.
CODE_LIVES = dt.timedelta(minutes=30)
_SALT = "mandate given in the room"


def room_address(mandate: Mandate) -> str:
    """Return the address of the page on which the representative of the firm may say yes."""
    token = signing.dumps(str(mandate.pk), salt=_SALT)
    return f"{settings.ENVIRONMENT.origin}{reverse('people:room', args=[token])}"


def room_picture(address: str) -> SafeString:
    """Return the address as a QR code, an SVG without styles."""
    made = segno.make(address, micro=False, error="m")
    drawn = made.svg_inline(scale=4, svgclass="qr", lineclass=None, light="#fff", dark="#000")
    return mark_safe(drawn)  # noqa: S308 - drawn by segno from an address of ours


def asked_mandate(token: str) -> Mandate | None:
    """Return the mandate that a page in the room is about; None once it is answered, ended or too late."""
    try:
        pk = signing.loads(token, salt=_SALT, max_age=CODE_LIVES)
    except signing.BadSignature:
        return None
    with scopes_disabled():
        asked = Mandate.objects.alive().filter(pk=pk, confirmed_at=None, given=Mandate.Given.CODE)
        found: Mandate | None = asked.select_related("organisation", "office", "adviser").first()
    return found
