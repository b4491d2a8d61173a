"""The form that reports an error of the register."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from maillon.web.search.models import ProposedCorrection


class CorrectionForm(forms.ModelForm[ProposedCorrection]):
    """What is wrong, what is right, how one knows."""

    class Meta:
        """An empty value makes unknown what was told."""

        model = ProposedCorrection
        fields = ("column", "value", "note")
        help_texts: ClassVar = {
            "value": _("Leave empty where what is shown is simply untrue."),
            "note": _("A link, a visit, a call: the adviser who confirms looks at it."),
        }
