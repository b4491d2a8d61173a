"""Words and shapes of the templates: figures in the reader's locale, sentences of the library, stages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillon.core.evidence import Evidence
from maillon.core.message import Message
from maillon.core.money import Money
from maillon.language import format_date, format_money, format_number, format_percent, render

register = template.Library()


def language() -> str:
    """Return the language of this page."""
    return "en" if (get_language() or "").startswith("en") else "fr"


@register.filter
def say(what: Message | str) -> str:
    """Return a sentence of the library in the reader's language."""
    return render(what, language())


@register.filter
def figure(value: float | None, decimals: int = 0) -> str:
    """Return a number as the reader writes it; unknown is a word."""
    if value is None:
        return _("unknown")
    return format_number(value, language(), decimals)


@register.filter
def percent(value: float | None) -> str:
    """Return a share, 0 to 1, in percent."""
    return _("unknown") if value is None else format_percent(value, language())


@register.filter
def money(value: float | None, currency: str | None = "EUR") -> str:
    """Return an amount with its currency."""
    return _("unknown") if value is None else format_money(Money(value, currency or "EUR"), language())


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """Return a date as the reader writes it, in the time of Paris."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value).date()
    return format_date(value, language())


@register.simple_tag(takes_context=True)
def with_query(context: Context, **changes: Any) -> str:
    """Return the page's query with some values changed; None removes one. Filters live in the address."""
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag
def evidence(level: str | None) -> SafeString:
    """Return a level of evidence: a shape, a word and a colour."""
    shapes = {"documented": "doc", "declared": "dec", "inferred": "inf"}
    words = {
        "documented": _("documented"),
        "declared": _("declared"),
        "inferred": _("inferred"),
        "unknown": _("unknown"),
    }
    known = level if level in {each.code for each in Evidence} else "unknown"
    return format_html('<span class="ev {}">{}</span>', shapes.get(known, "unk"), words[known])


@register.filter
def drawn(svg: str) -> SafeString:
    """Return a drawing of our own reports, which escape every text they hold."""
    return mark_safe(svg)  # noqa: S308 - drawn by maillon.report, never by people
