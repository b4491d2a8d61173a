"""Entreprises du patrimoine vivant: firms of rare know-how, labelled by the State (EPV).

One row a firm (CSV ``;``): a column ``SIRET`` and, by the year of publication, the name, the trade, the
know-how or the products, the day of the label and its end. Gives for each a ``certificate`` row with the code
``epv`` and, where the file says what the firm makes, a ``description`` row. Licence Ouverte 2.0.
"""

from __future__ import annotations

import polars as pl

from maillon.reference.register.enrich.cells import clean_text
from maillon.reference.register.enrich.certified import tell_certificates
from maillon.reference.register.enrich.source import Column, Context, Source, Told

COLUMNS = (
    Column("siret", ("siret", "n° siret", "numero_siret", "siret_etablissement", "siren")),
    Column("name", ("raison_sociale", "nom_entreprise", "entreprise", "denomination", "nom", "marque")),
    Column(
        "skill",
        ("savoir_faire", "savoir-faire", "savoirs_faire", "savoir_faire_rare", "specificite"),
        optional=True,
    ),
    Column(
        "trade",
        ("activite", "metier", "metiers", "secteur_activite", "secteur", "univers", "domaine"),
        optional=True,
    ),
    Column("product", ("produits", "produit", "description", "presentation", "descriptif"), optional=True),
    Column(
        "start",
        (
            "date_de_labellisation",
            "date_labellisation",
            "date_label",
            "date_attribution",
            "annee_de_labellisation",
            "date de la labellisation",
            "date_obtention",
        ),
    ),
    Column(
        "end",
        ("date_fin_label", "date_fin", "date_echeance", "fin_de_validite", "date_de_fin"),
        optional=True,
    ),
    Column(
        "label",
        ("label", "epv", "labellisation", "region_label", "numero_label", "numero_de_dossier"),
        optional=True,
    ),
)


def read_firms(frame: pl.DataFrame, context: Context) -> Told:
    """Return the ``certificate`` row of each firm, and its ``description`` where one is given."""
    words = [clean_text(pl.col(name)) for name in ("trade", "skill", "product")]
    spoken = frame.with_columns(
        pl.concat_str(*words, separator=" | ", ignore_nulls=True).replace("", None).alias("text"),
        pl.lit("epv").alias("code"),
    )
    told = tell_certificates(spoken, "epv", context, ("siret",))
    described = told.told.filter(pl.col("text").is_not_null()).with_columns(
        pl.lit("description").alias("kind"), pl.lit(None, dtype=pl.String).alias("code")
    )
    return Told(pl.concat([told.told, described]), told.aside)


SOURCE = Source(
    code="epv",
    title="Entreprises du patrimoine vivant",
    licence="Licence Ouverte 2.0",
    columns=COLUMNS,
    needs=(("siret",), ("start", "label")),
    read=read_firms,
    file_words=("epv", "patrimoinevivant"),
)
