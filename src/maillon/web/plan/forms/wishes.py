"""What is asked of a plan: budget, local target, caps, second sources."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maillon.core.errors import InvalidRequest
from maillon.web.cost.forms.numbers import NumberField
from maillon.web.plan.stored import rules_of
from maillon.web.ui.templatetags.maillon import say

SECONDS = ((10, _("10 seconds")), (30, _("30 seconds")), (120, _("2 minutes")))
POINTS = ((0, _("none")), (5, _("5 plans")), (9, _("9 plans")))


class PlanForm(forms.Form):
    """The rules of one plan. Amounts are asked only of who may see prices."""

    name = forms.CharField(label=_("Name of the scenario"), max_length=80, required=False)
    budget = NumberField(label=_("Most to pay once, €"), required=False, help_text=_("Empty: no limit."))
    quarter_budget = NumberField(
        label=_("Most to pay once in a quarter, €"), required=False, help_text=_("Empty: no limit.")
    )
    local_target = NumberField(
        label=_("At least this share made in France, %"),
        required=False,
        help_text=_("Of the spend on the lines planned. Empty: no target."),
    )
    co2_cap = NumberField(
        label=_("Most CO₂ of transport a year, kg"), required=False, help_text=_("Empty: no limit.")
    )
    risk_cap = NumberField(
        label=_("Most lost in a bad year, €"),
        required=False,
        help_text=_("Mean loss of the worst years, one in twenty. Empty: no limit."),
    )
    dual = forms.BooleanField(label=_("Two sources for each critical part"), required=False, initial=True)
    seconds = forms.TypedChoiceField(label=_("Search for at most"), choices=SECONDS, coerce=int, initial=10)
    points = forms.TypedChoiceField(
        label=_("Trade-offs of cost and local share"), choices=POINTS, coerce=int, initial=5
    )

    #: Amounts of the firm: without the right to prices nobody may probe for them.
    AMOUNTS = ("budget", "quarter_budget", "risk_cap")

    def __init__(self, *args: Any, prices: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not prices:
            for name in self.AMOUNTS:
                del self.fields[name]
        for field in self.fields.values():
            if not isinstance(field, forms.BooleanField):
                field.widget.attrs.setdefault("class", "in")

    @property
    def boxes(self) -> list[forms.BoundField]:
        """The fields but the one to tick."""
        return [field for field in self if field.name != "dual"]

    def clean_local_target(self) -> float | None:
        """Return the target as a share."""
        value = self.cleaned_data["local_target"]
        if value is not None and value > 100:
            raise forms.ValidationError(_("It must lie between 0 and 100."))
        return None if value is None else value / 100

    def clean(self) -> dict[str, Any]:
        """Refuse rules that the engine refuses, in its words."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                rules_of(cleaned)
            except InvalidRequest as error:
                raise forms.ValidationError(
                    " ".join(say(each) for each in (error.what, error.hint) if each)
                ) from error
        return cleaned

    def wishes(self) -> dict[str, Any]:
        """Return the request as it is kept."""
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")} | {
            "dual": self.cleaned_data["dual"]
        }


class NameForm(forms.Form):
    """The name of a scenario."""

    name = forms.CharField(label=_("Name of the scenario"), max_length=80)
    name.widget.attrs["class"] = "in"


class WhyNotForm(forms.Form):
    """An offer that the plan does not take."""

    offer = forms.ChoiceField(label=_("Line and supplier"))

    def __init__(self, *args: Any, offers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offer"].choices = offers

    @property
    def asked(self) -> tuple[str, str]:
        """The part and the supplier."""
        part, _bar, supplier = self.cleaned_data["offer"].partition("|")
        return part, supplier
