"""Numbers as people type them: "1 234,5", "12.50", with any kind of space."""

from __future__ import annotations

from math import isfinite
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

#: No price, quantity or duration of a firm is larger: beyond it, a figure is a slip.
LARGEST = 1e12


def read_number(text: str) -> float:
    """Return the number that ``text`` writes; ``ValueError`` where it writes none.

    >>> read_number("1\u202f234,5"), read_number("12.50"), read_number("1,234.5")
    (1234.5, 12.5, 1234.5)
    """
    plain = "".join(text.split())
    if "," in plain and "." in plain:
        plain = plain.replace("," if plain.rindex(".") > plain.rindex(",") else ".", "")
    value = float(plain.replace(",", "."))
    if not isfinite(value) or "_" in plain:
        raise ValueError(text)
    return value


def write_number(value: float | None) -> str:
    """Return a number as the reader would type it, in six figures; nothing where it is unknown."""
    if value is None:
        return ""
    text = f"{value:.6g}" if abs(value) < 1e6 else f"{value:.0f}"
    return text.replace(".", ",") if (get_language() or "").startswith("fr") else text


class NumberField(forms.FloatField):
    """A number of at least ``least``; unlike Django's it takes every way of writing one."""

    widget = forms.TextInput

    def __init__(self, *, least: float = 0.0, above: bool = False, **kwargs: Any) -> None:
        self.least, self.above = least, above
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "class": "in", "autocomplete": "off"}

    def to_python(self, value: Any) -> float | None:
        """Return the number typed, None for an empty box."""
        if value is None or str(value).strip() == "":
            return None
        try:
            return read_number(str(value))
        except ValueError:
            raise ValidationError(
                _("“%(text)s” is not a number: write 12,5 or 12.5."), "invalid", {"text": value}
            ) from None

    def validate(self, value: float | None) -> None:
        """Refuse what no firm could mean."""
        super().validate(value)
        if value is None:
            return
        if self.above and value <= self.least:
            raise ValidationError(_("It must be above %(least)g."), "least", {"least": self.least})
        if value < self.least:
            raise ValidationError(_("It must be %(least)g or more."), "least", {"least": self.least})
        if value > LARGEST:
            raise ValidationError(_("No firm has a figure that large: check it."), "largest")

    def prepare_value(self, value: Any) -> Any:
        """Show a number as the reader would type it."""
        return write_number(value) if isinstance(value, int | float) else value
