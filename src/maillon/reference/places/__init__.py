"""Communes, départements, regions, countries, distances."""

from maillon.reference.places.countries import country_name, is_country_code, resolve_country
from maillon.reference.places.distance import distance_km
from maillon.reference.places.location import locate, locate_many
from maillon.reference.places.territories import resolve_territory, territory_name
from maillon.reference.places.zones import countries_of, zone_countries

__all__ = [
    "countries_of",
    "country_name",
    "distance_km",
    "is_country_code",
    "locate",
    "locate_many",
    "resolve_country",
    "resolve_territory",
    "territory_name",
    "zone_countries",
]
