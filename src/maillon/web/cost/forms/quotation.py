"""A quotation typed in, and a file of quotations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from maillon.web.cost.forms.numbers import NumberField
from maillon.web.cost.forms.quick import MODES, QuickCostForm

#: Larger tables of quotations are split by whoever made them.
LARGEST_FILE = 5 * 1024 * 1024


class QuotationForm(QuickCostForm):
    """What one supplier asks for one line; up to three prices by quantity."""

    supplier = forms.CharField(label=_("Supplier"), max_length=200)
    country = forms.ChoiceField(label=_("Country where it is made"), initial="FR")
    quantity_2 = NumberField(label=_("From how many pieces"), above=True, required=False)
    price_2 = NumberField(label=_("Price of one piece then"), above=True, required=False)
    minimum_order = NumberField(label=_("Minimum order, pieces"), above=True, required=False)
    tooling = NumberField(label=_("Tooling, once"), required=False)
    first_article = NumberField(label=_("First article, once"), required=False)
    mode = forms.ChoiceField(label=_("Transport"), choices=MODES, required=False)
    local_price = None
    annual_quantity = None
    mass = None
    cn = None

    field_order = ("supplier", "price", "currency", "country", "lead_time", "minimum_order")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("FR", "France"), *self.fields["country"].choices]

    def clean(self) -> dict[str, Any]:
        """Refuse a second price without its quantity, and the reverse."""
        cleaned = super().clean()
        if (cleaned.get("quantity_2") is None) != (cleaned.get("price_2") is None):
            self.add_error("price_2", _("A second price goes with the quantity from which it holds."))
        return cleaned


class QuotationFile(forms.Form):
    """A table of quotations, as suppliers or buyers write them."""

    file = forms.FileField(label=_("Table of quotations"), help_text=_("XLSX, ODS or CSV, up to 5 MB."))

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 5 MB: split it."))
        return file
