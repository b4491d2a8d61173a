"""Territories by name: what people type, and what reports print."""

from __future__ import annotations

import re

from maillon.core.errors import InvalidRequest
from maillon.core.message import Message, message
from maillon.core.place import EU, EUROPE, FRANCE, WORLD, Territory, TerritoryKind
from maillon.language import format_number, render
from maillon.reference.places.communes import Commune, commune
from maillon.reference.places.countries import country_name, is_country_code, resolve_country
from maillon.reference.places.divisions import departement_named, departements, region_named, regions
from maillon.reference.places.fold import fold
from maillon.reference.places.location import locate

_ZONES = {
    "eu": EU,
    "ue": EU,
    "eu27": EU,
    "eu 27": EU,
    "ue27": EU,
    "ue 27": EU,
    "european union": EU,
    "union europeenne": EU,
    "europe": EUROPE,
    "world": WORLD,
    "monde": WORLD,
    "monde entier": WORLD,
    "france": FRANCE,
    "france entiere": FRANCE,
}
_RADIUS = re.compile(
    r"^(?:radius|rayon)\s*:\s*(?P<where>.+?)\s*:\s*(?P<km>\d+(?:[.,]\d+)?)\s*(?:km)?$"
    r"|^(?P<km_first>\d+(?:[.,]\d+)?)\s*km\s*(?::|autour de|autour d['’]|de|around|from|of)\s*(?P<place>.+)$",
    re.IGNORECASE,
)
_KEYED = re.compile(
    r"^(?P<kind>departement|département|dept|region|région|country|pays)\s*:\s*(?P<code>.+)$", re.IGNORECASE
)


def resolve_territory(text: str) -> Territory:
    """Return the territory that ``text`` names; its ``key`` names it too.

    Zones ("eu", "Europe", "monde"), countries ("FR", "Allemagne"), regions ("region:27",
    "Bourgogne-Franche-Comté"), départements ("90", "Doubs": a bare number is a département, never a region),
    circles ("100km:Belfort", "radius:90010:100", the centre being a commune). Raises ``InvalidRequest``.

    >>> resolve_territory("Bourgogne-Franche-Comté").key, resolve_territory("90").key
    ('region:27', 'departement:90')
    >>> resolve_territory("100km:Belfort").key
    'radius:90010:100'
    """
    written = text.strip()
    circle, keyed = _RADIUS.match(written), _KEYED.match(written)
    if circle is not None:
        km = float((circle["km"] or circle["km_first"]).replace(",", "."))
        return _circle(circle["where"] or circle["place"], km)
    found = _keyed(fold(keyed["kind"]), keyed["code"].strip()) if keyed else _bare(written)
    if found is None:
        raise InvalidRequest(message("“{text}” is not a territory that Maillon knows.", text=text), _hint())
    return found


def territory_name(territory: Territory, language: str) -> str:
    r"""Return the name of a territory for people, in French or English.

    >>> territory_name(resolve_territory("100km:Belfort"), "fr"), territory_name(EU, "en")
    ('Belfort (rayon de 100\xa0km)', 'European Union')
    """
    match territory.kind:
        case TerritoryKind.DEPARTEMENT:
            return departements()[territory.code].name
        case TerritoryKind.REGION:
            return regions()[territory.code].name
        case TerritoryKind.COUNTRY:
            return country_name(territory.code, language)
    return render(_title(territory, language), language)


def _title(territory: Territory, language: str) -> Message:
    match territory.kind:
        case TerritoryKind.EU:
            return message("European Union")
        case TerritoryKind.EUROPE:
            return message("Europe")
        case TerritoryKind.WORLD:
            return message("World")
    centre = commune(territory.code)
    where = centre.name if centre else f"{territory.lat:.3f}, {territory.lon:.3f}"
    km = territory.km or 0.0
    written = format_number(km, language, 0 if km == int(km) else 1)
    return message("{km} km around {place}", km=written, place=where)


def _hint() -> Message:
    return message(
        "Write a zone (eu, europe, world), a country (FR), a region (region:27 or its name), a département "
        "(90 or its name), or a circle around a commune (100km:Belfort)."
    )


def _bare(written: str) -> Territory | None:
    zone = _ZONES.get(fold(written))
    if zone is not None:
        return zone
    code = written.upper()
    if code in departements():
        return Territory(TerritoryKind.DEPARTEMENT, code)
    for kind in ("region", "departement", "country"):
        found = _keyed(kind, written)
        if found is not None:
            return found
    return None


def _keyed(kind: str, written: str) -> Territory | None:
    code = written.upper()
    match kind:
        case "region":
            region = regions().get(code) or region_named(written)
            return Territory(TerritoryKind.REGION, region.code) if region else None
        case "departement" | "dept":
            departement = departements().get(code) or departement_named(written)
            return Territory(TerritoryKind.DEPARTEMENT, departement.code) if departement else None
    country = code if is_country_code(code) else resolve_country(written)
    return Territory(TerritoryKind.COUNTRY, country) if country else None


def _circle(where: str, km: float) -> Territory:
    centre = _centre(where)
    if centre is None:
        raise InvalidRequest(
            message("“{place}” is not the name of one commune.", place=where),
            message("Add its postcode or its département: 100km:Saint-Denis (93)."),
        )
    if km <= 0:
        raise InvalidRequest(message("A circle needs a radius above 0 km."))
    return Territory(TerritoryKind.RADIUS, centre.code, lat=centre.lat, lon=centre.lon, km=km)


def _centre(where: str) -> Commune | None:
    found = commune(where.upper())
    if found is None:
        place = locate(where, "FR")
        found = commune(place.commune) if place is not None and place.commune is not None else None
    return found if found is not None and found.lat is not None else None
