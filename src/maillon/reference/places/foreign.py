"""The country of a written site, from its own words: a name, a code, a postal prefix, a foreign postcode."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from maillon.reference.places.cities import city_country, is_city
from maillon.reference.places.communes import communes_named
from maillon.reference.places.countries import country_called, counts_as, is_country_code, named_country
from maillon.reference.places.fold import fold
from maillon.reference.places.postal import split_postal_sign, split_shaped_postcode

#: Codes of states of the USA. Some are also codes of countries: "CA", "IN". DE is Germany all the same:
#: a bill of materials has far more parts from Germany than from Delaware.
_STATE_CODES = (
    "AK AL AR AZ CA CO CT DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY "
    "OH OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY"
)
_STATES = frozenset(_STATE_CODES.split())
#: Capitals that are a state or the form of a company ("Siemens, AG") at least as often as a country.
_NOT_CODES = (_STATES - {"DE"}) | {"AG", "AS", "BV", "KG", "SA", "SC"}
_CLEAR_INITIALS = frozenset(["usa", "u s a", "uk", "u k", "prc", "rpc", "rfa"])
_STATE_AND_ZIP = re.compile(r",?\s+([A-Z]{2})\.?,?\s+\d{5}(?:-\d{4})?\s*$")

_CODE = re.compile(r"[A-Z]{2,3}$")
_CODE_FIRST = re.compile(r"([A-Z]{2})(?:\s?[-–:/]\s?|\s)([^\W\d].*)$")
_SEPARATORS = re.compile(r"[()\[\],;|\n:]|\s[-–—/]\s")

#: A country's name after one of these is not where the site is: "avenue d'Italie", "New Jersey".
_NOT_AFTER = frozenset(
    ["d", "de", "du", "des", "la", "l", "le", "new", "nouveau", "nouvelle", "rue", "via", "von"]
)
_NOT_FIRST = ("d ", "de ", "du ", "des ")
_SIGNS = ("/", "-", "–", "—", ",", ";", ":", "|", "(", "+", "&")
#: Names of countries that also end the names of other places ("Atlanta, Georgia").
_DOUBTFUL = frozenset(["georgia", "jersey"])
#: Islands whose name is first that of French communes.
_RATHER_COMMUNES = frozenset(["grenade", "saint barthelemy", "saint martin", "sainte helene"])


@dataclass(frozen=True, slots=True)
class Addressed:
    """A written site split in two: the code of its country, where it names one, and the rest."""

    country: str | None
    rest: str


def split_country(text: str) -> Addressed:
    """Return the country that a written site sets apart from the rest, and the text without it.

    >>> split_country("Shenzhen, China"), split_country("D-70173 Stuttgart")
    (Addressed(country='CN', rest='Shenzhen'), Addressed(country='DE', rest='70173 Stuttgart'))
    >>> split_country("12 avenue d'Italie")
    Addressed(country=None, rest="12 avenue d'Italie")
    """
    for read in (_whole, _prefixed, _segmented, _slashed, _shaped, _coded):
        found = read(text)
        if found is not None:
            return found
    return Addressed(None, text)


def _whole(text: str) -> Addressed | None:
    if fold(text) in _RATHER_COMMUNES:
        return None
    code = named_country(text)
    return None if code is None else Addressed(code, "")


def _prefixed(text: str) -> Addressed | None:
    found = split_postal_sign(text)
    return None if found is None else Addressed(*found)


def _segmented(text: str) -> Addressed | None:
    """Read "Shenzhen, China", "Italie - Milan", "Chine (Shenzhen)": one end names a country."""
    segments = [segment.strip() for segment in _SEPARATORS.split(text) if segment and segment.strip()]
    if len(segments) < 2:
        return None
    last, first = _of_segment(segments[-1]), _of_segment(segments[0])
    if segments[-1] in _NOT_CODES:
        last, first = _of_city_and_code(segments[-2], segments[-1]), None
    if last is not None and first is not None and counts_as(last) != counts_as(first):
        return None
    if last is not None:
        return Addressed(last, ", ".join(segments[:-1]))
    return None if first is None else Addressed(first, ", ".join(segments[1:]))


def _of_city_and_code(city: str, code: str) -> str | None:
    """Read "Casablanca, MA", "Indianapolis, IN", "Naples, FL": a state of the USA or a country."""
    country = city_country(city)
    if country == code:
        return code
    return "US" if code in _STATES and (country == "US" or not is_country_code(code)) else None


def _slashed(text: str) -> Addressed | None:
    """Read "Tokyo/Japan" and "France/Belfort"; "Chalon/Saône" names no country."""
    first, slash, last = text.partition("/")
    if not slash or "/" in last:
        return None
    codes = _of_segment(first.strip()), _of_segment(last.strip())
    if codes[1] is not None and codes[0] is None:
        return Addressed(codes[1], first.strip())
    return Addressed(codes[0], last.strip()) if codes[0] is not None and codes[1] is None else None


def _coded(text: str) -> Addressed | None:
    """Read "FR-Belfort" and "IT Milano": a code before one of its cities."""
    found = _CODE_FIRST.match(text)
    return Addressed(found[1], found[2]) if found and _is_city_of(found[2], found[1]) else None


def _is_city_of(city: str, code: str) -> bool:
    """Say whether a city may be in the country of a written code; where it is uncertain, the code decides."""
    if code == "FR":
        return bool(communes_named(city))
    country = city_country(city)
    return country == code or (
        country is None and is_city(city) and code not in _NOT_CODES and is_country_code(code)
    )


def _of_segment(segment: str) -> str | None:
    folded = fold(segment)
    if folded in _DOUBTFUL or folded in _RATHER_COMMUNES:
        return None
    if len(folded) <= 3 and (not _CODE.match(segment) or segment in _NOT_CODES):
        return None
    return named_country(segment)


def _shaped(text: str) -> Addressed | None:
    zipped = _STATE_AND_ZIP.search(text)
    if zipped is not None and zipped.group(1) in _STATES:
        return Addressed("US", text[: zipped.start()])
    found = split_shaped_postcode(text)
    return None if found is None else Addressed(*found)


def split_last_words(text: str) -> Addressed:
    """Return the country that the last words name, and the text without them.

    A code counts only after the name of a city: "Stuttgart DE", and not "Siemens AG".

    >>> split_last_words("Milano Italie"), split_last_words("Stuttgart DE").country
    (Addressed(country='IT', rest='Milano'), 'DE')
    >>> split_last_words("Siemens AG").country is None
    True
    """
    words = text.split()
    for start in range(max(1, len(words) - 4), len(words)):
        tail, rest = " ".join(words[start:]), " ".join(words[:start])
        code = country_called(tail)
        if code is not None and _ends_with_country(tail, rest, code):
            return Addressed(code, rest)
    return Addressed(None, text)


def _ends_with_country(tail: str, rest: str, code: str) -> bool:
    folded = fold(tail)
    if (fold(rest).split() or ["la"])[-1] in _NOT_AFTER or folded.startswith(_NOT_FIRST):
        return False
    if rest.endswith(_SIGNS) or tail.startswith(_SIGNS):  # set apart: read before, and refused
        return False
    if len(folded) > 3 or folded in _CLEAR_INITIALS:
        return folded not in _DOUBTFUL and folded not in _RATHER_COMMUNES and not _joined_by_article(tail)
    return bool(_CODE.match(tail)) and _is_city_of(rest, code)


def _joined_by_article(tail: str) -> bool:
    """Say whether the first word runs an article into the name: "d'Italie"."""
    return bool(re.match(r"(?:d|l)['’]", tail, re.IGNORECASE))


def segments_of(text: str) -> Iterator[str]:
    """Yield the parts of a written site between commas, parentheses and spaced dashes."""
    for segment in _SEPARATORS.split(text):
        if segment and segment.strip():
            yield segment.strip()
