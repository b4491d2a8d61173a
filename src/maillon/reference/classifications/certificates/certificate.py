"""The table of certificates (``certificates.csv``), written by the project, and finding them in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from maillon.reference.classifications.lexicon.folding import clean_text, fold
from maillon.reference.classifications.processes.sheet import read_rows, sheet_path, split_cell

PACKAGE = "maillon.reference.classifications.certificates"
_PARTS = re.compile(r"[a-z]+|\d+")
#: Between the parts of a name: ``ISO 9001``, ``ISO9001``, ``EN/AS-9100``, ``ISO : 9001``, ``21.G``.
_JOINT = r"[\s\-/:.']{0,3}"
#: Said after or before a name, it is not held: on the way, wished for, denied.
_NOT_YET = re.compile(
    r"^[\s:(\-\[v\d]{0,14}(?:certification |obtention |audit )?(?:en cours|en preparation|prevue?|visee?"
    r"|a venir|projet|expiree?|perdue?|non obtenue?|in progress|planned|pending|expired|targeted)\b"
)
_DENIED = re.compile(
    r"\b(?:non|pas(?: de| encore)?|sans|hors|aucune?|no|not|without|objectif|vise|visant|vers|bientot"
    r"|futur(?:e)?)(?: (?:certifiee?s?|certification|certificat|la|l|norme|certified|yet|de|d))*\W{0,2}$"
)
#: Numbers that stand alone after a first ISO: ``ISO 9001, 14001 et 45001``.
_ALONE = {
    "9001": "iso-9001",
    "14001": "iso-14001",
    "45001": "iso-45001",
    "13485": "iso-13485",
    "50001": "iso-50001",
    "27001": "iso-27001",
    "22000": "iso-22000",
}
_ISO = re.compile(r"\biso(?![a-z])")
_NUMBER = re.compile(r"(?:[,/&+-]|\bet\b|\band\b|\s)\s*(" + "|".join(_ALONE) + r")\b")


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate, label or qualification that a buyer may ask for; ``kind`` says of what."""

    code: str
    kind: str
    fr: str
    en: str
    words: tuple[str, ...]

    def label(self, language: str) -> str:
        """Return its name in French (``fr``) or English."""
        return self.fr if language == "fr" else self.en


@cache
def _certificates() -> dict[str, Certificate]:
    rows = read_rows(sheet_path(PACKAGE, "certificates.csv"))
    return {
        row["code"]: Certificate(row["code"], row["kind"], row["fr"], row["en"], split_cell(row["words"]))
        for row in rows
    }


def all_certificates() -> tuple[Certificate, ...]:
    """Return every certificate, by code."""
    return tuple(_certificates().values())


def find_certificate(code: str) -> Certificate:
    """Return the certificate of this code; ``KeyError`` if there is none.

    >>> find_certificate("en-9100").label("en")
    'EN 9100 (aerospace)'
    """
    return _certificates()[code]


def certificate_label(code: str, language: str) -> str:
    """Return the name of a certificate in French (``fr``) or English (any other language).

    >>> certificate_label("oea", "fr")
    'Opérateur économique agréé (OEA)'
    """
    return find_certificate(code).label(language)


def find_certificates(text: str) -> tuple[str, ...]:
    """Return the codes of the certificates that ``text`` says are held, in the order of the text.

    What is on the way, wished for or denied is left out.

    >>> find_certificates("ISO9001:2015, 14001 et EN/AS 9100 (Nadcap en cours)")
    ('iso-9001', 'iso-14001', 'en-9100')
    """
    folded = fold(clean_text(text[:20_000]))
    found = {
        match.start(): (match, _meanings()[_key(match.group())]) for match in _pattern().finditer(folded)
    }
    if _ISO.search(folded):
        ends = {match.end() for match, _ in found.values()}
        alone = (match for match in _NUMBER.finditer(folded) if match.end() not in ends)
        found |= {match.start(): (match, _ALONE[match.group(1)]) for match in alone}
    held = (code for _, (match, code) in sorted(found.items(), key=itemgetter(0)) if _is_held(folded, match))
    return tuple(dict.fromkeys(held))


def _is_held(folded: str, match: re.Match[str]) -> bool:
    after = folded[match.end() : match.end() + 40]
    before = folded[max(0, match.start() - 40) : match.start()]
    return not (_NOT_YET.search(after) or _DENIED.search(before))


def _key(form: str) -> str:
    return "".join(_PARTS.findall(form))


@cache
def _meanings() -> dict[str, str]:
    return {_key(fold(clean_text(word))): c.code for c in all_certificates() for word in c.words}


@cache
def _pattern() -> re.Pattern[str]:
    """Return one pattern for every written form, the longest first."""
    forms = {tuple(_PARTS.findall(fold(clean_text(word)))) for c in all_certificates() for word in c.words}
    written = [_JOINT.join(parts) for parts in sorted(forms, key=lambda parts: (-len("".join(parts)), parts))]
    return re.compile(r"(?<![a-z0-9])(?:" + "|".join(written) + r")(?![a-z]{2}|\d)")
