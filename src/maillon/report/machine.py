"""The dossier as one JSON document, for machines: stable keys, English codes, unknown as null."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import polars as pl

from maillon.core.message import Message
from maillon.core.place import Territory
from maillon.dossier import BomCosts, Dossier, LineCost, LocalSources, PlannedSourcing
from maillon.intake import reading_to_json
from maillon.intake.reading import Reading
from maillon.method.diagnose.results import Diagnosis

if TYPE_CHECKING:
    from maillon.method.search import Candidate, SearchResult

#: By far most values; a subclass of these may have words of its own.
_AS_THEY_ARE = frozenset({str, int, bool, type(None)})


def plain(value: object) -> Any:
    """Return ``value`` made of dicts, lists, texts, numbers and null only.

    A frame becomes a list of rows, a dataclass a dict of its fields, a territory its key, a message its
    English sentence; numbers that JSON cannot write (NaN, infinite) become null.

    >>> plain({"share": 0.5, "day": dt.date(2026, 11, 22), "lost": float("nan")})
    {'share': 0.5, 'day': '2026-11-22', 'lost': None}
    """
    kind = type(value)
    if kind in _AS_THEY_ARE or (kind is float and math.isfinite(value)):  # type: ignore[arg-type]  # a float
        return value
    match value:
        case IntEnum():
            return value.name.lower()
        case float():
            return None
        case Mapping():
            return {str(key): plain(one) for key, one in value.items()}
        case tuple() | list():
            return [plain(one) for one in value]
    return _plain_word(value)


def _plain_word(value: object) -> Any:
    """Return one of the product's own words as plain data."""
    match value:
        case dt.date():
            return value.isoformat()
        case Territory():
            return value.key
        case Message():
            return str(value)
        case pl.DataFrame():
            return [plain(row) for row in value.iter_rows(named=True)]
    if is_dataclass(value):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return str(value)


def diagnosis_json(diagnosis: Diagnosis) -> dict[str, Any]:
    """Return a diagnosis under the names of its fields; ``questions`` and ``origin_check`` included."""
    made: dict[str, Any] = plain(diagnosis)
    return made


def dossier_json(dossier: Dossier) -> dict[str, Any]:
    """Return the whole dossier: what was read, the lines, the diagnosis, its variants, the doubts."""
    return {
        "name": dossier.name,
        "version": dossier.version,
        "seed": dossier.seed,
        "date": dossier.date.isoformat(),
        "site": plain(dossier.site),
        "sources": plain(dossier.sources),
        "tables": [table for reading in dossier.readings for table in _accounts(reading)],
        "lines": plain(dossier.bom.lines),
        "diagnosis": diagnosis_json(dossier.diagnosis),
        "variants": [diagnosis_json(variant) for variant in dossier.variants],
        "joining": plain(dossier.joining),
        "local": _local(dossier.local) if dossier.local else None,
        "costs": _costs(dossier.costs) if dossier.costs else None,
        "plan": _plan(dossier.planned) if dossier.planned else None,
        "doubts": plain(dossier.doubts),
    }


def _costs(costs: BomCosts) -> dict[str, Any]:
    """Return each costed line: totals and break-even as ranges, in EUR a piece, with what they assume."""
    return {
        "products_per_year": costs.products_per_year,
        "products_assumed": costs.products_assumed,
        "left_out": costs.left_out,
        "lines": [_cost(line) for line in costs.lines],
    }


def _cost(line: LineCost) -> dict[str, Any]:
    names = ("line", "designation", "supplier", "country", "spend", "quantity")
    found = line.comparison
    return {
        **{name: getattr(line, name) for name in names},
        "total_cost": plain(found.imported.per_unit),
        "layers": {layer.value: plain(of) for layer, of in found.imported.by_layer.items()},
        "break_even_price": plain(found.break_even),
        "margin": plain(found.margin),
        "local_price": plain(line.local_price),
        "co2": plain(found.imported.co2),
    }


def _plan(planned: PlannedSourcing) -> dict[str, Any]:
    """Return the plan over the costed lines: verdict, moves (parts are numbers of lines), suppliers used."""
    plan = planned.plan

    def figure(value: float) -> float | None:
        return value if math.isfinite(value) else None

    return {
        "status": plan.status.value,
        "objective": figure(plan.objective),
        "bound": figure(plan.bound),
        "gap": figure(plan.gap),
        "seconds": plan.seconds,
        "one_off": figure(plan.one_off),
        "cvar": figure(plan.cvar),
        "co2": figure(plan.co2),
        "local_share": figure(plan.local_share),
        "moves": plain(plan.moves),
        "suppliers": plain(plan.opened),
    }


def _local(local: LocalSources) -> dict[str, Any]:
    """Return the needs searched, each with its lines, its candidates and its gap."""
    lines: dict[int, list[int]] = {}
    for line, place in zip(local.lines, local.batch.lines, strict=True):
        if place is not None:
            lines.setdefault(place, []).append(line)
    return {
        "register": local.register,
        "built": local.built.isoformat(),
        "establishments": local.establishments,
        "invented": local.invented,
        "near": plain(local.near),
        "km": local.km,
        "needs": [
            {"lines": lines.get(place, []), **_found(result)}
            for place, result in enumerate(local.batch.results)
        ],
    }


def _found(result: SearchResult) -> dict[str, Any]:
    return {
        "text": result.need.text,
        "processes": plain(result.need.processes),
        "found": result.found,
        "candidates": [_candidate(candidate) for candidate in result.candidates],
        "gap": plain(result.gap),
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    names = ("siret", "name", "naf", "commune", "distance_km", "score", "has_evidence")
    reasons = [{"code": reason.code, "weight": reason.weight} for reason in candidate.reasons]
    return {**{name: getattr(candidate, name) for name in names}, "reasons": reasons}


def _accounts(reading: Reading) -> list[dict[str, Any]]:
    """Return the tables of a reading without their lines, which the dossier holds once, joined."""
    tables: list[dict[str, Any]] = plain(reading_to_json(reading)["tables"])
    return [{key: value for key, value in table.items() if key != "lines"} for table in tables]
