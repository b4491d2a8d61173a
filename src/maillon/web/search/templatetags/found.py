"""Looking a value up by a key that only the page knows."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def at(table: Mapping[str, object] | None, key: str) -> object:
    """Return the value of a key, None where there is none."""
    return (table or {}).get(key)
