"""The invented firm whose files the examples are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from maillon.demo.identifiers import invented_siren

#: Stands in every file that the demo writes: nobody may take these figures for a real firm's.
INVENTED = "DONNEES INVENTEES - exemple livré avec Maillon, aucune entreprise réelle"


@dataclass(frozen=True, slots=True)
class Variant:
    """One commercial version of the product and how many are built a year."""

    name: str
    yearly: int


@dataclass(frozen=True, slots=True)
class Firm:
    """Who buys: its identifiers, its site, its product and the year of its purchases."""

    name: str
    siren: str
    street: str
    postcode: str
    city: str
    product: str
    variants: tuple[Variant, ...]
    year: int
    printed: dt.date

    @property
    def yearly(self) -> int:
        """Products built in a year, all variants together."""
        return sum(variant.yearly for variant in self.variants)


VALTRENNE = Firm(
    name="Valtrenne Robotique",
    siren=invented_siren(1),
    street="12 rue des Essais",
    postcode="90000",
    city="Belfort",
    product="VT-6",
    variants=(Variant("VT-6 standard", 28), Variant("VT-6 poste mobile", 12)),
    year=2025,
    printed=dt.date(2026, 1, 14),
)
