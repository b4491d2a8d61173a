"""The invented firm's suppliers: who they are, what they sell, where they really make it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from maillon.core.evidence import Evidence
from maillon.demo.identifiers import french_vat, invented_siren
from maillon.demo.tables import rows_of


@dataclass(frozen=True, slots=True)
class Supplier:
    """One supplier. ``plant_country`` is empty for a reseller: its goods come from many makers.

    ``attests`` is the level of what it has told of its origins, ``prints_origin`` whether its invoices carry
    the country of origin of each line, ``invoice`` their syntax (``ubl``, ``cii``, ``facturx``, ``none``).
    """

    code: str
    name: str
    legal_form: str
    kind: str
    country: str
    postcode: str
    city: str
    plant_country: str
    plant_city: str
    categories: tuple[str, ...]
    attests: Evidence
    prints_origin: bool
    invoice: str
    siren: str

    @property
    def resells(self) -> bool:
        """Whether it sells what others make."""
        return self.kind in {"distributor", "trader"}

    @property
    def outside_union(self) -> bool:
        """Whether its goods are imported, in the customs sense."""
        return self.country in {"CH", "CN", "JP"}

    @property
    def vat(self) -> str:
        """Its VAT number; outside France one whose digits nobody bears."""
        return french_vat(self.siren) if self.country == "FR" else f"{self.country}{self.siren}"


@cache
def all_suppliers() -> tuple[Supplier, ...]:
    """Return every supplier, in the order of the table."""
    return tuple(_supplier(rank, row) for rank, row in enumerate(rows_of("suppliers")))


def _supplier(rank: int, row: dict[str, str]) -> Supplier:
    return Supplier(
        code=f"F{rank + 1:04d}",
        name=row["name"],
        legal_form=row["legal_form"],
        kind=row["kind"],
        country=row["country"],
        postcode=row["postcode"],
        city=row["city"],
        plant_country=row["plant_country"],
        plant_city=row["plant_city"],
        categories=tuple(filter(None, row["categories"].split(","))),
        attests=Evidence.UNKNOWN if row["attests"] == "none" else Evidence.from_code(row["attests"]),
        prints_origin=row["prints_origin"] == "yes",
        invoice=row["invoice"],
        siren=invented_siren(rank + 2),
    )


@cache
def importers() -> dict[str, Supplier]:
    """Return the suppliers that the firm imports one part from, by the part's designation."""
    named = {supplier.name: supplier for supplier in all_suppliers()}
    return {row["designation"]: named[row["supplier"]] for row in rows_of("imported")}


@cache
def sellers_of(category: str) -> tuple[Supplier, ...]:
    """Return the suppliers that sell parts of ``category``."""
    return tuple(supplier for supplier in all_suppliers() if category in supplier.categories)


def misspell(name: str, legal_form: str, chance: Random) -> str:
    """Return a supplier's name as an ERP's users type it: capitals, no accents, with or without its form."""
    forms = (
        name,
        name.upper(),
        f"{name} {legal_form}",
        f"{name.upper()} {legal_form.upper().replace('.', '')}",
        name.replace(" ", "-", 1),
        f"  {name}",
        f"Sté {name}",
    )
    return chance.choices(forms, weights=(60, 12, 10, 6, 4, 4, 4))[0]
