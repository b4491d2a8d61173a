"""Cells of lines in templates: values in the reader's words, links to change them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from maillon.language import format_number
from maillon.reference.places import country_name, country_names
from maillon.reference.places.fold import fold
from maillon.web.intake.forms.lines_cells import reader_language
from maillon.web.intake.models import Line
from maillon.web.intake.queries.lines_columns import Column, Holds, value_of
from maillon.web.intake.queries.lines_door import Door
from maillon.web.intake.queries.lines_history import Change
from maillon.web.intake.views.lines_filters import label_of
from maillon.web.ui.templatetags.maillon import evidence

register = template.Library()


@register.filter
def told(value: object, column: Column) -> str:
    """Return what a cell holds in the reader's words; unknown is a word."""
    if column.holds is Holds.EVIDENCE:
        return evidence(value)
    if column.holds is Holds.FLAG:
        return _("yes") if value else _("no")
    if value is None or value == "":
        return _("unknown")
    return _WORDS.get(column.holds, str)(value)


def figure_of(value: object) -> str:
    """Return a figure with as many decimals as it has, four at most."""
    number = float(str(value))
    decimals = next((n for n in range(4) if round(number, n) == number), 4)
    return format_number(number, reader_language(), decimals)


_WORDS: dict[Holds, Callable[[Any], str]] = {
    Holds.FIGURE: figure_of,
    Holds.COUNTRY: lambda code: country_name(code, reader_language()),
    Holds.FAMILY: lambda code: label_of("family", code),
}


@register.filter
def before(change: Change) -> str:
    """Return what a changed cell held."""
    return told(change.before, change.column)


@register.filter
def after(change: Change) -> str:
    """Return what a changed cell holds since."""
    return told(change.after, change.column)


@register.simple_tag
def cell(door: Door, line: Line, columns: Mapping[str, Column], name: str, **more: Any) -> SafeString:
    """Return a cell of a line: a link to change it where one may."""
    column = columns[name]
    words = told(value_of(line, name), column)
    known = value_of(line, name) is not None or column.holds in (Holds.EVIDENCE, Holds.FLAG)
    kind = "num" if column.holds is Holds.FIGURE else ""
    extra = format_html(" {}", more["unit"]) if more.get("unit") and known else ""
    if not door.writes:
        return format_html('<td class="{}">{}{}</td>', kind if known else f"{kind} mut".strip(), words, extra)
    hint = _("Change: %(column)s") % {"column": column.label}
    address = f"{door.base}{line.line}/{name}/{door.suffix}"
    return format_html(
        '<td class="{}" id="c{}-{}"><a class="cell{}" href="{}" hx-get="{}"{} title="{}">{}{}</a></td>',
        kind, line.line, name, "" if known else " mut", address, address,
        SafeString(" autofocus") if more.get("focus") else "", hint, words, extra,
    )  # fmt: skip


@register.simple_tag
def country_options() -> SafeString:
    """Return the countries that a field proposes: names in the reader's language, each with its code."""
    return _country_options(reader_language())


@cache
def _country_options(language: str) -> SafeString:
    by_name = sorted(country_names(language).items(), key=lambda one: fold(one[1]))
    return format_html_join("", '<option value="{}">{}</option>', ((name, code) for code, name in by_name))


@register.filter
def column_value(line: Line, name: str) -> object:
    """Return what a line holds in a column."""
    return value_of(line, name)


@register.filter
def flipped_with(flipped: set[int], number: int) -> str:
    """Return the nodes open or closed by hand once ``number`` is turned, as the address holds them."""
    return ",".join(map(str, sorted(flipped ^ {number})))
