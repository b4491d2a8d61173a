"""What is asked before the imports of a project are costed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from maillon.web.cost.forms.numbers import NumberField


class RunForm(forms.Form):
    """How many products are made in a year."""

    per_year = NumberField(
        label=_("Products made in a year"),
        above=True,
        required=False,
        help_text=_("Empty: a hypothesis of 100, said on the page. A ledger needs none."),
    )
