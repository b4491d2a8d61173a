"""Forms of projects and of what is due."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from maillon.web.follow.models import Project, Stage, Task
from maillon.web.people.models import Organisation
from maillon.web.people.rights import Right
from maillon.web.people.viewer import Viewer


class ProjectForm(forms.ModelForm[Project]):
    """A new project of one of the firms to which the viewer may bring files."""

    class Meta:
        """What a person decides; the site comes from the firm."""

        model = Project
        fields = ("organisation", "name", "kind", "per_year")
        labels: ClassVar = {"organisation": _("firm")}
        help_texts: ClassVar = {
            "name": _("The product, or the year of purchases: “Cobot VT-6”, “Purchases 2025”."),
            "per_year": _("Leave empty while unknown; costs and plan need it."),
        }

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        firms = Organisation.objects.filter(pk__in=viewer.firms(Right.UPLOAD))
        self.fields["organisation"].queryset = firms
        self.fields["organisation"].empty_label = None
        self.fields["per_year"].min_value = 0
        self.fields["per_year"].widget.attrs["min"] = 0


class TaskForm(forms.ModelForm[Task]):
    """Something due in a project."""

    class Meta:
        """What a person decides."""

        model = Task
        fields = ("kind", "title", "about", "due")
        widgets: ClassVar = {"due": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class PostponeForm(forms.Form):
    """By how many days a task is put off."""

    days = forms.IntegerField(min_value=1, max_value=366)


class StageForm(forms.Form):
    """Where a project stands."""

    stage = forms.ChoiceField(label=_("Step"), choices=Stage.choices)


class ExampleForm(forms.Form):
    """In whose space the example is opened."""

    organisation = forms.UUIDField(required=False)
