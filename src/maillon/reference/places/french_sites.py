"""Written French sites: "25000 Besançon", "Belfort (90)", "Lyon 3e", "Dole, Jura", "BELFORT CEDEX".

A homonym is never chosen among: what all the places meant could have in common is kept, the rest is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from maillon.core.place import Place
from maillon.reference.places.cities import is_doubtful
from maillon.reference.places.communes import Commune, commune, communes_at, communes_keyed
from maillon.reference.places.divisions import (
    Division,
    country_of_departement,
    departement_at,
    departement_named,
    departements,
    region_named,
    regions,
)
from maillon.reference.places.fold import fold, fold_commune
from maillon.reference.places.foreign import segments_of

#: The departement of each overseas region that ISO 3166 gives a code of its own.
OVERSEAS = {"GP": "971", "MQ": "972", "GF": "973", "RE": "974", "YT": "976"}

#: The one commune that fills its département: its name means the commune.
PARIS = "75"
#: Business districts that post and people name like communes, with their département.
_DISTRICTS = {"la defense": "92", "paris la defense": "92", "sophia antipolis": "06"}

_CEDEX = re.compile(r"\bcedex(?:\s*\d{1,2})?\b", re.IGNORECASE)
_ARTICLES = ("le", "la", "les", "l")
_FIELDS = ("country", "region", "departement", "commune", "lat", "lon")

_POSTCODE = re.compile(r"(?<!\d)(\d{2}\s?\d{3})(?!\d)")
_TRAILING_CODE = re.compile(r"^(?P<name>.*?\w)[\s,(/–-]+(?P<code>2[ABab]|\d{2}|97[1-6])\s*\)?$")
_LEADING_CODE = re.compile(r"^\(?(?P<code>2[ABab]|\d{2}|97[1-6])\)?[\s:–-]+(?P<name>\D.*)$")
_ARRONDISSEMENT = re.compile(
    r"^(paris|lyon|marseille) 0?(\d{1,2})(?: ?(?:e|er|eme|ieme|nd))?(?: arrondissement)?$"
)
_FIRST_ARRONDISSEMENT = {"paris": (75100, 20), "lyon": (69380, 9), "marseille": (13200, 16)}
_LONGEST_NAME = 9  # words of the longest name of a commune: "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson"


def read_french_site(text: str, *, in_france: bool) -> Place | None:
    """Return the French place that ``text`` names, as far as it is certain, or None.

    ``in_france`` says that France is known from elsewhere: then a postcode or the number of a département is
    believed without a commune's name beside it.

    >>> read_french_site("F. Dupont SARL, 90000 BELFORT CEDEX", in_france=False).commune
    '90010'
    >>> read_french_site("70173 Stuttgart", in_france=False) is None
    True
    """
    known = in_france or "cedex" in fold(text).split()
    for read in (_by_postcode, _by_division, _by_name, _by_segment):
        place = read(text, known)
        if place is not None:
            return place
    return None


def departement_place(code: str) -> Place:
    """Return a département as a place without a point."""
    return Place(country_of_departement(code), departements()[code].region, code)


def commune_place(found: Commune) -> Place:
    """Return a commune as a place, with the point of its town hall."""
    country = country_of_departement(found.departement)
    return Place(country, found.region, found.departement, found.code, found.lat, found.lon)


def common_part(places: Iterable[Place]) -> Place | None:
    """Return what all ``places`` agree on; None when there are none or they agree on no country."""
    meant = [*places]
    if not meant:
        return None
    agreed = {name: getattr(meant[0], name) for name in _FIELDS if _all_equal(name, meant)}
    common = Place(**agreed)
    return common if common.country else None


def _all_equal(name: str, places: list[Place]) -> bool:
    return len({getattr(place, name) for place in places}) == 1


@lru_cache(maxsize=1024)
def read_postcode(text: str) -> Place | None:
    """Return the commune whose name stands beside its own postcode, or one of its département, or None.

    >>> read_postcode("Fonderie, 44110 Soudan").departement
    '44'
    """
    for found in _POSTCODE.finditer(text):
        postcode = re.sub(r"\s", "", found[1])
        for key in _names_around(text, found.start(), found.end()):
            place = _named_near(key, postcode)
            if place is not None:
                return place
    return None


def _by_postcode(text: str, in_france: bool) -> Place | None:
    place = read_postcode(text)
    for found in _POSTCODE.finditer(text) if in_france and place is None else ():
        place = place or _postcode_alone(re.sub(r"\s", "", found[1]))
    return place


def _names_around(text: str, start: int, end: int) -> Iterator[str]:
    """Yield what may be a name after the postcode, then before it, longest first."""
    after = fold_commune(text[end:]).split()[:_LONGEST_NAME]
    before = fold_commune(text[:start]).split()[-_LONGEST_NAME:]
    for length in range(len(after), 0, -1):
        yield " ".join(after[:length])
    for length in range(len(before), 0, -1):
        yield " ".join(before[-length:])


def _named_near(key: str, postcode: str) -> Place | None:
    """Return the one commune of that name which the postcode serves, or which its département holds."""
    named = _communes_called(key, articles=True)
    served = [found for found in named if postcode in found.postcodes]
    if not served and named:
        around = departement_at(postcode)
        served = [found for found in named if around is not None and found.departement == around.code]
    return commune_place(served[0]) if len(served) == 1 else None


def _postcode_alone(postcode: str) -> Place | None:
    served = communes_at(postcode)
    whole = [found for found in served if not _is_arrondissement(found)] or served
    if whole:
        return common_part(commune_place(found) for found in whole)
    around = departement_at(postcode)
    return None if around is None else departement_place(around.code)


def _is_arrondissement(found: Commune) -> bool:
    return found.name.endswith("Arrondissement")


def _by_division(text: str, in_france: bool) -> Place | None:
    """Read a name beside a département or a region: "Dole (39)", "Dole, Jura", "25 - Doubs"."""
    text = _CEDEX.sub("", text).strip()
    if in_france and text.upper() in departements():
        return departement_place(text.upper())
    for pattern in (_TRAILING_CODE, _LEADING_CODE):
        written = pattern.match(text)
        division = departements().get(written["code"].upper()) if written else None
        if written and division is not None:
            place = _inside([written["name"], *segments_of(written["name"])], division)
            if place is not None or in_france:
                return place or departement_place(division.code)
    *names, last = [*segments_of(text)] or [""]
    division = departement_named(last) or region_named(last)
    if not names or division is None:
        return None
    return _inside([*reversed(names)], division) or _division_place(division)


def _inside(names: list[str], division: Division) -> Place | None:
    """Return the commune of one of ``names`` in the division, or the division itself if that is its name."""
    for name in names:
        if division.code != PARIS and division in (departement_named(name), region_named(name)):
            return _division_place(division)
        found = [
            c
            for c in _communes_called(fold_commune(name), articles=True)
            if division.code in (c.departement, c.region)
        ]
        if len(found) == 1:
            return commune_place(found[0])
    return None


def _division_place(division: Division) -> Place:
    if regions().get(division.code) == division:
        return Place("FR", division.code)
    return departement_place(division.code)


def _by_name(text: str, in_france: bool) -> Place | None:
    key = fold_commune(text)
    if not in_france and (len(key) < 3 or is_doubtful(text)):
        return None
    if key in _DISTRICTS:
        return departement_place(_DISTRICTS[key])
    places = [commune_place(found) for found in _communes_called(key)]
    departement, region = departement_named(text), region_named(text)
    if departement is not None and departement.code != PARIS:
        places.append(departement_place(departement.code))
    if region is not None:
        places.append(Place("FR", region.code))
    return common_part(places)


def _by_segment(text: str, in_france: bool) -> Place | None:
    """Read "Parc technologique, Besançon" once France is known."""
    segments = [*segments_of(text)]
    if not in_france or len(segments) < 2:
        return None
    return _by_name(segments[-1], in_france) or _by_name(segments[0], in_france)


def _communes_called(key: str, *, articles: bool = False) -> list[Commune]:
    """Return the communes of a folded name; with ``articles``, "mans" finds "le mans" too."""
    found = communes_keyed(key)
    if not found and articles and key:
        found = [other for article in _ARTICLES for other in communes_keyed(f"{article} {key}")]
    if found:
        return found
    numbered = _ARRONDISSEMENT.match(key)
    if numbered is None:
        return []
    first, last = _FIRST_ARRONDISSEMENT[numbered[1]]
    number = int(numbered[2])
    arrondissement = commune(str(first + number)) if 1 <= number <= last else None
    return [arrondissement] if arrondissement is not None else []
