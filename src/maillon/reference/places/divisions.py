"""Départements and regions of France, by code, by name and by postcode."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from maillon.reference.places.communes import communes_at
from maillon.reference.places.fold import fold
from maillon.reference.tables import read_table

#: Overseas collectivities have ISO codes of their own and are not counted in "France" by INSEE.
_COLLECTIVITIES = {"975": "PM", "977": "BL", "978": "MF", "984": "TF", "986": "WF", "987": "PF", "988": "NC"}

#: Abbreviations of today's regions, and the regions merged into them (law 2015-29 of 16 January 2015).
_OTHER_NAMES = {
    "alsace": "44",
    "aquitaine": "75",
    "aura": "84",
    "auvergne": "84",
    "basse normandie": "28",
    "bfc": "27",
    "bourgogne": "27",
    "bourgogne franche comte": "27",
    "centre": "24",
    "centre val de loire": "24",
    "champagne ardenne": "44",
    "franche comte": "27",
    "haute normandie": "28",
    "hdf": "32",
    "idf": "11",
    "languedoc roussillon": "76",
    "limousin": "75",
    "lorraine": "44",
    "midi pyrenees": "76",
    "nord pas de calais": "32",
    "paca": "93",
    "picardie": "32",
    "poitou charentes": "75",
    "region parisienne": "11",
    "region sud": "93",
    "rhone alpes": "84",
}


@dataclass(frozen=True, slots=True)
class Division:
    """A département or a region; ``region`` is its own code when it is a region."""

    code: str
    name: str
    region: str


@cache
def departements() -> Mapping[str, Division]:
    """Return the départements (and overseas collectivities) by code.

    >>> departements()["90"]
    Division(code='90', name='Territoire de Belfort', region='27')
    """
    table = read_table("places/data/departements.parquet")
    return {
        code: Division(code, name, region)
        for code, name, region in table.select("code", "nom", "region").rows()
    }


@cache
def regions() -> Mapping[str, Division]:
    """Return the regions by code.

    >>> regions()["27"].name
    'Bourgogne-Franche-Comté'
    """
    table = read_table("places/data/regions.parquet")
    return {code: Division(code, name, code) for code, name in table.select("code", "nom").rows()}


def departement_named(name: str) -> Division | None:
    """Return the département of that name, or None.

    >>> departement_named("HAUTE SAONE").code
    '70'
    """
    return _departements_by_name().get(fold(name))


def region_named(name: str) -> Division | None:
    """Return the region of that name or abbreviation; a former region gives the one that holds it now.

    >>> region_named("Franche-Comté").name
    'Bourgogne-Franche-Comté'
    """
    code = _regions_by_name().get(fold(name).removeprefix("region "))
    return None if code is None else regions()[code]


def departement_at(postcode: str) -> Division | None:
    """Return the département of a five-digit postcode, CEDEX included, or None where it names none.

    >>> departement_at("25042").code, departement_at("20600").code, departement_at("97410").code
    ('25', '2B', '974')
    """
    served = {found.departement for found in communes_at(postcode)}
    if len(served) == 1:
        return departements()[served.pop()]
    if postcode.startswith("20"):
        code = "2A" if postcode[2] in "01" else "2B"
    else:
        code = postcode[:3] if postcode.startswith(("97", "98")) else postcode[:2]
    return departements().get(code)


def country_of_departement(code: str) -> str:
    """Return FR, or the ISO code of an overseas collectivity.

    >>> country_of_departement("974"), country_of_departement("988")
    ('FR', 'NC')
    """
    return _COLLECTIVITIES.get(code, "FR")


@cache
def _departements_by_name() -> Mapping[str, Division]:
    return {fold(division.name): division for division in departements().values()} | {
        "belfort territoire": departements()["90"],
        "reunion": departements()["974"],
        "guyane francaise": departements()["973"],
    }


@cache
def _regions_by_name() -> Mapping[str, str]:
    return {fold(division.name): code for code, division in regions().items()} | _OTHER_NAMES
