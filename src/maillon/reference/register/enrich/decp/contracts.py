"""Contracts: object, CPV, amount, day, and one row for each winner."""

from __future__ import annotations

from datetime import date

import polars as pl

from maillon.reference.register.enrich.cells import clean_text, read_amount, read_date
from maillon.reference.register.enrich.decp.winners import WINNERS, list_winners
from maillon.reference.register.enrich.identifiers import identify
from maillon.reference.register.enrich.source import Column, Context, Source, Told, set_aside, shape_told

ABSURD = 1e10
FAR = date(2200, 1, 1)
FILLER = r"^9{6,}([.,]9*0*)?$"
COLUMNS = (
    Column("object", ("objet", "objet_du_marche", "marche_objet", "objetMarche")),
    Column("cpv", ("codeCPV", "cpv_code", "code_cpv", "codecpv_original", "cpv")),
    Column("amount", ("montant", "montant_ht", "montantHT", "marche_montant", "montantOriginal")),
    Column("notified", ("dateNotification", "notification_date", "date_notification", "dateSignature")),
    Column("published", ("datePublicationDonnees", "publication_date", "date_publication"), optional=True),
    Column("buyer", ("acheteur.nom", "acheteurs_nom", "nomAcheteur", "acheteur_nom"), optional=True),
    Column("contract", ("id", "marche_id", "idMarche", "uid"), optional=True),
    *WINNERS,
)


def read_contracts(frame: pl.DataFrame, context: Context) -> Told:
    """Return a ``contract`` row for each winner of each contract with an object and a likely amount."""
    read = frame.with_columns(
        clean_text(pl.col("object")).alias("text"),
        pl.col("cpv").str.extract(r"^\D{0,3}(\d{8})").alias("code"),
        read_amount(pl.col("amount")).alias("_euros"),
        read_date(pl.coalesce("notified", "published"), context.day).alias("date"),
    )
    absurd = ((pl.col("_euros") >= ABSURD) | (pl.col("_euros") < 0) | pl.col("_euros").is_nan()).fill_null(
        value=False
    )
    silent = ~absurd & pl.col("text").is_null()
    sound = read.filter(~absurd & pl.col("text").is_not_null())
    told, aside = _tell_winners(sound, context)
    parts = [
        set_aside(read.filter(absurd), "absurd-amount", pl.col("amount")),
        set_aside(read.filter(silent), "no-text", pl.col("contract")),
        *aside,
        *_set_unread_aside(sound),
    ]
    return Told(told, pl.concat(parts))


def _tell_winners(sound: pl.DataFrame, context: Context) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Return the rows of the winners, and the false numbers; a contract without a true one is rejected."""
    winners = identify(list_winners(sound), "winner")
    known = winners.filter(pl.col("siren").is_not_null())
    false = winners.filter(pl.col("siren").is_null())
    won = known.select("row").unique()
    told = known.join(sound, on="row", how="left", maintain_order="left").select(
        "row",
        "siret",
        "siren",
        _class_source(pl.col("code")).alias("source"),
        pl.lit("contract").alias("kind"),
        "code",
        "text",
        pl.when(~pl.col("amount").str.contains(FILLER)).then("_euros").alias("high"),
        pl.when(pl.col("_euros").is_not_null() & ~pl.col("amount").str.contains(FILLER))
        .then(pl.lit("EUR"))
        .alias("unit"),
        pl.coalesce("date", pl.lit(context.day)).alias("date"),
    )
    beside = false.join(won, on="row", how="semi")
    alone = false.join(won, on="row", how="anti")
    empty = sound.join(winners.select("row").unique(), on="row", how="anti")
    aside = [
        set_aside(alone, "false-number", pl.col("winner")),
        set_aside(beside, "false-number", pl.col("winner"), kept=True),
        set_aside(empty, "no-number", pl.col("contract")),
    ]
    return shape_told(told), aside


def _set_unread_aside(sound: pl.DataFrame) -> list[pl.DataFrame]:
    day = pl.coalesce("notified", "published")
    amount = pl.col("amount")
    unread_amount = amount.is_not_null() & (pl.col("_euros").is_null() | amount.str.contains(FILLER))
    return [
        set_aside(sound.filter(day.is_not_null() & pl.col("date").is_null()), "unread-date", day, kept=True),
        set_aside(sound.filter(unread_amount), "unread-figure", amount, kept=True),
    ]


def _class_source(cpv: pl.Expr) -> pl.Expr:
    """Return the source of a contract by its CPV division: supplies, works (45), services (50 and above)."""
    division = cpv.str.slice(0, 2).cast(pl.Int32, strict=False)
    return (
        pl.when(division.is_null())
        .then(pl.lit("decp-unclassed"))
        .when(division == 45)
        .then(pl.lit("decp-works"))
        .when(division >= 50)
        .then(pl.lit("decp-services"))
        .otherwise(pl.lit("decp"))
    )


SOURCE = Source(
    code="decp",
    title="DECP: essential data of public contracts",
    licence="Licence Ouverte 2.0",
    columns=COLUMNS,
    needs=(("object",), tuple(column.name for column in WINNERS), ("amount", "cpv", "notified")),
    read=read_contracts,
    file_words=("decp",),
)
