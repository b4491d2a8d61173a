"""RGE: firms with a qualification in energy works (ADEME, ``liste-des-entreprises-rge-2``).

One row a firm and qualification. Header: siret, nom_entreprise, adresse, code_postal, commune, latitude,
longitude, telephone, email, site_internet, code_qualification, nom_qualification, url_qualification,
nom_certificat, domaine, meta_domaine, organisme, particulier, lien_date_debut, lien_date_fin. Gives
``certificate`` rows with the code ``rge``; a qualification that ended before the day of the file is left out.
Licence Ouverte 2.0. Telephone and mail are not read: they are not needed.
"""

from __future__ import annotations

import polars as pl

from maillon.reference.register.enrich.cells import clean_text
from maillon.reference.register.enrich.certified import tell_certificates
from maillon.reference.register.enrich.source import Column, Context, Source, Told

COLUMNS = (
    Column("siret", ("siret", "num_siret", "siret_entreprise")),
    Column("qualification", ("nom_qualification", "qualification", "nom_certificat")),
    Column("code_qualification", ("code_qualification",)),
    Column("domain", ("domaine", "meta_domaine")),
    Column("body", ("organisme", "organisme_certificateur")),
    Column("start", ("lien_date_debut", "date_debut")),
    Column("end", ("lien_date_fin", "date_fin")),
    Column("name", ("nom_entreprise", "raison_sociale")),
)


def read_qualifications(frame: pl.DataFrame, context: Context) -> Told:
    """Return a ``certificate`` row a qualification in force on the day of the file."""
    told = frame.with_columns(
        pl.lit("rge").alias("code"),
        pl.concat_str(
            clean_text(pl.col("qualification")),
            clean_text(pl.col("domain")),
            clean_text(pl.col("body")),
            separator=" | ",
            ignore_nulls=True,
        ).alias("text"),
    )
    return tell_certificates(told, "rge", context, ("siret",))


SOURCE = Source(
    code="rge",
    title="RGE: qualifications for energy works",
    licence="Licence Ouverte 2.0",
    columns=COLUMNS,
    needs=(("siret",), ("code_qualification",), ("qualification", "domain")),
    read=read_qualifications,
    file_words=("rge",),
)
