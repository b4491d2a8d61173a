"""What is set on many lines at once: what is left empty stays as it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maillon.web.intake.forms.lines_cells import EVIDENCE_WORDS, CountryCell, TextCell, family_choices
from maillon.web.intake.models import Version

UNCHANGED = ("", _("unchanged"))


class BulkForm(forms.Form):
    """Columns that one action may set. ``values`` holds those that a person filled."""

    family = forms.ChoiceField(label=_("Family"), required=False)
    making_country = CountryCell(label=_("Country of making"), required=False)
    evidence = forms.ChoiceField(label=_("Evidence"), required=False)
    supplier_site = TextCell(label=_("Supplier's site"), required=False)
    must_keep = forms.ChoiceField(
        label=_("Must be kept"), required=False, choices=(UNCHANGED, ("yes", _("yes")), ("no", _("no")))
    )

    def __init__(self, version: Version, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["family"].choices = [UNCHANGED, *family_choices()]
        self.fields["evidence"].choices = [UNCHANGED, *EVIDENCE_WORDS.items()]
        for name in ("making_country", "supplier_site"):
            self.fields[name].widget.attrs |= {"class": "in", "autocomplete": "off"}
        self.fields["making_country"].widget.attrs["list"] = "countries"

    def clean(self) -> dict[str, Any]:
        filled = {name: value for name, value in super().clean().items() if value}
        if not filled and not self.errors:
            raise forms.ValidationError(_("Fill in at least one column: what is empty stays as it is."))
        return filled

    @property
    def values(self) -> dict[str, object]:
        """What to set."""
        return {
            name: value == "yes" if name == "must_keep" else value
            for name, value in self.cleaned_data.items()
        }
