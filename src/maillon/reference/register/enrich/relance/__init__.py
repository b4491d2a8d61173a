"""France Relance: the industrial projects that the recovery plan paid for (DGE, ``plan-de-relance``).

One row a project: the firm's SIREN, the measure, the sector and, above all, ``description_projet``: the best
public French text on what a firm makes and which machines it buys. Gives ``description`` rows: the project's
words, then the sector. The SIREN column sometimes holds a SIRET.
Licence Ouverte 2.0; header of 2022: entreprise, type_entreprise, siren, volet_relance, mesure,
nom_departement, nom_commune, code_postal, coordonnees_gps, description_projet, mesure_light, mise_a_jour,
filiere, …
"""

from __future__ import annotations

import polars as pl

from maillon.reference.register.enrich.cells import clean_text, read_date
from maillon.reference.register.enrich.identifiers import identify, set_unidentified_aside
from maillon.reference.register.enrich.source import Column, Context, Source, Told, set_aside, shape_told

COLUMNS = (
    Column("siren", ("siren", "siret", "numero_siren", "siren_entreprise")),
    Column("description", ("description_projet", "description du projet", "description", "projet")),
    Column("measure", ("mesure", "mesure_light", "dispositif")),
    Column("pillar", ("volet_relance", "volet")),
    Column("sector", ("filiere", "filière industrielle", "secteur")),
    Column("updated", ("mise_a_jour", "date_mise_a_jour", "date")),
    Column("name", ("entreprise", "nom_entreprise", "raison_sociale")),
    Column("postcode", ("code_postal", "cp")),
    Column("commune_name", ("nom_commune", "commune")),
)


def read_projects(frame: pl.DataFrame, context: Context) -> Told:
    """Return a ``description`` row a project whose SIREN is true and whose description says something."""
    found, unidentified = set_unidentified_aside(identify(frame, "siren"))
    text = found.with_columns(
        clean_text(pl.col("description")).alias("_said"), clean_text(pl.col("sector")).alias("_sector")
    )
    silent = text.filter(pl.col("_said").is_null())
    told = text.filter(pl.col("_said").is_not_null()).select(
        "row",
        "siret",
        "siren",
        pl.lit("relance").alias("source"),
        pl.lit("description").alias("kind"),
        pl.concat_str("_said", "_sector", separator=" | ", ignore_nulls=True).alias("text"),
        pl.coalesce(read_date(pl.col("updated"), context.day), pl.lit(context.day)).alias("date"),
    )
    aside = pl.concat([unidentified, set_aside(silent, "no-text", pl.col("name"))])
    return Told(shape_told(told), aside)


SOURCE = Source(
    code="relance",
    title="France Relance: projects of firms",
    licence="Licence Ouverte 2.0",
    columns=COLUMNS,
    needs=(("siren",), ("description",), ("measure", "pillar")),
    read=read_projects,
    file_words=("relance",),
)
