"""Register tables and snapshots for tests and benchmarks, in the product's exact columns. All invented."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl

from maillon.reference.register.manifest import Manifest, describe_table, write_manifest
from maillon.reference.register.schema import CAPABILITIES, ESTABLISHMENTS

BELFORT = {
    "postcode": "90000",
    "commune": "90010",
    "commune_name": "BELFORT",
    "departement": "90",
    "region": "27",
    "lat": 47.6379,
    "lon": 6.8629,
    "point_source": "commune",
}


def siret_of(number: int, nic: int = 1) -> str:
    """A SIRET with both of its check digits right, a different SIREN for each number."""
    siren = _with_check_digit(f"{number:08d}")
    return _with_check_digit(f"{siren}{nic:04d}")


def _with_check_digit(digits: str) -> str:
    """Add the Luhn check digit (ISO/IEC 7812-1)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return digits + str(-total % 10)


def establishments_frame(*rows: dict[str, Any], **common: Any) -> pl.DataFrame:
    """One establishment for each dictionary; what none names is that of a small active firm of Belfort.

    Rows are put in the order of ``siret``, as in a snapshot.
    """
    made = [_establishment(place, {**common, **row}) for place, row in enumerate(rows, start=1)]
    return pl.DataFrame(made, schema=ESTABLISHMENTS).sort("siret")


def _establishment(place: int, known: dict[str, Any]) -> dict[str, Any]:
    siret = known.get("siret", siret_of(10_000_000 + place))
    name = known.get("name", f"ATELIER {place}")
    usual = {
        "siret": siret,
        "siren": siret[:9],
        "head_office": True,
        "name": name,
        "legal_name": name,
        "trade_names": [],
        "natural_person": False,
        "naf": "25.62B",
        "headcount_band": "11",
        "headcount_low": 10,
        "headcount_high": 19,
        "category": "PME",
        "legal_form": "5710",
        "created": dt.date(2001, 5, 17),
        "active": True,
        "employer": True,
        "masked": False,
    }
    return {**dict.fromkeys(ESTABLISHMENTS), **BELFORT, **usual, **known}


def capabilities_frame(*rows: dict[str, Any], **common: Any) -> pl.DataFrame:
    """One capability for each dictionary; a member file's description where a row names no source or kind."""
    usual = {**dict.fromkeys(CAPABILITIES), "source": "members", "kind": "description"}
    return pl.DataFrame([{**usual, **common, **row} for row in rows], schema=CAPABILITIES)


def write_snapshot(
    folder: Path, establishments: pl.DataFrame, capabilities: pl.DataFrame | None = None
) -> Path:
    """Write a snapshot of these tables into ``folder``, with its manifest; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    told = pl.DataFrame(schema=CAPABILITIES) if capabilities is None else capabilities
    tables = {"establishments.parquet": establishments.sort("siret"), "capabilities.parquet": told}
    for file, table in tables.items():
        table.write_parquet(folder / file)
    described = tuple(describe_table(folder / file) for file in tables)
    created = "2026-11-01T00:00:00+00:00"
    write_manifest(folder, Manifest("register-20261101-invented", created, "all", "polars", (), described))
    return folder
