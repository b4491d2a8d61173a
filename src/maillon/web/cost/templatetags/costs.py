"""Names of countries and cost items, and small arithmetic of figures, for templates."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext, gettext_noop

from maillon.core.message import Message
from maillon.core.money import Money
from maillon.language import format_money
from maillon.reference.places import country_name
from maillon.web.ui.templatetags.maillon import language

register = template.Library()


@register.filter
def country(code: str | None) -> str:
    """Return the name of a country in the reader's language; unknown is a word."""
    return country_name(code, language()) if code else gettext("unknown")


@register.filter
def cost_item(code: str) -> Message:
    """Return the name of an item of a cost."""
    from maillon.method.cost.words import item_label  # noqa: PLC0415 - loads where costs are shown

    return item_label(code)


@register.filter
def amount(value: float | str | None) -> str:
    """Return an amount in euros: without cents from a hundred on, where they would only be noise.

    What a template does not find is an empty text: unknown, as null is.
    """
    if value is None or isinstance(value, str):
        return gettext("unknown")
    return format_money(Money(value, "EUR"), language(), 0 if abs(value) >= 100 else 2)


@register.filter
def leg_source(source: str) -> str:
    """Return where the length of a leg is from, in the reader's language."""
    return gettext(source)


#: What ``reference.freight.routes`` says of a length, for the catalogue.
_SOURCES = (
    gettext_noop("Ecobalyse: road to the port = min(1000, land / 2) km"),
    gettext_noop("hypothesis of Ecobalyse for an unknown origin"),
    gettext_noop("great circle x 1.3 (hypothesis of the project)"),
    gettext_noop("great circle"),
)


@register.filter
def absolute(value: float) -> float:
    """Return a figure without its sign."""
    return abs(value)


@register.filter
def hundred(share: float) -> str:
    """Return a share as an attribute of a drawing, 0 to 100, whatever the reader's decimal mark."""
    return f"{100 * min(max(share, 0.0), 1.0):.1f}"
