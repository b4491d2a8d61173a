"""The rows of StockEtablissement."""

from __future__ import annotations

import numpy as np
import polars as pl

from maillon.demo.register.columns import Schema, shape_columns
from maillon.demo.register.draws import Dice
from maillon.demo.register.sites import FOREIGN

_E = "Etablissement"
MASK = pl.lit("[ND]")
#: What INSEE masks of an establishment whose owner objects to diffusion.
_MASKED = tuple(
    f"{name}{_E}"
    for name in [
        "complementAdresse",
        "numeroVoie",
        "indiceRepetition",
        "typeVoie",
        "libelleVoie",
        "codePostal",
        "distributionSpeciale",
        "coordonneeLambertAbscisse",
        "coordonneeLambertOrdonnee",
        "identifiantAdresse",
        "enseigne1",
        "enseigne2",
        "dernierNumeroVoie",
        "denominationUsuelle",
    ]
)


def write_establishments(dice: Dice, facts: pl.DataFrame, schema: Schema) -> pl.DataFrame:
    """Return the columns of ``schema`` out of ``facts``: one row an establishment."""
    ranks = facts["rank"].to_numpy()
    periods = pl.Series("nombrePeriodesEtablissement", 1 + dice.index("periods", ranks, 6))
    second = pl.Series(np.where(dice.happens("second", ranks, 0.01), 1, 0))
    frame = facts.with_columns(
        periods,
        *_state(dice, facts),
        *_address(),
        *_secondary(second),
        pl.col("sign").alias(f"enseigne1{_E}"),
        pl.col("second_sign").alias(f"enseigne2{_E}"),
        pl.col("site_name").alias(f"denominationUsuelle{_E}"),
        pl.col("head_office").alias("etablissementSiege"),
        pl.col("naf25").alias(f"activitePrincipaleNAF25{_E}"),
        pl.coalesce("old_naf", "naf").alias(f"activitePrincipale{_E}"),
        pl.coalesce("nomenclature", pl.lit("NAFRev2")).alias(f"nomenclatureActivitePrincipale{_E}"),
    )
    masked = [
        pl.when(pl.col("masked") & pl.col(name).is_not_null()).then(MASK).otherwise(name).alias(name)
        for name in _MASKED
    ]
    return shape_columns(frame.with_columns(masked), schema)


def _state(dice: Dice, facts: pl.DataFrame) -> list[pl.Expr]:
    hour = pl.lit(pl.Series(dice.index("treated", facts["rank"].to_numpy(), 400)))
    known = pl.col("band") != "NN"
    return [
        pl.when("masked").then(pl.lit("P")).otherwise(pl.lit("O")).alias(f"statutDiffusion{_E}"),
        pl.col("born").alias(f"dateCreation{_E}"),
        pl.when(~pl.col("closed")).then("band").alias(f"trancheEffectifs{_E}"),
        pl.when(known & ~pl.col("closed")).then(2023).alias(f"anneeEffectifs{_E}"),
        (pl.lit(_TREATED) + pl.duration(hours=hour)).alias(f"dateDernierTraitement{_E}"),
        pl.when("closed").then("ended").otherwise("born").alias("dateDebut"),
        pl.when("closed").then(pl.lit("F")).otherwise(pl.lit("A")).alias(f"etatAdministratif{_E}"),
        pl.when("employer").then(pl.lit("O")).otherwise(pl.lit("N")).alias(f"caractereEmployeur{_E}"),
    ]


_TREATED = pl.Series(["2026-09-01 08:30:15"]).str.to_datetime()[0]


def _address() -> list[pl.Expr]:
    home = pl.col("country").is_null()
    columns = {
        "complementAdresse": "complement",
        "numeroVoie": "number",
        "dernierNumeroVoie": "last_number",
        "indiceRepetition": "repetition",
        "typeVoie": "street_kind",
        "libelleVoie": "street",
        "codePostal": "postcode",
        "libelleCommune": "commune_name",
        "distributionSpeciale": "special",
        "codeCommune": "commune",
        "codeCedex": "cedex",
        "libelleCedex": "cedex_name",
    }
    street = ("complement", "number", "repetition", "street_kind", "street", "special")
    french = [
        pl.when(home | pl.lit(name in street)).then(name).alias(f"{column}{_E}")
        for column, name in columns.items()
    ]
    abroad = [
        pl.col("country").replace_strict(
            {place: row[part] for place, row in enumerate(FOREIGN)}, default=None
        )
        for part in range(3)
    ]
    return [
        *french,
        abroad[0].alias(f"codePaysEtranger{_E}"),
        abroad[1].alias(f"libellePaysEtranger{_E}"),
        abroad[2].alias(f"libelleCommuneEtranger{_E}"),
        pl.when(home)
        .then(pl.concat_str("commune", pl.lit("_"), pl.col("rank").cast(pl.String), pl.lit("_B")))
        .alias(f"identifiantAdresse{_E}"),
        _metres("x").alias(f"coordonneeLambertAbscisse{_E}"),
        _metres("y").alias(f"coordonneeLambertOrdonnee{_E}"),
    ]


def _metres(column: str) -> pl.Expr:
    return pl.when(pl.col("country").is_null()).then(pl.col(column).round(2).cast(pl.String))


def _secondary(chosen: pl.Series) -> list[pl.Expr]:
    """Return the second address that a few have: here a postal box in the same commune."""
    some = chosen == 1
    return [
        pl.when(some).then(pl.lit("BP 31")).alias(f"distributionSpeciale2{_E}"),
        pl.when(some).then("postcode").alias(f"codePostal2{_E}"),
        pl.when(some).then("commune_name").alias(f"libelleCommune2{_E}"),
        pl.when(some).then("commune").alias(f"codeCommune2{_E}"),
    ]
