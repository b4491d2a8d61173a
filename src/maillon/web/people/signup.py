"""The form of a new account: its address is the invitation's, whatever the browser sends."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import SignupForm
from allauth.core import context
from django.utils.translation import gettext_lazy as _

from maillon.web.people.accounts import invitation_in_hand


class InvitedForm(SignupForm):
    """Asks for a password only; the address is shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = invitation_in_hand(context.request)
        # a disabled field takes its initial value, never what was posted; the form's own ``initial`` comes
        # from the address line and would win over the field's
        self.initial["email"] = taken.email if taken else ""
        self.fields["email"].disabled = True
        self.fields["email"].help_text = _("The address that was invited.")
