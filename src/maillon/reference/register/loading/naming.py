"""Names and addresses out of the two files: 59 % of establishments have no name of their own."""

from __future__ import annotations

import narwhals as nw

from maillon.reference.register.loading.cleaning import one_line

SEPARATOR = "\x1f"
_TRADE = (
    "enseigne1",
    "enseigne2",
    "enseigne3",
    "denominationUsuelle",
    "unit_denominationUsuelle1",
    "unit_denominationUsuelle2",
    "unit_denominationUsuelle3",
)
NATURAL_PERSON = "1000"


def shown_name() -> nw.Expr:
    """Return the usual name of the establishment, else of the firm, else the legal name.

    A sole trader's shop sign comes before the person's name, a company's after its legal name.
    """
    sign_of_person = nw.when(natural_person()).then(nw.col("enseigne1"))
    return nw.coalesce(
        nw.col("denominationUsuelle"),
        nw.col("unit_denominationUsuelle1"),
        sign_of_person,
        legal_name(),
        nw.col("enseigne1"),
        nw.col("unit_sigle"),
    )


def legal_name() -> nw.Expr:
    """Return the denomination of a company; usual first name and name of a person."""
    first = nw.coalesce(nw.col("unit_prenomUsuel"), nw.col("unit_prenom1"))
    last = nw.coalesce(nw.col("unit_nomUsage"), nw.col("unit_nom"))
    return nw.coalesce(nw.col("unit_denomination"), nw.when(~last.is_null()).then(one_line(first, last)))


def natural_person() -> nw.Expr:
    """Whether the legal unit is a sole trader: legal category 1000."""
    return nw.col("unit_categorieJuridique") == NATURAL_PERSON


def trade_names() -> nw.Expr:
    """Signs and usual names of both files, without repeats, as one text; null where there is none.

    A list is made of them once the rows are out of the engine: not every engine has empty lists.
    """
    kept = [_TRADE[0], *_TRADE[1:]]
    return one_line(
        *(_unless_said(name, kept[:place]) for place, name in enumerate(kept)), separator=SEPARATOR
    )


def _unless_said(name: str, before: list[str]) -> nw.Expr:
    if not before:
        return nw.col(name)
    said = nw.any_horizontal(*(nw.col(other) == nw.col(name) for other in before), ignore_nulls=True)
    return nw.when(~said).then(nw.col(name))


def address_line() -> nw.Expr:
    """Return number, street, complement and, abroad, the country, in one line."""
    number = one_line(nw.col("numeroVoie"), nw.col("indiceRepetition"), separator="")
    last = one_line(nw.col("dernierNumeroVoie"), nw.col("indiceRepetitionDernierNumeroVoie"), separator="")
    street = one_line(one_line(number, last, separator="-"), nw.col("typeVoie"), nw.col("libelleVoie"))
    return one_line(
        street,
        nw.col("complementAdresse"),
        nw.col("distributionSpeciale"),
        nw.col("libellePaysEtranger"),
        separator=", ",
    )
