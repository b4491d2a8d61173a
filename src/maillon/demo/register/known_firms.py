"""The firms that the example files name: the invented buyer and its French suppliers, under their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from maillon.demo.firm import VALTRENNE
from maillon.demo.register.numbers import FIRST_BODY
from maillon.demo.register.sites import WHOLE_CITIES
from maillon.demo.register.skills import processes
from maillon.demo.register.structure import Structure
from maillon.demo.register.word_lists import sheet
from maillon.demo.suppliers import all_suppliers
from maillon.reference.places.communes import communes_at

_FORMS = {"SAS": "5710", "SARL": "5499", "SA": "5599"}
_BORN = pl.date(2004, 3, 15)


@dataclass(frozen=True, slots=True)
class KnownFirm:
    """A firm of the example files, as the register shows it."""

    siren: str
    name: str
    form: str
    postcode: str
    city: str
    commune: str
    naf: str
    processes: tuple[str, ...]
    role: str


@cache
def known_firms() -> tuple[KnownFirm, ...]:
    """Return the firms in the order of their SIREN."""
    told = {row["name"]: row for row in sheet("known")}
    french = [supplier for supplier in all_suppliers() if supplier.country == "FR"]
    firms = [_known(VALTRENNE.siren, VALTRENNE.name, "SAS", VALTRENNE.postcode, VALTRENNE.city, told)]
    firms += [_known(one.siren, one.name, one.legal_form, one.postcode, one.city, told) for one in french]
    return tuple(firms)


def known_structure() -> Structure:
    """Return rows of one establishment each, whose ranks (below 0) give the SIREN of the example files."""
    ranks = np.array([int(firm.siren[:8]) - FIRST_BODY for firm in known_firms()], dtype=np.int64)
    ones = np.ones_like(ranks)
    return Structure(ranks, ranks, ones, ones, ones)


def known_processes() -> np.ndarray:
    """Return the places of the processes of each firm: four columns, −1 for none."""
    places = {process.code: place for place, process in enumerate(processes())}
    table = np.full((len(known_firms()), 4), -1, dtype=np.int64)
    for row, firm in enumerate(known_firms()):
        table[row, : len(firm.processes)] = [places[code] for code in firm.processes]
    return table


def override_facts(facts: pl.DataFrame) -> pl.DataFrame:
    """Return the drawn ``facts`` with what the example files say of these firms; all are open."""
    firms = known_firms()
    return facts.with_columns(
        *[pl.lit(False).alias(name) for name in ("natural", "closed", "firm_closed", "masked")],
        *[pl.lit(None, pl.String).alias(name) for name in ("old_naf", "nomenclature")],
        *[pl.lit("12").alias(name) for name in ("band", "firm_band")],
        *[pl.lit(True).alias(name) for name in ("employer", "firm_employer")],
        *[_BORN.alias(name) for name in ("born", "firm_born")],
        pl.lit("PME").alias("category"),
        pl.Series("naf", [firm.naf for firm in firms]),
        pl.Series("firm_naf", [firm.naf for firm in firms]),
        pl.Series("form", [_FORMS[firm.form] for firm in firms]),
    )


def override_names(names: pl.DataFrame) -> pl.DataFrame:
    """Return ``names`` with the names of the example files, in capitals and without accents."""
    plain = (
        pl.Series([firm.name for firm in known_firms()]).str.normalize("NFKD").str.replace_all(r"\p{M}", "")
    )
    return names.with_columns(
        plain.str.to_uppercase().alias("name"),
        *[pl.lit(None, pl.String).alias(name) for name in ("acronym", "usual_name")],
    )


def _known(
    siren: str, name: str, form: str, postcode: str, city: str, told: dict[str, dict[str, str]]
) -> KnownFirm:
    row = told[name]
    role = "distributor" if row["naf"].startswith("46") else "maker"
    # The commune of that name in the postcode's département: a postcode may serve several, or be a cedex.
    served = [found for found in communes_at(postcode) if found.code not in WHOLE_CITIES]
    commune = next((found for found in served if found.name.startswith(city)), served[0])
    return KnownFirm(
        siren, name, form, postcode, city, commune.code, row["naf"], tuple(row["processes"].split()), role
    )
