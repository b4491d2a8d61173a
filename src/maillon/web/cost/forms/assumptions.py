"""Every assumption of a cost as rows to edit: low, central, high, with unit, source and date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillon.core.estimate import Estimate
from maillon.core.message import Message
from maillon.web.cost.cases import SIDES, Case, Range
from maillon.web.cost.forms.numbers import LARGEST, read_number, write_number
from maillon.web.ui.templatetags.maillon import say

BOUNDS = ("low", "mid", "high")
#: What is asked by the quick form, derived from other rows, or read by no formula.
_ELSEWHERE = frozenset(
    {"price", "annual_quantity", "lot", "air_premium", "freight_volume", "freight_container"}
    | {"transit_days", "transit_deviation_days"}
)
#: Divisors: zero would say nothing.
_ABOVE_ZERO = frozenset({"life", "value_density"})
#: Names of the assumptions from which factors are derived.
_DERIVING = {
    "value_density": gettext_lazy("Price of a kilogram of such parts"),
    "service_level": gettext_lazy("Cycles without a stock-out that the firm wants"),
    "margin_multiple": gettext_lazy("Margin lost for a missing piece, in prices of it"),
    "supplier_share": gettext_lazy("Part of a visit borne by this piece"),
    "disruption_duration_days": gettext_lazy("Time to recover from a stop of supply"),
}
_UNITS = {
    "EUR/shipment": gettext_lazy("EUR a shipment"),
    "EUR/part": gettext_lazy("EUR a part"),
    "share of yearly spend": gettext_lazy("share of the yearly spend"),
    "multiple of quoted price": gettext_lazy("times the quoted price"),
    "share of cycles": gettext_lazy("share of the cycles"),
    "share of purchases": gettext_lazy("share of the purchases"),
    "days": gettext_lazy("days"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One assumption: as typed (or as it stands), where it is from, and what is wrong with it."""

    side: str
    name: str
    label: str
    unit: str
    low: str
    mid: str
    high: str
    source: str
    date: dt.date
    changed: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The rows of each side, and the ranges that were replaced. ``wrong`` counts rows with an error."""

    rows: Mapping[str, tuple[Row, ...]]
    replaced: Mapping[str, Mapping[str, Range]]

    @property
    def wrong(self) -> int:
        """How many rows cannot be read."""
        return sum(bool(row.error) for rows in self.rows.values() for row in rows)

    @property
    def changed(self) -> int:
        """How many rows differ from what is shipped."""
        return sum(row.changed for rows in self.rows.values() for row in rows)


def read_assumptions(case: Case, typed: Mapping[str, str] | None = None) -> Assumptions:
    """Return every assumption of a case as rows, with what a form has ``typed`` in place of it.

    A row whose three boxes are emptied goes back to what is shipped.
    """
    rows: dict[str, tuple[Row, ...]] = {}
    replaced: dict[str, dict[str, Range]] = {}
    for side in SIDES:
        made, kept = [], {}
        for name, shipped in _shipped(case, side):
            row, range_ = _row(side, name, shipped, case, typed)
            made.append(row)
            if range_ is not None:
                kept[name] = range_
        rows[side] = tuple(made)
        if kept:
            replaced[side] = kept
    return Assumptions(rows, replaced)


def _shipped(case: Case, side: str) -> Iterator[tuple[str, Estimate]]:
    """Yield what is shipped for one side: by country and mode, or what holds for both."""
    from maillon.method.cost import usual_mode  # noqa: PLC0415 - numpy only where a cost is asked
    from maillon.method.cost.hypotheses import cost_hypotheses  # noqa: PLC0415 - as above
    from maillon.reference.freight.assumptions import load_assumptions  # noqa: PLC0415 - as above

    if side == "both":
        found = cost_hypotheses()
    elif side == "local":
        found = load_assumptions("FR", "road")
    else:
        found = load_assumptions(case.country, case.mode or usual_mode(case.country))
    yield from ((name, estimate) for name, estimate in found.items() if name not in _ELSEWHERE)


def _row(
    side: str, name: str, shipped: Estimate, case: Case, typed: Mapping[str, str] | None
) -> tuple[Row, Range | None]:
    own = case.assumed.get(side, {}).get(name)
    usual = tuple(write_number(getattr(shipped, bound)) for bound in BOUNDS)
    low, mid, high = usual if own is None else tuple(write_number(value) for value in own)
    label, unit = (say(words) for words in _words(name, shipped.unit))
    row = Row(
        side, name, label, unit, low, mid, high, shipped.source, shipped.date, changed=own is not None
    )  # fmt: skip
    if typed is None or f"{side}-{name}-low" not in typed:
        return row, None if own is None else (own[0], own[1], own[2])
    texts = tuple(str(typed.get(f"{side}-{name}-{bound}", "")).strip() for bound in BOUNDS)
    if texts == usual or not any(texts):
        return replace(row, low=usual[0], mid=usual[1], high=usual[2], changed=False), None
    row = replace(row, low=texts[0], mid=texts[1], high=texts[2], changed=True)
    try:
        return row, _range(name, texts)
    except ValueError as error:
        return replace(row, error=str(error)), None


def _range(name: str, texts: tuple[str, ...]) -> Range:
    """Return three numbers; ``ValueError`` with a sentence where they make no range."""
    try:
        low, mid, high = (read_number(text) for text in texts)
    except ValueError:
        raise ValueError(_("Give three numbers, or empty the three boxes.")) from None
    if not low <= mid <= high:
        raise ValueError(_("They must rise from low to high."))
    if low < 0 or high > LARGEST or (name in _ABOVE_ZERO and low == 0):
        raise ValueError(_("That is not possible for this figure."))
    return low, mid, high


def _words(name: str, unit: str) -> tuple[Message | str, Message | str]:
    """Return the name of an assumption and its unit in words."""
    from maillon.method.cost.arithmetic import FACTORS  # noqa: PLC0415 - as above
    from maillon.report.workbook.cost_labels import factor_label, factor_unit  # noqa: PLC0415 - as above

    if unit in _UNITS:
        words: Message | str = str(_UNITS[unit])
    else:
        words = factor_unit(name) if name in FACTORS else unit
    return (factor_label(name) if name in FACTORS else str(_DERIVING[name])), words
