"""Which establishments a snapshot keeps."""

from __future__ import annotations

import narwhals as nw

from maillon.reference.register.loading.naming import NATURAL_PERSON

SCOPES = ("industry", "active", "all")
#: Sections B to E (division 33, repair and installation of machines, is in C), wholesale, and the services
#: that industry buys: computing, engineering, research.
DIVISIONS = tuple(f"{d:02d}" for d in (*range(5, 10), *range(10, 34), 35, *range(36, 40), 46, 62, 71, 72))


def before_units(scope: str) -> nw.Expr | None:
    """Return what the establishment alone must satisfy; the join with the units is then smaller."""
    if scope == "all":
        return None
    active = nw.col("etatAdministratif") == "A"
    if scope == "active":
        return active
    division = nw.coalesce(nw.col("naf"), nw.col("naf25")).str.slice(0, 2)
    return active & (division.is_in(DIVISIONS).fill_null(value=False) | named())


def after_units(scope: str) -> nw.Expr | None:
    """Return what also needs the legal unit: a sole trader counts only as an employer.

    SIRENE is open, yet a sole trader is a person: the scope of industry leaves out those who employ nobody.
    """
    if scope != "industry":
        return None
    employs = (nw.col("caractereEmployeur") == "O").fill_null(value=False)
    company = (nw.col("unit_categorieJuridique") != NATURAL_PERSON).fill_null(value=False)
    return employs | company | named()


def named() -> nw.Expr:
    """Say whether a file of members or a list names the establishment, or its firm and it is the head office.

    What a chamber names itself is kept whatever its activity.
    """
    firm = ~nw.col("named_firm").is_null() & (nw.col("etablissementSiege") == "true").fill_null(value=False)
    return ~nw.col("named_site").is_null() | firm
