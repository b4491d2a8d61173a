"""Where the parts of the invented firm are really made, and what its files know of it."""

from __future__ import annotations

from functools import cache
from random import Random

from maillon.core.evidence import Evidence
from maillon.demo.suppliers import Supplier
from maillon.demo.tables import rows_of

#: Shares of a supplier's parts that its attestation or its answer covers.
_COVERED = {Evidence.DOCUMENTED: 0.55, Evidence.DECLARED: 0.5}


@cache
def makers_of(category: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the countries that make what resellers of ``category`` sell, with their weights."""
    row = next(row for row in rows_of("countries") if row["category"] == category)
    pairs = [pair.split(":") for pair in row["countries"].split()]
    return tuple(country for country, _ in pairs), tuple(int(weight) for _, weight in pairs)


def true_country(supplier: Supplier, category: str, chance: Random) -> str:
    """Return the country where the part is really made: the supplier's plant, or one of its makers'."""
    if supplier.plant_country:
        return supplier.plant_country
    countries, weights = makers_of(category)
    return chance.choices(countries, weights=weights)[0]


def known_level(supplier: Supplier, imported: bool, chance: Random) -> Evidence:
    """Return how well the bill of materials knows the origin of one of the supplier's parts."""
    if imported:
        return Evidence.DOCUMENTED
    return supplier.attests if chance.random() < _COVERED.get(supplier.attests, 0.0) else Evidence.UNKNOWN


def evidence_text(level: Evidence, supplier: Supplier, imported: bool, chance: Random) -> str:
    """Return the paper that the firm quotes for an origin, empty when there is none."""
    day = f"{chance.randrange(1, 29):02d}/{chance.randrange(1, 13):02d}/2025"
    if imported:
        return f"Déclaration d'importation 25FR00{chance.randrange(10**6, 10**7)} du {day}"
    if level is Evidence.DOCUMENTED:
        return f"Attestation d'origine {supplier.code}-{chance.randrange(100, 999)} du {day}"
    return f"Réponse du fournisseur du {day}" if level is Evidence.DECLARED else ""
