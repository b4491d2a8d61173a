"""The quick cost: seven figures, and four more for who knows them."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache
from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from maillon.reference.freight.incoterms import INCOTERMS
from maillon.reference.places import country_name, is_country_code
from maillon.reference.places.fold import fold
from maillon.web.cost.cases import ENTERED, Case
from maillon.web.cost.forms.numbers import NumberField

MODES = (
    ("", _("usual for this country")),
    ("sea", _("sea")),
    ("road", _("road")),
    ("rail", _("rail")),
    ("air", _("air")),
)


@cache
def foreign_countries(language: str) -> list[tuple[str, str]]:
    """Return every country but France, by name."""
    codes = (code for code in Locale("en").territories if code != "FR" and is_country_code(code))
    return sorted(((code, country_name(code, language)) for code in codes), key=lambda pair: fold(pair[1]))


class QuickCostForm(forms.Form):
    """What a buyer knows without asking anyone."""

    price = NumberField(label=_("Price paid today for one piece"), above=True)
    currency = forms.CharField(
        label=_("Currency"), initial="EUR", min_length=3, max_length=3, help_text=_("EUR, USD, CNY…")
    )
    country = forms.ChoiceField(label=_("Country where it is made"), initial="CN")
    annual_quantity = NumberField(label=_("Pieces a year"), above=True)
    mass = NumberField(
        label=_("Mass of one piece, kg"),
        above=True,
        required=False,
        help_text=_("Empty: guessed from the price."),
    )
    lead_time = NumberField(
        label=_("Days from order to reception"), required=False, help_text=_("Empty: usual for the country.")
    )
    local_price = NumberField(
        label=_("Price of a local maker, €"),
        above=True,
        required=False,
        help_text=_("Empty: the page says up to what price a local source is worth it."),
    )
    rate = NumberField(
        label=_("What one unit of the currency is worth, €"), above=True, required=False,
        help_text=_("Needed when the price is not in euros."),
    )  # fmt: skip
    mode = forms.ChoiceField(label=_("Transport"), choices=MODES, required=False)
    incoterm = forms.ChoiceField(
        label=_("Incoterm of the price"),
        required=False,
        choices=[("", _("not known")), *((rule, rule) for rule in INCOTERMS)],
    )
    cn = forms.RegexField(
        r"^\d{2,10}$",
        label=_("Customs code of the goods"),
        required=False,
        help_text=_("Digits only, 84821010 say: duty and anti-dumping are then looked up."),
    )

    #: The seven that are asked first.
    FIRST = ("price", "currency", "country", "annual_quantity", "mass", "lead_time", "local_price")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = "en" if (get_language() or "").startswith("en") else "fr"
        self.fields["country"].choices = foreign_countries(language)
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "in")

    @property
    def first(self) -> list[forms.BoundField]:
        """The seven figures."""
        return [self[name] for name in self.FIRST]

    @property
    def further(self) -> list[forms.BoundField]:
        """What sharpens the result."""
        return [self[name] for name in self.fields if name not in self.FIRST]

    @property
    def further_wrong(self) -> bool:
        """Whether one of them must be corrected: they are then shown."""
        return any(field.errors for field in self.further) if self.is_bound else False

    def clean_currency(self) -> str:
        """Return the currency in capitals."""
        code = str(self.cleaned_data["currency"]).upper()
        if not code.isalpha():
            raise forms.ValidationError(_("A currency has three letters: EUR, USD, CNY…"))
        return code

    def clean(self) -> dict[str, Any]:
        """Ask for a rate where the price is not in euros; ignore one where it is."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("currency") == "EUR":
            cleaned["rate"] = None
        elif cleaned.get("currency") and cleaned.get("rate") is None and "rate" not in self.errors:
            self.add_error("rate", _("Say what one unit is worth in euros: 0.92 for one dollar, say."))
        return cleaned

    def changed_case(self, before: Case | None = None) -> Case:
        """Return the case that was typed; what the form does not ask stays as ``before``."""
        asked = {each.name for each in fields(Case)} & set(self.cleaned_data)
        values = {name: self.cleaned_data[name] for name in asked}
        if before is None:
            return Case(**values)
        same = all(
            getattr(before, name) == value for name, value in values.items() if name in ("price", "currency")
        )
        return replace(before, **values, source=before.source if same else ENTERED)
