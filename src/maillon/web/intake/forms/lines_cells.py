"""Reading what a person types into a cell: figures of both languages, countries, codes of families."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from maillon.core.evidence import Evidence
from maillon.reference.classifications.families import all_families, family_label
from maillon.reference.places import country_name, is_country_code, resolve_country
from maillon.web.intake.queries.lines_columns import Column, Holds

EVIDENCE_WORDS = {
    Evidence.DOCUMENTED.code: _("documented"),
    Evidence.DECLARED.code: _("declared"),
    Evidence.INFERRED.code: _("inferred"),
    Evidence.UNKNOWN.code: _("unknown"),
}


def reader_language() -> str:
    """Return the language of this page, as the library names it."""
    return "en" if (get_language() or "").startswith("en") else "fr"


class TextCell(forms.CharField):
    """A text; empty is unknown."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=500, empty_value=None, **kwargs)


class FigureCell(forms.CharField):
    """A figure that is not negative, written in French or in English; empty is unknown."""

    def clean(self, value: Any) -> float | None:
        from maillon.intake.understand.numbers import (  # noqa: PLC0415 - brings the readers of files along
            Decimal,
            written_number,
        )

        text = super().clean(value)
        if not text:
            return None
        sign = Decimal.POINT if reader_language() == "en" else Decimal.COMMA
        # spaces of every width separate thousands
        figure = written_number(text.replace("\u202f", " ").replace("\u00a0", " "), sign)
        if figure is None or not math.isfinite(figure):
            raise forms.ValidationError(
                _("“%(text)s” is no figure. Write 1234.5 or 1 234,5."), "figure", {"text": text[:40]}
            )
        if figure < 0:
            raise forms.ValidationError(_("A negative figure makes no sense here."), "negative")
        return figure


class CountryCell(forms.CharField):
    """A country by its name, in French or English, or by its code of two letters; empty is unknown."""

    def clean(self, value: Any) -> str | None:
        text = super().clean(value)
        if not text:
            return None
        code = resolve_country(text)
        if code is None or not is_country_code(code):
            raise forms.ValidationError(
                _("“%(text)s” is no country that we know. Write its name or its code: Chine, China, CN."),
                "country",
                {"text": text[:40]},
            )
        return code


class ChoiceCell(forms.TypedChoiceField):
    """One of a few codes; empty is unknown."""

    def __init__(self, codes: Callable[[], list[tuple[str, Any]]], **kwargs: Any) -> None:
        super().__init__(choices=lambda: [("", _("unknown")), *codes()], empty_value=None, **kwargs)


def family_choices() -> list[tuple[str, Any]]:
    """Return the purchase families by label, in the reader's language."""
    language = reader_language()
    return sorted(
        ((one.code, family_label(one.code, language)) for one in all_families()), key=lambda x: x[1]
    )


def field_of(column: Column, **kwargs: Any) -> forms.Field:
    """Return the form field that reads a column."""
    kwargs = {"required": False, "label": column.label, **kwargs}
    match column.holds:
        case Holds.FIGURE:
            return FigureCell(**kwargs)
        case Holds.COUNTRY:
            return CountryCell(**kwargs)
        case Holds.FAMILY:
            return ChoiceCell(family_choices, **kwargs)
        case Holds.EVIDENCE:
            return ChoiceCell(lambda: list(EVIDENCE_WORDS.items()), **kwargs)
        case Holds.FLAG:
            return forms.BooleanField(**kwargs)
        case _:
            return TextCell(**kwargs)


class CellForm(forms.Form):
    """One cell: the value typed, and what the cell held when it was shown."""

    seen = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, column: Column, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = field_of(column)
        widget = self.fields["value"].widget
        if not isinstance(widget, (forms.CheckboxInput, forms.Select)):
            widget.attrs |= {"class": "in", "autocomplete": "off"}
        widget.attrs["autofocus"] = True
        if column.holds is Holds.COUNTRY:
            widget.attrs["list"] = "countries"


def written(column: Column, value: object) -> object:
    """Return a value as the field of its column shows it, to be changed."""
    if value is None:
        return ""
    if column.holds is Holds.COUNTRY:
        return country_name(str(value), reader_language())
    if column.holds is Holds.FIGURE and isinstance(value, (int, float)):
        text = f"{value:.10g}" if abs(value) < 1e15 else repr(value)
        return text if reader_language() == "en" else text.replace(".", ",")
    return value
