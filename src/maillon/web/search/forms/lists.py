"""Forms of shortlists and of lists of firms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maillon.web.people.models import Organisation
from maillon.web.people.rights import Right
from maillon.web.people.viewer import Viewer
from maillon.web.search.models import ListEntry, OfficeList
from maillon.web.search.queries.asked import place_named


class KeepForm(forms.Form):
    """A firm to put on a list: one that exists, or a new name."""

    siret = forms.RegexField(r"^\d{14}$")
    shortlist = forms.CharField(label=_("list"), max_length=120, strip=True)
    line = forms.IntegerField(required=False, min_value=1)


class EntryForm(forms.ModelForm[ListEntry]):
    """What became of a firm on a list."""

    class Meta:
        """The reason is asked where a firm leaves the race."""

        model = ListEntry
        fields = ("status", "reason", "notes")
        widgets = {"notes": forms.Textarea({"rows": 3})}  # noqa: RUF012 - read once by Django

    def clean(self) -> dict[str, Any]:
        """Ask why, where a firm is struck out or declined."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("status") in ListEntry.REASONED and not cleaned.get("reason"):
            self.add_error("reason", _("Say why: the next person who finds this firm will want to know."))
        return cleaned


class FirmListForm(forms.Form):
    """A file of firms, what it is, and whose."""

    EXCLUDED = "excluded"
    kind = forms.ChoiceField(label=_("what these firms are"))
    owner = forms.ModelChoiceField(Organisation.objects.none(), label=_("for"))
    name = forms.CharField(label=_("name"), max_length=120)
    file = forms.FileField(
        label=_("file"), help_text=_("CSV or workbook, one firm a row: SIREN, SIRET, or name and town.")
    )

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        firms, offices = viewer.firms(Right.RANKING), list(viewer.offices)
        self.offices = frozenset(offices)
        kinds = [(self.EXCLUDED, _("never to be proposed to the firm"))] if firms else []
        self.fields["kind"].choices = kinds + (OfficeList.Kind.choices if offices else [])
        self.fields["owner"].queryset = Organisation.objects.filter(pk__in=[*firms, *offices])

    def clean(self) -> dict[str, Any]:
        """Exclusions belong to a firm, exhibitors and makers to an office."""
        cleaned: dict[str, Any] = super().clean() or {}
        owner, kind = cleaned.get("owner"), cleaned.get("kind")
        if owner and kind and (owner.pk in self.offices) != (kind != self.EXCLUDED):
            self.add_error("owner", _("Exclusions belong to a firm; exhibitors and makers to an office."))
        return cleaned


class BatchForm(forms.Form):
    """Around which town, how far, for which lines."""

    near = forms.CharField(label=_("Around"), max_length=80, required=False)
    km = forms.IntegerField(label=_("km at most"), min_value=1, max_value=1500, required=False)
    origin = forms.ChoiceField(
        choices=[("abroad", ""), ("unknown", ""), ("all", "")], required=False, initial="abroad"
    )

    def clean_near(self) -> str:
        """Refuse a town that is not known."""
        near: str = self.cleaned_data["near"].strip()
        if near and place_named(near) is None:
            raise forms.ValidationError(_("This town is not known."))
        return near
