"""The name under which a scenario is kept."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ScenarioForm(forms.Form):
    """One box."""

    #: Beside a button that only computes: a browser must not ask for a name there.
    use_required_attribute = False

    name = forms.CharField(label=_("Name of the scenario"), max_length=80)

    name.widget.attrs["class"] = "in"
