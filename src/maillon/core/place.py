"""Sites and the territories that contain them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Place:
    """A site as far as it is known: any field may be missing, and missing never means France.

    ``country`` is ISO 3166 alpha-2, ``region`` and ``departement`` and ``commune`` are INSEE codes,
    ``lat`` and ``lon`` are WGS84 degrees.
    """

    country: str | None = None
    region: str | None = None
    departement: str | None = None
    commune: str | None = None
    lat: float | None = None
    lon: float | None = None


class TerritoryKind(StrEnum):
    """The kinds of territory over which a local share is measured, from the nearest to the widest."""

    RADIUS = "radius"
    DEPARTEMENT = "departement"
    REGION = "region"
    COUNTRY = "country"
    EU = "eu"
    EUROPE = "europe"
    WORLD = "world"


@dataclass(frozen=True, slots=True)
class Territory:
    """One territory: its kind, its code there, and for a radius its centre and length in km.

    The ``key`` is what commands and JSON results use.

    >>> Territory(TerritoryKind.REGION, "27").key, Territory(TerritoryKind.EU).key
    ('region:27', 'eu')
    >>> Territory(TerritoryKind.RADIUS, "90010", lat=47.64, lon=6.86, km=100).key
    'radius:90010:100'
    """

    kind: TerritoryKind
    code: str = ""
    lat: float | None = None
    lon: float | None = None
    km: float | None = None

    @property
    def key(self) -> str:
        """A stable text that names this territory."""
        parts = [self.kind.value, self.code, f"{self.km:g}" if self.km is not None else ""]
        return ":".join(part for part in parts if part)


FRANCE = Territory(TerritoryKind.COUNTRY, "FR")
EU = Territory(TerritoryKind.EU)
EUROPE = Territory(TerritoryKind.EUROPE)
WORLD = Territory(TerritoryKind.WORLD)
