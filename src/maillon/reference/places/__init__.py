"""Communes, départements, regions, countries, distances."""

from maillon.reference.places.countries import country_name, country_names, is_country_code, resolve_country
from maillon.reference.places.distance import distance_km
from maillon.reference.places.location import locate, locate_many
from maillon.reference.places.outlines import VIEW_BOX, Outline, departement_outlines, region_outlines
from maillon.reference.places.territories import resolve_territory, territory_name
from maillon.reference.places.zones import countries_of, zone_countries

__all__ = [
    "VIEW_BOX",
    "Outline",
    "countries_of",
    "country_name",
    "country_names",
    "departement_outlines",
    "distance_km",
    "is_country_code",
    "locate",
    "locate_many",
    "region_outlines",
    "resolve_country",
    "resolve_territory",
    "territory_name",
    "zone_countries",
]
