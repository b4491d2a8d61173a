"""Forms of accounts, members and mandates."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillon.web.people.models import Mandate, Membership, Organisation, User
from maillon.web.people.models.mandate import USUAL


class AccountForm(forms.ModelForm[User]):
    """How a person is named, and reads."""

    class Meta:
        """What the person decides."""

        model = User
        fields = ("name", "language", "legible")
        widgets: ClassVar = {"language": forms.Select(choices=[("fr", "Français"), ("en", "English")])}


class InviteForm(forms.Form):
    """Whom to invite."""

    email = forms.EmailField(label=_("e-mail address"))
    role = forms.ChoiceField(label=_("role"), choices=())

    def __init__(self, *args: Any, roles: list[Membership.Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]


class GrantForm(forms.ModelForm[Membership]):
    """What a member may see."""

    class Meta:
        """Lines, prices and files are granted one by one."""

        model = Membership
        fields = ("lines", "prices", "files")


class MandateForm(forms.ModelForm[Mandate]):
    """To whom, for what, until when, and with which further rights."""

    ends_on = forms.DateField(
        label=_("until"), widget=forms.DateInput(attrs={"type": "date"}), help_text=_("A year at most.")
    )

    class Meta:
        """What the firm decides."""

        model = Mandate
        fields = ("office", "purpose", "prices", "files")
        labels: ClassVar = {"office": _("office of the chamber")}

    field_order = ("office", "purpose", "ends_on", "prices", "files")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chambers = Organisation.objects.filter(kind=Organisation.Kind.CHAMBER).exclude(parent=None)
        self.fields["office"].queryset = chambers

    def clean_ends_on(self) -> dt.date:
        """Refuse a day gone by and one more than a year away."""
        day: dt.date = self.cleaned_data["ends_on"]
        today = timezone.localdate()
        if not today < day <= today + USUAL:
            raise forms.ValidationError(_("Choose a day between tomorrow and a year from now."))
        return day

    def end(self) -> dt.datetime:
        """Return the end of the last day, in the time of Paris."""
        day = self.cleaned_data["ends_on"] + dt.timedelta(days=1)
        return timezone.make_aware(dt.datetime.combine(day, dt.time()))


class RoomForm(forms.Form):
    """The representative who sits in the room."""

    email = forms.EmailField(label=_("representative's e-mail address"))
    prices = forms.BooleanField(label=_("with prices and original files"), required=False)


class CodeForm(forms.Form):
    """The code that the representative received."""

    code = forms.CharField(label=_("Code received by the representative"), max_length=12)
