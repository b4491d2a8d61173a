"""Vendors as purchase departments write them, made from a register, with the right answer.

All invented. Two ways of writing (``HABITS``) keep what a model learns apart from what it is judged on.
"""

from __future__ import annotations

import random
import string
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from maillon.reference.register import Register

_FORMS = ("SAS", "SARL", "SA", "S.A.S.", "Sarl", "EURL", "SASU", "S.A.")
_BEFORE = ("Ets ", "STE ", "Société ", "ETABLISSEMENTS ")
_SHORTER = {
    "INDUSTRIE": "IND.",
    "MECANIQUE": "MECA",
    "SERVICES": "SERV",
    "PRECISION": "PREC.",
    "FRERES": "FRS",
}


@dataclass(frozen=True, slots=True)
class Habits:
    """How often a writer does what, between 0 and 1; ``typos`` are the odds of 0, 1 and 2 of them."""

    typos: tuple[float, float, float]
    cut: float
    swapped: float
    formed: float
    shortened: float
    glued: float
    dropped: float
    town: float
    postcode: float
    other_town: float
    cedex: float


HABITS = {
    "learn": Habits((0.55, 0.3, 0.15), 0.1, 0.1, 0.5, 0.2, 0.04, 0.06, 0.75, 0.5, 0.04, 0.1),
    "judge": Habits((0.4, 0.4, 0.2), 0.12, 0.15, 0.6, 0.15, 0.03, 0.03, 0.8, 0.45, 0.02, 0.06),
}


def draw_vendors(
    register: Register, strangers: Register, size: int, seed: int, habits: Habits, absent: float = 0.15
) -> pl.DataFrame:
    """Return ``size`` vendors: name, city, postcode as written, and ``siret`` of the truth, null if absent.

    A share ``absent`` comes from another register: the right answer for them is none.
    """
    dice = random.Random(seed)
    n_absent = round(absent * size)
    held = _firms(register, size - n_absent, seed)
    known = set(register.establishments(["siren"])["siren"].to_list())
    others = _firms(strangers, strangers.rows, seed + 1).filter(~pl.col("siren").is_in(known)).head(n_absent)
    towns = held["commune_name"].to_list()
    rows = [
        {**_written(row, dice, habits, towns), "truth": row["siret"] if place < held.height else None}
        for place, row in enumerate([*held.iter_rows(named=True), *others.iter_rows(named=True)])
    ]
    return pl.DataFrame(rows, schema=_SCHEMA).sample(fraction=1.0, shuffle=True, seed=seed)


_SCHEMA = {"name": pl.String, "city": pl.String, "postcode": pl.String, "typos": pl.Int64, "truth": pl.String}


def _firms(register: Register, size: int, seed: int) -> pl.DataFrame:
    columns = ["siret", "siren", "name", "legal_name", "trade_names", "acronym", "commune_name", "postcode"]
    table = register.establishments([*columns, "masked"]).filter(
        ~pl.col("masked"), pl.col("name").is_not_null()
    )
    return table.sample(min(size, table.height), seed=seed, shuffle=True)


def _written(
    row: dict[str, object], dice: random.Random, habits: Habits, towns: Sequence[str]
) -> dict[str, object]:
    name, typos = _name(row, dice), dice.choices((0, 1, 2), habits.typos)[0]
    words = name.split()
    if dice.random() < habits.swapped and len(words) > 1:
        dice.shuffle(words)
    if dice.random() < habits.dropped and len(words) > 2:
        words.pop(dice.randrange(len(words)))
    if dice.random() < habits.shortened:
        words = [_SHORTER.get(word, word) for word in words]
    text = ("" if dice.random() < habits.glued else " ").join(words)
    for _ in range(typos):
        text = _mistyped(text, dice)
    if dice.random() < habits.formed:
        text = f"{text} {dice.choice(_FORMS)}" if dice.random() < 0.75 else dice.choice(_BEFORE) + text
    if dice.random() < habits.cut:
        text = text[: dice.randint(14, 24)]
    if dice.random() < 0.5:
        text = text.title()
    town = str(row["commune_name"]) if dice.random() >= habits.other_town else dice.choice(towns)
    postcode = row["postcode"]
    if postcode and dice.random() < habits.cedex:  # a postcode of large receivers, in the same département
        postcode, town = f"{str(postcode)[:3]}{dice.randrange(100):02d}", f"{town} CEDEX"
    return {
        "name": text,
        "city": town.title() if dice.random() < habits.town else None,
        "postcode": postcode if dice.random() < habits.postcode else None,
        "typos": typos,
    }


def _name(row: dict[str, object], dice: random.Random) -> str:
    trade = row["trade_names"] or []
    said = [row["legal_name"] or row["name"], row["name"], *trade[:1]]  # type: ignore[index] - a list of texts
    weights = [0.6, 0.25, *([0.15] if trade else [])]
    if row["acronym"] and dice.random() < 0.05:
        return str(row["acronym"])
    return str(dice.choices(said, weights)[0])


def _mistyped(text: str, dice: random.Random) -> str:
    """Return the text with one letter lost, doubled, replaced, added, or exchanged with its neighbour."""
    letters = [place for place, char in enumerate(text) if char.isalnum()]
    if len(letters) < 4:
        return text
    place, kind = dice.choice(letters), dice.randrange(4)
    extra = dice.choice(string.ascii_uppercase)
    if kind == 0:
        return text[:place] + text[place + 1 :]
    if kind == 1:
        return text[:place] + extra + text[place + 1 :]
    if kind == 2:
        return text[:place] + extra + text[place:]
    return text[:place] + text[place + 1 : place + 2] + text[place] + text[place + 2 :]
