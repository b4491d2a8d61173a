"""A designation as read, for the terminal and for machines."""

from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from typing import Any

from maillon.core.message import message
from maillon.language import format_number, format_percent, render
from maillon.method.search import Designation


def designation_json(found: Designation) -> dict[str, Any]:
    """Return every field under its own name; reasons with their code, weight and parameters."""
    reasons = [{"code": r.code, "weight": r.weight, "params": dict(r.params)} for r in found.reasons]
    plain = {name: getattr(found, name) for name in Designation.__dataclass_fields__ if name != "reasons"}
    return {name: _plain(value) for name, value in plain.items()} | {"reasons": reasons}


def _plain(value: object) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


def designation_rows(found: Designation, language: str) -> list[list[str]]:
    """Return label and value pairs, only for what was found, and what was not understood last."""
    from maillon.reference.classifications.families import family_label
    from maillon.reference.classifications.processes import process_label

    said = [
        (message("Noun"), found.noun.label(language) if found.noun else ""),
        (message("Material"), ", ".join(m.grade or m.code for m in found.materials)),
        (message("Dimensions"), _measures(found.dimensions, language)),
        (message("Tolerances"), ", ".join(found.tolerances)),
        (message("Treatments"), ", ".join(process_label(t.code, language) for t in found.treatments)),
        (message("Standards"), ", ".join(found.standards)),
        (message("Values"), _measures(found.values, language)),
        (message("Purchase family"), _likely(found.families, family_label, language)),
        (message("Processes"), _likely(found.processes, process_label, language)),
        (message("Not understood"), ", ".join(found.not_understood)),
    ]
    return [[render(label, language), value] for label, value in said if value]


def _measures(measures: Sequence[Any], language: str) -> str:
    return ", ".join(f"{m.matched} ({_figures(m.values, language)} {m.unit})" for m in measures)


def _figures(values: Sequence[float], language: str) -> str:
    return " × ".join(format_number(value, language, 0 if value == int(value) else 2) for value in values)


def _likely(shares: Sequence[Any], label: Any, language: str, least: float = 0.05) -> str:
    """Return the probable codes in words; what is under 5 % helps nobody choose."""
    return ", ".join(
        f"{label(share.code, language)} {format_percent(share.probability, language)}"
        for share in shares
        if share.probability >= least
    )
