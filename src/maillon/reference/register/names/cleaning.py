"""A firm's name as the words that tell it from others: no accents, no punctuation, no legal form."""

from __future__ import annotations

import re
from collections.abc import Iterable

from maillon.core.vendor import vendor_name

#: Words that say of a name that it is one, and little else; French firms write or leave them out at will.
_FILLERS = frozenset(
    (
        "et", "de", "du", "des", "la", "le", "les", "l", "d", "en", "au", "aux", "the", "of", "and", "und",
        "par", "sur", "pour", "holding", "sasu", "sarlu", "scea", "earl", "gaec", "scp", "sep", "sem", "epic",
        "unipersonnelle", "succursale", "succ", "agence", "siege", "social", "entreprise", "entr",
    )
)  # fmt: skip
#: Abbreviations that stand for one word, whoever writes.
_SHORT = {
    "st": "saint", "ste": "sainte", "ind": "industrie", "indus": "industrie", "inds": "industrie",
    "industries": "industrie", "industriel": "industrie", "industrielle": "industrie",
    "meca": "mecanique", "mecaniques": "mecanique", "services": "service", "serv": "service",
    "transp": "transport", "transports": "transport", "trans": "transport", "constr": "construction",
    "constructions": "construction", "const": "construction", "elec": "electricite",
    "electr": "electricite", "prec": "precision", "precis": "precision", "techniques": "technique",
    "techn": "technique", "techno": "technologie", "technologies": "technologie", "frs": "freres",
    "internat": "international", "intl": "international", "int": "international",
    "distrib": "distribution", "diff": "diffusion", "metaux": "metal", "plast": "plastique",
    "plastiques": "plastique", "fab": "fabrication", "equip": "equipement", "equipements": "equipement",
    "prod": "production", "productions": "production", "at": "atelier", "ateliers": "atelier",
    "grp": "groupe", "sys": "systeme", "systemes": "systeme", "syst": "systeme", "systems": "systeme",
}  # fmt: skip
_LONGEST = 12  # words kept of a name


def clean_words(name: str | None) -> tuple[str, ...]:
    """Return the words of a name that tell it from others, in order; all of them where none would be left.

    >>> clean_words("Sté des Éts. MECA & PRÉCIS. du Doubs S.A.S.")
    ('mecanique', 'precision', 'doubs')
    >>> clean_words("SARL"), clean_words(None)
    (('sarl',), ())
    """
    plain = vendor_name(name)
    if not plain:
        return ()
    words = [_SHORT.get(word, word) for word in plain.split()]
    kept = [word for word in words if word not in _FILLERS]
    return tuple((kept or words)[:_LONGEST])


def clean_names(names: Iterable[str | None]) -> list[tuple[str, ...]]:
    """Return the words of many names, each distinct one cleaned once."""
    known: dict[str | None, tuple[str, ...]] = {}
    found = []
    for name in names:
        if name not in known:
            known[name] = clean_words(name)
        found.append(known[name])
    return found


def clean_town(name: str | None) -> str:
    """Return a town's name as it is compared: folded, "St" written out, no CEDEX, no district.

    >>> clean_town("ST-ÉTIENNE CEDEX 2"), clean_town("PARIS 15E ARRONDISSEMENT")
    ('saint etienne', 'paris')
    """
    plain = vendor_name(name) or ""
    plain = re.sub(r"\bcedex\b.*|\b\d+(?:e|er|eme)?\b|\barrondissement\b", " ", plain)
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in plain.split())
