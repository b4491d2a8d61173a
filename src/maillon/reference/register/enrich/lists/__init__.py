"""Lists that a firm or an office keeps: its own vendors, firms to leave out, known makers, exhibitors.

Any CSV or sheet with a SIRET, a SIREN, a VAT number or a name. The role comes from a column (``role``,
``statut``, ``type``) in French or English, else from the caller for the whole list. Gives ``role`` rows:
``own-supplier``, ``excluded``, ``maker``, ``distributor`` or ``exhibitor``; ``text`` keeps the reason or the
note of the row. A row that only knows a name is given apart, to be resolved against the register.
The lists stay the firm's or the office's own: they are read at search time, never put into a shared snapshot
unless the office builds it so.
"""

from __future__ import annotations

import polars as pl

from maillon.reference.register.enrich.cells import clean_text, read_date
from maillon.reference.register.enrich.headers import fold_header
from maillon.reference.register.enrich.identifiers import identify
from maillon.reference.register.enrich.source import Column, Context, Source, Told, set_aside, shape_told

ROLES = ("own-supplier", "excluded", "maker", "distributor", "exhibitor")
_WORDS = {
    "own-supplier": "own-supplier|own supplier|fournisseur|fournisseur actuel|fournisseurs|déjà fournisseur"
    "|supplier|current supplier|vendor|our supplier|notre fournisseur",
    "excluded": "excluded|exclu|exclue|exclus|à exclure|exclusion|blacklist|liste noire|do not use"
    "|ne pas contacter|à éviter|excluded supplier|interdit|bloqué|blocked",
    "maker": "maker|manufacturer|fabricant|fabriquant|producteur|industriel|producer",
    "distributor": "distributor|distributeur|négociant|négoce|revendeur|reseller|trader|grossiste|wholesaler",
    "exhibitor": "exhibitor|exposant|exposante|salon|stand",
}
COLUMNS = (
    Column("siret", ("siret", "n° siret", "numéro siret", "no siret", "num siret", "siret number")),
    Column("siren", ("siren", "n° siren", "numéro siren", "rcs", "siren number")),
    Column("vat", ("tva", "n° tva", "tva intracommunautaire", "numéro de tva", "vat", "vat number")),
    Column(
        "name",
        (
            "nom",
            "raison sociale",
            "dénomination",
            "entreprise",
            "société",
            "fournisseur",
            "nom fournisseur",
            "nom du fournisseur",
            "tiers",
            "nom du tiers",
            "intitulé",
            "libellé",
            "nom de l'entreprise",
            "nom de l'exposant",
            "exposant",
            "name",
            "company",
            "company name",
            "supplier",
            "vendor",
            "vendor name",
            "supplier name",
        ),
    ),
    Column("role", ("role", "rôle", "statut", "status", "type", "qualité", "liste")),
    Column("note", ("note", "motif", "raison", "commentaire", "remarque", "reason", "comment", "remark")),
    Column("postcode", ("code postal", "cp", "postcode", "postal code", "zip", "zip code")),
    Column("commune_name", ("ville", "commune", "city", "town", "localité")),
    Column("day", ("date", "depuis", "since", "date d'ajout", "mise à jour")),
)


def read_role(cell: str | None) -> str | None:
    """Return the role that a cell names, null if none.

    >>> read_role("À exclure"), read_role("Fabricant"), read_role("bleu")
    ('excluded', 'maker', None)
    """
    return _roles().get(fold_header(cell)) if cell else None


def _roles() -> dict[str, str]:
    return {fold_header(word): role for role, words in _WORDS.items() for word in words.split("|")}


def read_list(frame: pl.DataFrame, context: Context) -> Told:
    """Return a ``role`` row for each row with a number or a name, and a role of its own or of the list."""
    roles = {cell: read_role(cell) for cell in frame["role"].drop_nulls().unique()}
    found = identify(frame, "siret", "siren", "vat").with_columns(
        pl.coalesce(
            pl.col("role").replace_strict(roles, default=None, return_dtype=pl.String), pl.lit(context.role)
        ).alias("code"),
        clean_text(pl.col("name")).alias("name"),
    )
    nameless = pl.col("siren").is_null() & pl.col("name").is_null()
    roleless = ~nameless & pl.col("code").is_null()
    false = pl.col("false_number").is_not_null()
    told = found.filter(~nameless & ~roleless).select(
        "row",
        "siret",
        "siren",
        "name",
        "code",
        clean_text(pl.col("note")).alias("text"),
        clean_text(pl.col("postcode")).alias("postcode"),
        clean_text(pl.col("commune_name")).alias("commune_name"),
        pl.lit("lists").alias("source"),
        pl.lit("role").alias("kind"),
        pl.coalesce(read_date(pl.col("day"), context.day), pl.lit(context.day)).alias("date"),
    )
    aside = [
        set_aside(found.filter(nameless & false), "false-number", pl.col("false_number")),
        set_aside(found.filter(nameless & ~false), "no-number", pl.lit(None)),
        set_aside(found.filter(roleless), "no-role", pl.col("role")),
        set_aside(
            found.filter(~nameless & ~roleless & false), "false-number", pl.col("false_number"), kept=True
        ),
    ]
    return Told(shape_told(told), pl.concat(aside))


SOURCE = Source(
    code="lists",
    title="List of the firm or the office",
    licence="property of the firm or the office",
    columns=COLUMNS,
    needs=(("siret", "siren", "vat", "name"), ("role",)),
    read=read_list,
    official=False,
)
#: The same where the caller gives the role of the whole list.
LIST_OF_ONE_ROLE = Source(
    code="lists",
    title="List of the firm or the office",
    licence="property of the firm or the office",
    columns=COLUMNS,
    needs=(("siret", "siren", "vat", "name"),),
    read=read_list,
    official=False,
)
