"""Names of countries and cost items, and small arithmetic of figures, for templates."""

from __future__ import annotations

from django import template

from maillon.core.message import Message
from maillon.reference.places import country_name
from maillon.web.ui.templatetags.maillon import language

register = template.Library()


@register.filter
def country(code: str) -> str:
    """Return the name of a country in the reader's language."""
    return country_name(code, language())


@register.filter
def cost_item(code: str) -> Message:
    """Return the name of an item of a cost."""
    from maillon.method.cost.words import item_label  # noqa: PLC0415 - loads where costs are shown

    return item_label(code)


@register.filter
def absolute(value: float) -> float:
    """Return a figure without its sign."""
    return abs(value)


@register.filter
def hundred(share: float) -> str:
    """Return a share as an attribute of a drawing, 0 to 100, whatever the reader's decimal mark."""
    return f"{100 * min(max(share, 0.0), 1.0):.1f}"
