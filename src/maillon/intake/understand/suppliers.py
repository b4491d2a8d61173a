"""Who sells: supplier names, shops recognised from a link, distributors told from makers."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from maillon.intake.understand.cells import fold
from maillon.intake.understand.prices import is_placeholder

_HOST = re.compile(r"(?i)(?:https?://)?(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?=[/:?#\s]|$)")
#: Words that stand in a supplier cell and name no firm: made by oneself, given, of any make.
_NOBODY = frozenset(
    [
        "custom",
        "any",
        "generic",
        "divers",
        "misc",
        "various",
        "none",
        "own",
        "self",
        "in",
        "house",
        "inhouse",
        "interne",
        "internal",
        "stock",
        "maison",
        "fait",
        "impression",
        "printed",
        "machined",
        "made",
        "nc",
        "dnp",
        "fitted",
        "commerce",
        "standard",
        "diy",
        "selfmade",
    ]
)
_MADE_HERE = re.compile(
    r"^(?:custom\b|made in[- ]?house|in[- ]?house|self[- ]?made|fabrication (?:interne|maison)|fait maison"
    r"|interne"
    r"|eigenfertigung|eigenbau|3d[- ]print|impression 3d|imprim[ée]e? 3d)",
    re.I,
)
_GIVEN = re.compile(
    r"^(?:fourni[es]* |provided|supplied|delivered|included|already|existing|d[ée]j[àa]|en stock|in stock"
    r"|r[ée]cup"
    r"|bauseits|vorhanden|beigestellt|purchase )",
    re.I,
)
_SECOND_LEVEL = frozenset(["co", "com", "org", "net", "ac", "gov", "edu"])


#: Beginnings of the words for firms that resell what others make, and for firms that make.
_RESELLING = (
    "distribut", "nego", "revend", "grossist", "resell", "wholesal", "handler", "haendler", "trader",
    "trading", "importat", "commerce", "retail", "detaillant", "rivendit", "grosshand", "vertrieb",
    "stockist", "marketplace",
)  # fmt: skip
_MAKING = (
    "fabric", "fabriq", "manufact", "product", "maker", "sous-trait", "soustrait", "subcontract",
    "herstell", "produttor", "construct", "factory", "costruttor",
)  # fmt: skip
_FILE_NAME = re.compile(
    r"(?i)\.(?:stl|step|stp|dxf|dwg|pdf|f3d|sldprt|sldasm|ipt|iam|scad|fcstd|3mf|obj|igs|iges)$"
)


@lru_cache(maxsize=4096)
def resells(kind: str) -> bool | None:
    """Return whether a firm of this kind resells what others make; None where the word does not say.

    >>> resells("Négoce"), resells("Fabricant"), resells("S/T"), resells("ancien")
    (True, False, False, None)
    """
    word = fold(kind).strip()
    if word.startswith(_RESELLING):
        return True
    return False if word.startswith(_MAKING) or word in ("s/t", "st", "oem") else None


@dataclass(frozen=True, slots=True)
class Distributor:
    """A firm known to resell."""

    name: str
    kind: str  # distributor, marketplace, retailer
    spellings: tuple[str, ...] = ()


@cache
def _register() -> tuple[
    dict[str, Distributor], dict[str, Distributor], list[tuple[re.Pattern[str], Distributor]]
]:
    source = files("maillon.intake.understand").joinpath("distributors.toml").read_text(encoding="utf-8")
    names: dict[str, Distributor] = {}
    domains: dict[str, Distributor] = {}
    codes: list[tuple[re.Pattern[str], Distributor]] = []
    for entry in tomllib.loads(source)["distributor"]:
        spellings = (entry["name"], *entry.get("aliases", ()))
        firm = Distributor(entry["name"], entry.get("kind", "distributor"), spellings)
        names |= {_key(n): firm for n in spellings}
        domains |= dict.fromkeys(entry.get("domains", ()), firm)
        if "codes" in entry:
            codes.append((re.compile(entry["codes"]), firm))
    return names, domains, codes


def _key(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(name)))


@lru_cache(maxsize=16384)
def find_distributor(name: str) -> Distributor | None:
    """Return the distributor that a supplier's name is, whole or as its first words; None for any other firm.

    >>> find_distributor("DIGIKEY").name, find_distributor("Mouser Electronics France").name
    ('Digi-Key', 'Mouser')
    >>> find_distributor("Ets Rsomething") is None
    True
    """
    names = _register()[0]
    words = _key(name).split()
    for size in range(min(3, len(words)), 0, -1):
        firm = names.get(" ".join(words[:size]))
        if firm and (size == len(words) or len(" ".join(words[:size])) > 3):
            return firm
    return None


def distributor_in(text: str) -> Distributor | None:
    """Return the distributor named anywhere in a header such as ``DigiKey PN``."""
    names = _register()[0]
    words = _key(text).split()
    found = (names.get(" ".join(words[i : i + n])) for n in (2, 1) for i in range(len(words) - n + 1))
    return next((f for f in found if f), None)


def distributor_of_code(code: str) -> Distributor | None:
    """Return the distributor whose part numbers alone look like ``code``.

    >>> distributor_of_code("C14663").name, distributor_of_code("P100GCT-ND").name, distributor_of_code("M8")
    ('LCSC', 'Digi-Key', None)
    """
    return next((firm for pattern, firm in _register()[2] if pattern.fullmatch(code.strip())), None)


def split_order_code(text: str) -> tuple[str, str] | None:
    """Separate a distributor from its code: ``Farnell 2614454``; None where the text does not start with one.

    >>> split_order_code("Farnell 2614454"), split_order_code("Vis M8")
    (('Farnell', '2614454'), None)
    """
    first, _, rest = text.strip().partition(" ")
    firm = find_distributor(first.rstrip(":"))
    return (firm.name, rest.strip(" :#")) if firm and re.search(r"\d", rest) else None


@lru_cache(maxsize=65536)
def supplier_of_link(link: str) -> str | None:
    """Return who sells at an address: the distributor's name, else the domain as it is written.

    >>> supplier_of_link("https://fr.rs-online.com/web/p/1"), supplier_of_link("https://www.danielsmetalen.nl/x")
    ('RS', 'danielsmetalen.nl')
    >>> supplier_of_link("custom - machined") is None
    True
    """
    found = _HOST.search(link)
    if not found or ("/" not in link and "www." not in link.lower() and len(link.split()) > 1):
        return None
    labels = found[1].lower().split(".")
    domains = _register()[1]
    for start in range(len(labels) - 1):
        firm = domains.get(".".join(labels[start:]))
        if firm:
            return firm.name
    if len(labels[-1]) < 2 or labels[-1].isdigit() or not labels[-1].isalpha():
        return None
    size = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-size:])


@lru_cache(maxsize=65536)
def supplier_name(text: str) -> str | None:
    """Return the supplier that a cell names; None for "any", "n/a", "custom" and other words for nobody.

    >>> supplier_name("RobotShop"), supplier_name("n/a"), supplier_name("CUSTOM"), supplier_name("any")
    ('RobotShop', None, None, None)
    """
    if is_placeholder(text) or _MADE_HERE.match(text) or all(w in _NOBODY for w in _key(text).split()):
        return None
    if len(text.split()) > 6 or _GIVEN.match(text) or _FILE_NAME.search(text.strip()):
        return None
    first = re.split(r"\s*(?:[,;/|]|\bor\b|\bou\b)\s*", text, maxsplit=1)[0]
    if first != text and "://" not in text and find_distributor(first):
        return first
    if "://" in text or text.lower().startswith("www."):
        return supplier_of_link(text)
    return text.strip()
