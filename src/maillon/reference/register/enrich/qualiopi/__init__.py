"""Qualiopi: certified training bodies (Ministry of Labour, ``liste-publique-des-of-v2``).

One row a declared training body, certified or not: four columns ``certifications.…`` say for which actions.
Header (CSV ``;``): numeroDeclarationActivite, numerosDeclarationActivitePrecedent, denomination, siren,
siretEtablissementDeclarant, adressePhysiqueOrganismeFormation.voie …, certifications.actionsDeFormation,
certifications.bilansDeCompetences, certifications.VAE, certifications.actionsDeFormationParApprentissage, …;
the tabular exports write ``_`` for the points. Gives ``certificate`` rows with the code ``qualiopi``; the NIC
alone (5 digits) that some exports hold in place of the SIRET is joined to the SIREN. Licence Ouverte 2.0.
"""

from __future__ import annotations

import polars as pl

from maillon.reference.register.enrich.cells import is_true
from maillon.reference.register.enrich.certified import tell_certificates
from maillon.reference.register.enrich.source import Column, Context, Source, Told, set_aside

ACTIONS = {
    "training": "actions de formation",
    "skills": "bilans de compétences",
    "experience": "validation des acquis de l'expérience",
    "apprenticeship": "formation par apprentissage",
}
COLUMNS = (
    Column("siret", ("siretEtablissementDeclarant", "siret", "numero_siret")),
    Column("siren", ("siren",)),
    Column("training", ("certifications.actionsDeFormation",)),
    Column("skills", ("certifications.bilansDeCompetences",)),
    Column("experience", ("certifications.VAE",)),
    Column("apprenticeship", ("certifications.actionsDeFormationParApprentissage",)),
    Column("start", ("informationsDeclarees.dateDerniereDeclaration", "date_certification"), optional=True),
    Column("end", ("date_fin_certification", "date_fin"), optional=True),
    Column("name", ("denomination", "raison_sociale")),
)


def read_bodies(frame: pl.DataFrame, context: Context) -> Told:
    """Return a ``certificate`` row a certified body; the others are set aside."""
    spoken = frame.with_columns(
        pl.concat_str(
            *(pl.when(is_true(pl.col(name))).then(pl.lit(words)) for name, words in ACTIONS.items()),
            separator=", ",
            ignore_nulls=True,
        ).alias("text"),
        pl.lit("qualiopi").alias("code"),
        _whole_siret().alias("siret"),
    )
    certified = pl.col("text") != ""
    told = tell_certificates(spoken.filter(certified), "qualiopi", context, ("siret", "siren"))
    plain = set_aside(spoken.filter(~certified), "not-certified", pl.col("name"))
    return Told(told.told, pl.concat([told.aside, plain]))


def _whole_siret() -> pl.Expr:
    nic = pl.col("siret").str.strip_chars()
    siren = pl.col("siren").str.replace_all(r"\s", "")
    return (
        pl.when(nic.str.contains(r"^\d{5}$") & siren.str.contains(r"^\d{9}$"))
        .then(siren + nic)
        .otherwise("siret")
    )


SOURCE = Source(
    code="qualiopi",
    title="Qualiopi: certified training bodies",
    licence="Licence Ouverte 2.0",
    columns=COLUMNS,
    needs=(("siret", "siren"), tuple(ACTIONS)),
    read=read_bodies,
    file_words=("qualiopi", "listepubliquedesof"),
)
