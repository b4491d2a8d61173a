"""The words that tell what a firm does: processes, machines, trades, and the products that it makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from maillon.reference.classifications.lexicon.folding import form_keys
from maillon.reference.classifications.processes.process import all_processes, find_process
from maillon.reference.classifications.processes.sheet import read_rows, sheet_path, split_cell
from maillon.reference.classifications.processes.weights import read_weights

PACKAGE = "maillon.reference.classifications.processes"
#: A name of the action (usinage, soudure, machining) says more of a firm than a state of a part (usiné).
NAMED = 1.0
STATED = 0.5
MADE = 0.9
SUPPLIED = 0.4  # who supplies a thing makes it or trades in it
_ACTION = re.compile(
    r"(?:age|tion|sion|ure|erie|coupe|trempe|ing|forge|moulding|laser|process)s?\b", re.IGNORECASE
)
#: Participles whose feminine the keys do not bring back to the masculine: peint, serti.
_PARTICIPLE = re.compile(r"[a-zà-ÿ]{3,}(?:t|i)")
#: How a firm says in French and in English that it makes something; ``X`` is the thing.
_MAKING = {
    "fr": (
        "fabrication de X",
        "fabricant de X",
        "fabriquons des X",
        "fabrique des X",
        "fabriquant de X",
        "production de X",
        "producteur de X",
        "constructeur de X",
        "construction de X",
        "concepteur de X",
        "usine de X",
        "conception et fabrication de X",
        "spécialiste de X",
        "spécialisé dans les X",
        "spécialisée dans les X",
        "concepteur et fabricant de X",
    ),
    "en": (
        "manufacture of X",
        "manufacturer of X",
        "manufacturing X",
        "production of X",
        "producer of X",
        "maker of X",
        "X manufacturer",
        "X manufacturing",
        "X maker",
        "specialist in X",
        "specialised in X",
        "X production",
    ),
}


_SUPPLYING = {
    "fr": ("fourniture de X", "fournisseur de X"),
    "en": ("supply of X", "supplier of X", "X supplier"),
}


@dataclass(frozen=True, slots=True)
class Clue:
    """What a written form says of processes: weights between 0 and 1 by code.

    ``opens_list`` marks a way to say that a firm makes a product: more products may follow.
    """

    form: str
    processes: dict[str, float]
    opens_list: bool = False


@cache
def clues() -> dict[tuple[str, ...], Clue]:
    """Return word keys → clue. Machines and trades come before the words of processes.

    >>> clues()[("tour", "cn")].processes
    {'turning': 0.95}
    """
    found: dict[tuple[str, ...], Clue] = {}
    dropped = _no_clues()
    openings = {
        way.replace("X", form)
        for form, language, _ in _made_products()
        for way in _MAKING[language]
        if way.endswith("X")
    }
    for form, language, processes in (*_sheet_words(), *_process_words()):
        for keys in form_keys(form, language):
            if keys and keys not in dropped:
                found.setdefault(keys, Clue(form, processes, form in openings))
    return found


@cache
def products() -> dict[tuple[str, ...], Clue]:
    """Return word keys → what a product says of processes where a firm lists it among what it makes.

    >>> products()[("pompe",)].processes
    {'pump-compressor-manufacture': 0.9}
    """
    found: dict[tuple[str, ...], Clue] = {}
    for form, language, weights in _made_products():
        clue = Clue(form, {code: weight * MADE for code, weight in weights.items()})
        for keys in form_keys(form, language):
            found.setdefault(keys, clue)
    return found


def _made_products() -> Iterator[tuple[str, str, dict[str, float]]]:
    for row in read_rows(sheet_path(PACKAGE, "activities.csv")):
        if row["kind"] == "made":
            for language in ("fr", "en"):
                for form in split_cell(row[language]):
                    yield form, language, read_weights(row["processes"])


def _sheet_words() -> Iterator[tuple[str, str, dict[str, float]]]:
    for row in read_rows(sheet_path(PACKAGE, "machines.csv")):
        for language in ("fr", "en"):
            for form in split_cell(row[language]):
                yield form, language, read_weights(row["processes"])
    for row in read_rows(sheet_path(PACKAGE, "activities.csv")):
        if row["kind"] != "none":
            yield from _activity_words(row)


def _activity_words(row: dict[str, str]) -> Iterator[tuple[str, str, dict[str, float]]]:
    """Yield the forms of a row of activities; of a product, all the ways to say that a firm makes it."""
    weights = read_weights(row["processes"])
    for language in ("fr", "en"):
        for form in split_cell(row[language]):
            if row["kind"] == "made":
                yield from _ways_to_say(form, language, weights)
            else:
                yield form, language, weights


def _ways_to_say(
    product: str, language: str, weights: dict[str, float]
) -> Iterator[tuple[str, str, dict[str, float]]]:
    """Yield the ways to say that a firm makes or supplies a product."""
    for ways, share in ((_MAKING, MADE), (_SUPPLYING, SUPPLIED)):
        for way in ways[language]:
            yield way.replace("X", product), language, {c: w * share for c, w in weights.items()}


def _process_words() -> Iterator[tuple[str, str, dict[str, float]]]:
    for process in all_processes():
        for language, label, words in (
            ("fr", process.fr, process.words_fr),
            ("en", process.en, process.words_en),
        ):
            yield label, language, {process.code: NAMED}
            for form in words:
                named = _ACTION.search(form) is not None
                yield form, language, {process.code: NAMED if named else STATED}
                if language == "fr" and not named and _PARTICIPLE.fullmatch(form):
                    yield f"{form}e", language, {process.code: STATED}


@cache
def _no_clues() -> frozenset[tuple[str, ...]]:
    """Return the keys of words that say nothing of a firm in running text, though they do on a drawing."""
    rows = read_rows(sheet_path(PACKAGE, "activities.csv"))
    return frozenset(
        keys
        for row in rows
        if row["kind"] == "none"
        for language in ("fr", "en")
        for form in split_cell(row[language])
        for keys in form_keys(form, language)
    )


def check_codes() -> tuple[str, ...]:
    """Return the process codes of the sheets that do not exist; none in a sound sheet."""
    named = {code for clue in clues().values() for code in clue.processes}
    return tuple(sorted(code for code in named if not _exists(code)))


def _exists(code: str) -> bool:
    try:
        return bool(find_process(code))
    except KeyError:
        return False
