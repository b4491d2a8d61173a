"""What the register says of a firm besides its name: legal form, age, headcount, state, diffusion."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from maillon.demo.register.activities import activities, draw_activities, old_codes
from maillon.demo.register.draws import Dice, Floats, Ranks, take
from maillon.demo.register.mix import Mix
from maillon.demo.register.numbers import nic_numbers, siren_numbers, write_digits
from maillon.demo.register.structure import Structure

#: The day of the invented stock.
TODAY = dt.date(2026, 10, 1)

BANDS = ("NN", "00", "01", "02", "03", "11", "12", "21", "22", "31", "32", "41", "42", "51", "52", "53")
_OF_PERSONS = np.array([70, 6, 16, 6, 2] + [0] * 11, dtype=float)
_OF_INDUSTRY = np.array([24, 8, 19, 14, 12, 10, 7.5, 3, 1.4, 0.3, 0.5, 0.2, 0.06, 0.03, 0.006, 0.004])
_OF_OTHERS = np.array([46, 7, 24, 11, 6, 3.2, 1.9, 0.6, 0.2, 0.05, 0.04, 0.01, 0.005, 0.002, 0.0005, 0.0003])

_FORMS = ("5710", "5720", "5499", "5498", "5599", "5505", "5460", "6540", "9220", "5202")
_FORM_WEIGHTS = np.array([24, 13, 27, 14, 2.5, 0.3, 0.3, 6, 3, 0.4])
_PERSON = "1000"


def draw_firms(dice: Dice, structure: Structure, mix: Mix) -> pl.DataFrame:
    """Return one row an establishment: identity, activity, state, dates, headcount, of it and of its firm."""
    ranks, firms = structure.ranks, structure.firms
    naf, firm_naf = draw_activities(dice, ranks, firms, mix)
    industrial = activities().industrial[firm_naf]
    natural = dice.happens("natural", firms, np.where(industrial, 0.28, 0.5)) & (structure.sizes < 4)
    firm_band = _draw_bands(dice, firms, natural, industrial)
    firm_closed = dice.happens("firm closed", firms, 0.07)
    closed = firm_closed | (dice.happens("closed", ranks, 0.10) & (structure.places != structure.head_places))
    masked = dice.happens("masked", firms, np.where(natural, 0.18, 0.004))
    band = _bands_of_sites(dice, ranks, structure.sizes, firm_band)
    firm_born, born, ended = _draw_days(dice, structure)
    years = 1970 + (ended.astype(np.float64) / 365.2425).astype(np.int64)
    code, nomenclature = old_codes(dice, ranks, np.where(closed, years, 9999))
    frame = identities(ranks, firms, structure.places, structure.head_places)
    return frame.with_columns(
        pl.Series("naf", take(activities().codes, naf)),
        pl.Series("firm_naf", take(activities().codes, firm_naf)),
        pl.Series("naf25", take(activities().naf25, np.where(closed, -1, naf))),
        pl.Series("firm_naf25", take(activities().naf25, np.where(firm_closed, -1, firm_naf))),
        pl.Series("old_naf", code),
        pl.Series("nomenclature", nomenclature),
        pl.Series("natural", natural),
        pl.Series("form", _forms(dice, firms, natural)),
        pl.Series("closed", closed),
        pl.Series("firm_closed", firm_closed),
        pl.Series("masked", masked),
        pl.Series("band", take(BANDS, band)),
        pl.Series("firm_band", take(BANDS, firm_band)),
        pl.Series("employer", band > 0),
        pl.Series("firm_employer", firm_band > 0),
        pl.Series("category", _categories(firm_band)),
        pl.Series("firm_born", firm_born).cast(pl.Int32).cast(pl.Date),
        pl.Series("born", born).cast(pl.Int32).cast(pl.Date),
        pl.Series("ended", ended).cast(pl.Int32).cast(pl.Date),
    )


def identities(ranks: Ranks, firms: Ranks, places: Ranks, head_places: Ranks) -> pl.DataFrame:
    """Return rank, firm, SIREN, NIC and SIRET of each row, and which row is the firm's head office."""
    sirens = siren_numbers(firms)
    siren = write_digits(sirens, 9)
    nic = write_digits(nic_numbers(sirens, places), 5)
    return pl.DataFrame(
        {
            "rank": ranks,
            "firm": firms,
            "siren": siren,
            "nic": nic,
            "siret": siren + nic,
            "head_nic": write_digits(nic_numbers(sirens, head_places), 5),
            "head_office": places == head_places,
            "first": places == 1,
        }
    )


def _draw_bands(dice: Dice, firms: Ranks, natural: np.ndarray, industrial: np.ndarray) -> Ranks:
    persons = dice.weighted("band", firms, _OF_PERSONS)
    industry = dice.weighted("band", firms, _OF_INDUSTRY)
    return np.where(
        natural, persons, np.where(industrial, industry, dice.weighted("band", firms, _OF_OTHERS))
    )


def _bands_of_sites(dice: Dice, ranks: Ranks, sizes: Ranks, firm_band: Ranks) -> Ranks:
    """Return the firm's headcount for a single site; for one of several sites some bands less, or none."""
    less = dice.index("band of site", ranks, 4) + (sizes > 8)
    return np.where(sizes == 1, firm_band, np.maximum(firm_band - less, 0))


def _draw_days(dice: Dice, structure: Structure) -> tuple[Ranks, Ranks, Ranks]:
    """Return the days (since 1970) on which the firm and the establishment began, and on which it ended.

    Half of the firms are under ten years old. What is still open has an end too; who reads it looks at the
    state first.
    """
    today = (TODAY - dt.date(1970, 1, 1)).days
    firm_age: Floats = 120 + 22_000 * dice.uniform("age of firm", structure.firms) ** 2.4
    share = np.where(structure.places == 1, 1.0, dice.uniform("age", structure.ranks))
    age = np.maximum(firm_age * share, 60)
    since = age * dice.uniform("end", structure.ranks)
    born_firm, born, ended = (np.floor(today - days).astype(np.int64) for days in (firm_age, age, since))
    return born_firm, born, ended


def _forms(dice: Dice, firms: Ranks, natural: np.ndarray) -> pl.Series:
    drawn = dice.weighted("form", firms, _FORM_WEIGHTS)
    return take((*_FORMS, _PERSON), np.where(natural, len(_FORMS), drawn))


def _categories(firm_band: Ranks) -> pl.Series:
    """PME below 250 persons, ETI below 5,000, GE above; unknown where the headcount is."""
    size = np.select([firm_band == 0, firm_band < 10, firm_band < 14], [-1, 0, 1], 2)
    return take(("PME", "ETI", "GE"), size)
