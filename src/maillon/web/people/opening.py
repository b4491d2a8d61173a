"""The form that opens the space of a firm: by its number from the register, or by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from maillon.web.people.models import Organisation
from maillon.web.people.queries.registered import Registered, establishments_of, space_of

if TYPE_CHECKING:
    from maillon.reference.places.communes import Commune
    from maillon.web.people.viewer import Viewer

SIREN = 9
_POSTCODE = re.compile(r"\d{5}")


class NumberField(forms.CharField):
    """A SIREN or SIRET, whatever the spaces; its check digits hold (La Poste has its own rule)."""

    def clean(self, value: object) -> str:
        """Return 9 or 14 digits, or nothing."""
        from stdnum.exceptions import ValidationError as Invalid  # noqa: PLC0415 - when a number is typed
        from stdnum.fr import siren, siret  # noqa: PLC0415 - when a number is typed

        digits = re.sub(r"[\s.\u00a0\u202f]", "", super().clean(value))
        try:
            return str((siren if len(digits) <= SIREN else siret).validate(digits)) if digits else ""
        except Invalid:
            raise forms.ValidationError(
                _("This is no SIREN (9 digits) nor SIRET (14 digits): a digit is missing or mistyped.")
            ) from None


class LookForm(forms.Form):
    """The number alone, while it is being looked up."""

    number = NumberField(label=_("SIREN or SIRET"), required=True)


class OpenForm(forms.ModelForm[Organisation]):
    """What is told of a firm. What the register knows by the number is taken from there."""

    number = NumberField(
        label=_("SIREN or SIRET"),
        required=False,
        help_text=_("Leave empty for a startup, a designer or a school without one."),
    )
    name = forms.CharField(label=_("name"), max_length=200, required=False)
    town = forms.CharField(
        label=_("town or postcode"), max_length=120, required=False,
        help_text=_("Within your territory. Not needed where the register knows the number."),
    )  # fmt: skip

    class Meta:
        """What an adviser may open: everything but a chamber."""

        model = Organisation
        fields = ("kind", "name")

    field_order: ClassVar = ("kind", "number", "name", "town")

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        kinds = [choice for choice in Organisation.Kind.choices if choice[0] != Organisation.Kind.CHAMBER]
        self.fields["kind"].choices = kinds

    def clean(self) -> dict[str, Any]:
        """Fill in what the register knows, else what was typed; refuse a double and another territory."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return told
        number = told["number"]
        known = establishments_of(number)[:1] if number else []
        if known:
            self._take_from_register(known[0])
        else:
            self._take_from_hand(told["town"])
        name = (known[0].name if known else None) or told["name"]
        if not name:
            self.add_error("name", _("Give the name of the firm."))
        self._refuse_double(number[:SIREN], name)
        self.instance.siren = number[:SIREN]
        return {**told, "name": name}

    def _take_from_register(self, known: Registered) -> None:
        if known.departement not in self.viewer.territory:
            self.add_error(
                "number", _("This firm is outside your territory: its own chamber opens its space.")
            )
        place = self.instance
        place.commune, place.commune_code = (known.commune_name or "").title(), known.commune or ""
        place.departement = known.departement or ""

    def _take_from_hand(self, typed: str) -> None:
        towns = _towns(typed)
        here = [town for town in towns if town.departement in self.viewer.territory]
        if len(here) == 1:
            place, town = self.instance, here[0]
            place.commune, place.commune_code, place.departement = town.name, town.code, town.departement
        elif here:
            names = ", ".join(sorted(town.name for town in here)[:10])
            self.add_error("town", _("Several towns: write the name of one of %(names)s.") % {"names": names})
        elif towns:
            self.add_error("town", _("This town is outside your territory."))
        else:
            self.add_error("town", _("No such town: write its name or its postcode."))

    def _refuse_double(self, siren: str, name: str) -> None:
        """Its existence is the public profile, which advisers may read; nothing else is said."""
        place = self.instance.commune_code
        same = Organisation.objects.filter(name__iexact=name, commune_code=place) if name and place else None
        if space_of(siren):
            self.add_error("number", _("This firm has a space here already."))
        elif not siren and same is not None and same.exists():
            self.add_error("name", _("A space of this name exists in this town already."))


def _towns(typed: str) -> list[Commune]:
    from maillon.reference.places.communes import communes_at, communes_named  # noqa: PLC0415 - Polars

    text = typed.strip()
    return communes_at(text) if _POSTCODE.fullmatch(text) else communes_named(text) if text else []
