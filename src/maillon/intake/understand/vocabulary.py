"""Which role a header names: words of seven languages, held as data and compared without accents or case."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType

from maillon.intake.understand.cells import clean_text, fold
from maillon.intake.understand.currencies import find_currency
from maillon.intake.understand.units import canonical_unit

_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
_WORD = re.compile(r"[a-z0-9%]+")
_GLUED = re.compile(r"([^\W\d_]{4,})([1-9])\s*$")
_PER_UNIT = re.compile(
    r"^\s*(?:/|per|par|pro|por|al?|a l')\s*"
    r"(?:u|ud|un|unite?|unidad|unita|pi[eè]ce|pce|pc|pcs|stk|st(?:ü|ue)ck|each|ea|item|part|szt|kg|m|m2|m3|l)\W*$",
    re.I,
)
_INITIALS = re.compile(r"\b(?:[A-Za-z]\.){1,4}[A-Za-z]\b\.?")
_ARTICLES = frozenset(
    ("du", "de", "la", "le", "les", "d", "l", "of", "the", "der", "die", "das", "del", "della", "di")
)
_LONGEST_PHRASE = 5
#: Weight of a phrase that names one role only, and of one that is shared by several.
SURE, LIKELY = 1.0, 0.6
#: Part of the weight kept by a phrase that is only a piece of the header, before its share of words.
_PARTIAL = 0.4
#: Words of at least this many letters are recognised with one letter wrong, missing or too many.
_LONG_WORD = 7


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """What a header says: how strongly it names each role, and the unit or currency written in it."""

    roles: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    unit: str | None = None
    currency: str | None = None
    ordinal: int | None = None  # the 2 of "Supplier 2"


@cache
def phrases() -> dict[tuple[str, ...], dict[str, float]]:
    """Return the whole vocabulary: words of a phrase → role → weight."""
    source = files("maillon.intake.understand").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    found: dict[tuple[str, ...], dict[str, float]] = {}
    for role, lists in tomllib.loads(source).items():
        for name, weight in (("sure", SURE), ("likely", LIKELY)):
            for phrase in lists.get(name, ()):
                weights = found.setdefault(tuple(words_of(phrase)), {})
                weights[role] = max(weights.get(role, 0.0), weight)
    return found


def words_of(text: str) -> list[str]:
    """Return the words of a header as they are compared: folded, without articles and plural "s".

    >>> words_of("Qtés / N° de pièces"), words_of("P.U. H.T.")
    (['qte', 'no', 'piece'], ['pu', 'ht'])
    """
    joined = _INITIALS.sub(lambda found: found[0].replace(".", ""), text)
    folded = fold(joined.replace("°", "o").replace("º", "o").replace("#", " no "))
    words = [w for w in _WORD.findall(folded) if w not in _ARTICLES] or _WORD.findall(folded)
    return [w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w for w in words]


@lru_cache(maxsize=65536)
def read_header(text: str) -> HeaderWords:
    """Return what ``text`` says as a header: roles with weights from 0 to 1, unit and currency.

    >>> read_header("Prix unitaire (€)").currency, max(read_header("Prix unitaire (€)").roles.items())
    ('EUR', ('unit_price', 1.0))
    >>> read_header("Poids [g]").unit
    'g'
    """
    if len(text) > 80:
        return HeaderWords()
    rest, unit, currency = _measure_in(_GLUED.sub(r"\1 \2", clean_text(text)))
    if currency and _PER_UNIT.match(rest):
        return HeaderWords(MappingProxyType({"unit_price": SURE}), None, currency)
    words = words_of(rest)
    ordinal = int(words[-1]) if len(words) > 1 and words[-1].isdigit() and len(words[-1]) == 1 else None
    if ordinal is not None:
        words = words[:-1]
    if not words or len(words) > 9:
        return HeaderWords(
            MappingProxyType({"price": LIKELY}) if currency else MappingProxyType({}), unit, currency
        )
    return HeaderWords(MappingProxyType(_weigh(tuple(words))), unit, currency, ordinal)


def _measure_in(text: str) -> tuple[str, str | None, str | None]:
    """Separate the unit or currency from a header: in brackets, after a slash, or as its last word."""
    unit = currency = None
    for inner in _BRACKETS.findall(text):
        currency = currency or find_currency(inner)
        unit = unit or (canonical_unit(inner) and inner.strip().lower()) or None
    rest = _BRACKETS.sub(lambda m: " " if find_currency(m[1]) or canonical_unit(m[1]) else f" {m[1]} ", text)
    currency = currency or find_currency(rest)
    last = rest.replace("/", " ").split()[-1:]
    if unit is None and len(rest.split()) > 1 and last and last[0] in {"mm", "cm", "m", "kg", "g"}:
        unit, rest = last[0], rest[: rest.rfind(last[0])]
    if currency:
        shorter = re.sub(r"(?i)[€$£¥]|\b(?:eur|euros?|usd|gbp|chf|pln|cny|rmb)\b", " ", rest)
        rest = shorter if _WORD.search(fold(shorter)) else rest
    return rest, unit, currency


def _weigh(words: tuple[str, ...]) -> dict[str, float]:
    known = phrases()
    words = tuple(spelt(word) for word in words)
    whole = known.get(words)
    weights: dict[str, float] = dict(whole) if whole else {}
    longer: list[tuple[int, int]] = [(0, len(words))] if whole else []
    for size in range(min(len(words) - 1, _LONGEST_PHRASE), 0, -1):
        for start in range(len(words) - size + 1):
            found = known.get(words[start : start + size])
            if not found:
                continue
            # A piece of a phrase that is known itself says less: a bill of materials is no material.
            inside = any(first <= start and start + size <= stop for first, stop in longer)
            longer.append((start, start + size))
            share = _PARTIAL + (0.95 - _PARTIAL) * size / len(words)
            for role, weight in found.items():
                weights[role] = max(weights.get(role, 0.0), weight * share * (0.5 if inside else 1.0))
    return weights


@cache
def _misspellings() -> dict[str, str]:
    """Return the long words of the vocabulary under themselves and under what one letter less leaves."""
    found: dict[str, str] = {}
    for word in sorted({w for phrase in phrases() for w in phrase if len(w) >= _LONG_WORD}):
        for shorter in _shortened(word):
            found.setdefault(shorter, word)
    return found


def _shortened(word: str) -> list[str]:
    return [word, *(word[:i] + word[i + 1 :] for i in range(len(word)))]


@cache
def _known_words() -> frozenset[str]:
    return frozenset(word for phrase in phrases() for word in phrase)


@lru_cache(maxsize=65536)
def spelt(word: str) -> str:
    """Return the word of the vocabulary that a long word misspells by one letter; else the word itself.

    >>> spelt("quentity"), spelt("suppllier"), spelt("quantite"), spelt("carter")
    ('quantity', 'supplier', 'quantite', 'carter')
    """
    if len(word) < _LONG_WORD or word in _known_words() or not word.isalpha():
        return word
    known = _misspellings()
    near = next((known[s] for s in _shortened(word) if s in known), None)
    return near if near and abs(len(near) - len(word)) <= 1 and near[0] == word[0] else word
