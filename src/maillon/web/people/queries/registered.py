"""Firms as the register in use knows them, by SIREN or SIRET, to open their space here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from maillon.core.errors import MissingData
from maillon.web.people.models import Organisation

#: A SIREN may have hundreds of establishments: beyond these a person gives the SIRET.
SHOWN = 20
_COLUMNS = (
    "siret", "siren", "name", "address", "postcode", "commune", "commune_name", "departement", "naf",
    "headcount_low", "headcount_high", "head_office", "active",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Registered:
    """One establishment. ``name`` is None where the firm asked for none; unknown is None."""

    siret: str
    siren: str
    name: str | None
    address: str | None
    postcode: str | None
    commune: str | None
    commune_name: str | None
    departement: str | None
    naf: str | None
    headcount_low: int | None
    headcount_high: int | None
    head_office: bool
    active: bool


def establishments_of(number: str) -> list[Registered]:
    """Return the establishments of a SIREN or SIRET, those open and the head office first.

    There are none where the register does not know it, or where no register is in use.
    """
    from maillon.reference.register import open_register  # noqa: PLC0415 - Polars loads here

    try:
        rows = open_register().find_establishments([number]).select(_COLUMNS)
    except MissingData:
        return []
    found = [_registered(row) for row in rows.iter_rows(named=True)]
    return sorted(found, key=lambda one: (not one.active, not one.head_office, one.siret))


def _registered(row: dict[str, Any]) -> Registered:
    told = {**row, "head_office": bool(row["head_office"]), "active": bool(row["active"])}
    return Registered(**told)


def space_of(siren: str) -> Organisation | None:
    """Return the organisation that has this SIREN here, if any."""
    found: Organisation | None = Organisation.objects.filter(siren=siren).first() if siren else None
    return found
