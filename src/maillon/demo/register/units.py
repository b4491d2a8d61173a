"""The rows of StockUniteLegale."""

from __future__ import annotations

import polars as pl

from maillon.demo.register.columns import Schema, shape_columns
from maillon.demo.register.draws import Dice
from maillon.demo.register.establishments import MASK
from maillon.demo.register.word_lists import words

_U = "UniteLegale"
_MASKED = tuple(
    f"{name}{_U}"
    for name in (
        "sigle",
        "sexe",
        "prenom1",
        "prenom2",
        "prenomUsuel",
        "pseudonyme",
        "nom",
        "nomUsage",
        "denomination",
        "denominationUsuelle1",
    )
)


def write_units(dice: Dice, firms: pl.DataFrame, schema: Schema) -> pl.DataFrame:
    """Return the columns of ``schema``: one row a firm, of the facts of its first establishment."""
    ranks = firms["firm"].to_numpy()
    second = dice.words("second first name", ranks, words("first"))
    frame = firms.with_columns(
        pl.Series(f"nombrePeriodes{_U}", 1 + dice.index("periods of firm", ranks, 5)),
        pl.Series(f"economieSocialeSolidaire{_U}", ["N"]).new_from_index(0, len(ranks)),
        pl.lit(None, pl.String).alias(f"societeMission{_U}"),
        *_person(second),
        *_company(),
        *_state(),
    )
    masked = [
        pl.when(pl.col("masked") & pl.col(name).is_not_null()).then(MASK).otherwise(name).alias(name)
        for name in _MASKED
        if name in frame.columns
    ]
    return shape_columns(frame.with_columns(masked), schema)


def _person(second: pl.Series) -> list[pl.Expr]:
    person = pl.when("natural")
    return [
        person.then("sex").alias(f"sexe{_U}"),
        person.then("first_name").alias(f"prenom1{_U}"),
        person.then(second).alias(f"prenom2{_U}"),
        person.then("first_name").alias(f"prenomUsuel{_U}"),
        person.then("surname").alias(f"nom{_U}"),
    ]


def _company() -> list[pl.Expr]:
    company = pl.when(~pl.col("natural"))
    association = pl.when(pl.col("form") == "9220")
    return [
        company.then("name").alias(f"denomination{_U}"),
        company.then("acronym").alias(f"sigle{_U}"),
        pl.col("usual_name").alias(f"denominationUsuelle1{_U}"),
        association.then(pl.concat_str(pl.lit("W"), pl.col("siren"))).alias(f"identifiantAssociation{_U}"),
        pl.col("form").alias(f"categorieJuridique{_U}"),
    ]


def _state() -> list[pl.Expr]:
    known = (pl.col("firm_band") != "NN") & ~pl.col("firm_closed")
    closed = pl.when("firm_closed")
    return [
        pl.when("masked").then(pl.lit("P")).otherwise(pl.lit("O")).alias(f"statutDiffusion{_U}"),
        pl.col("firm_born").alias(f"dateCreation{_U}"),
        pl.when(~pl.col("firm_closed")).then("firm_band").alias(f"trancheEffectifs{_U}"),
        pl.when(known).then(2023).alias(f"anneeEffectifs{_U}"),
        pl.lit("2026-09-01 08:30:15").str.to_datetime().alias(f"dateDernierTraitement{_U}"),
        pl.col("category").alias("categorieEntreprise"),
        pl.when(pl.col("category").is_not_null()).then(2023).alias("anneeCategorieEntreprise"),
        closed.then("ended").otherwise("firm_born").alias("dateDebut"),
        closed.then(pl.lit("C")).otherwise(pl.lit("A")).alias(f"etatAdministratif{_U}"),
        pl.col("firm_naf").alias(f"activitePrincipale{_U}"),
        pl.lit("NAFRev2").alias(f"nomenclatureActivitePrincipale{_U}"),
        pl.col("head_nic").alias(f"nicSiege{_U}"),
        pl.when("firm_employer").then(pl.lit("O")).otherwise(pl.lit("N")).alias(f"caractereEmployeur{_U}"),
        pl.col("firm_naf25").alias(f"activitePrincipaleNAF25{_U}"),
    ]
