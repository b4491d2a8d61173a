"""Objects of contracts without the names of firms, lots and file numbers: what a buyer would have asked.

A winner named in the object would be found by its name, which measures nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"\w+")
_FILED = re.compile(
    r"\b(?:lot|march[ée]|accord[- ]cadre|consultation|ms|tranche|r[ée]f(?:[ée]rence)?)"
    r"(?:\s+subs[ée]quent)?\s*(?:n\s*[°o])?\s*[:.]?\s*[A-Z]{0,4}[-_/]?\d[\w/.-]*|\bn\s*°\s*[\w/.-]+",
    re.IGNORECASE,
)
_FORMS = frozenset(
    {"sa", "sas", "sasu", "sarl", "eurl", "snc", "sci", "scop", "selarl", "ets", "ste", "groupe", "france"}
    | {"etablissement", "etablissements", "societe"}
)


def clean_object(text: str, names: Iterable[str]) -> str:
    """Return an object without lots, file numbers and the names given, whatever their case and accents.

    The legal form of a name counts only beside its other words; a name of forms alone removes nothing.

    >>> clean_object("Lot n°3 : fourniture de vannes DUPONT & FILS", ["SARL Dupont Fils"])
    'fourniture de vannes &'
    """
    kept = _FILED.sub(" ", text)
    found = [(match.start(), match.end(), _fold(match[0])) for match in _WORD.finditer(kept)]
    gone: set[int] = set()
    for name in names:
        gone.update(_places(found, _bare_name(name)))
    for place in sorted(gone, reverse=True):
        start, end, _ = found[place]
        kept = kept[:start] + kept[end:]
    return re.sub(r"\s+", " ", kept).strip(" :;,.-")


def _places(words: Sequence[tuple[int, int, str]], name: tuple[str, ...]) -> set[int]:
    """Return the places of the words of every occurrence of ``name``."""
    size, plain = len(name), [word for _, _, word in words]
    starts = [k for k in range(len(plain) - size + 1) if size and tuple(plain[k : k + size]) == name]
    return {start + n for start in starts for n in range(size)}


def _bare_name(name: str) -> tuple[str, ...]:
    return tuple(word for word in map(_fold, _WORD.findall(name)) if word not in _FORMS)


def _fold(word: str) -> str:
    return unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().lower()
