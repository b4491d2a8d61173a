"""The words of filters: chips that remove one, choices with their number of lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillon.reference.classifications.families import all_families, family_label
from maillon.reference.places import country_name
from maillon.web.intake.forms.lines_cells import EVIDENCE_WORDS, reader_language
from maillon.web.intake.queries.lines_filter import UNKNOWN, LineFilter

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MARK_WORDS: dict[str, _StrPromise] = {
    "abroad": gettext_lazy("made abroad"),
    "single": gettext_lazy("single source"),
    "unpriced": gettext_lazy("without price"),
    "edited": gettext_lazy("changed here"),
    "keep": gettext_lazy("must be kept"),
}
FILTER_WORDS: dict[str, _StrPromise] = {
    "family": gettext_lazy("Family"),
    "supplier": gettext_lazy("Supplier"),
    "from": gettext_lazy("Supplier's country"),
    "making": gettext_lazy("Country of making"),
    "evidence": gettext_lazy("Evidence"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in words, and the query without it."""

    words: str
    query: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: its code in the address, its words, its number of lines."""

    code: str
    words: str
    lines: int


def label_of(name: str, value: str | None) -> str:
    """Return a value of a filter (``family``, ``making``…) as the reader calls it."""
    if value is None or value == UNKNOWN:
        return _("unknown")
    if name in ("from", "making"):
        return country_name(value, reader_language())
    if name == "family":
        known = {one.code for one in all_families()}
        return family_label(value, reader_language()) if value in known else value
    if name == "evidence":
        return str(EVIDENCE_WORDS.get(value, value))
    return value


def chips_of(query: QueryDict, asked: LineFilter) -> list[Chip]:
    """Return a chip for each filter of the address."""
    chips = []
    if asked.text:
        chips.append(_chip(query, f"“{asked.text}”", "text"))
    for name, value in asked.values.items():
        chips.append(_chip(query, f"{FILTER_WORDS[name]}{_(': ')}{label_of(name, value)}", name))
    chips.extend(_chip(query, str(MARK_WORDS[mark]), mark) for mark in asked.marks)
    if asked.numbers:
        shown = ", ".join(map(str, asked.numbers[:5])) + (" …" if len(asked.numbers) > 5 else "")
        chips.append(_chip(query, _("Lines %(numbers)s") % {"numbers": shown}, "line"))
    return chips


def _chip(query: QueryDict, words: str, name: str) -> Chip:
    rest = query.copy()
    for gone in (name, "page", "done"):
        rest.pop(gone, None)
    return Chip(words, rest.urlencode())


def choices_of(facets: dict[str, list[tuple[str | None, int]]]) -> dict[str, list[Choice]]:
    """Return the choices of each filter, most lines first."""
    return {
        name: [Choice(value or UNKNOWN, label_of(name, value), n) for value, n in counted]
        for name, counted in facets.items()
    }
