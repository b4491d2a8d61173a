"""Who sells a line: one key for each supplier, whatever way its name is written."""

from __future__ import annotations

import polars as pl

#: Legal forms that a name may carry or not: they do not tell two firms apart.
LEGAL_FORMS = (
    "sas|sasu|sarl|eurl|sa|sci|snc|scop|gie|ets|etablissements|societe|ste|gmbh|ag|kg|ug|ltd|limited|llc|inc"
    "|corp|co|bv|nv|srl|spa|sl|oy|ab|as|aps|kft|sro|spzoo"
)


def supplier_keys(suppliers: pl.Series, identifiers: pl.Series) -> pl.Series:
    """Return one key for each line: the SIREN or identifier where known, else the folded name; null if none.

    A name written with an identifier on one line and without it on another is the same supplier, unless it
    goes with several identifiers. Case, accents, punctuation and legal forms do not count.

    >>> names = pl.Series(["Usinage Réunis SAS", "USINAGE REUNIS", None])
    >>> supplier_keys(names, pl.Series(["000 000 018 00012", None, None])).to_list()
    ['000000018', '000000018', None]
    """
    frame = pl.DataFrame({"name": _fold(suppliers), "id": _identifier(identifiers)})
    known = frame.drop_nulls().group_by("name").agg(pl.col("id").unique())
    single = known.filter(pl.col("id").list.len() == 1).with_columns(found=pl.col("id").list.first())
    joined = frame.join(single.select("name", "found"), on="name", how="left", maintain_order="left")
    return joined.select(key=pl.coalesce("id", "found", "name")).to_series()


def _fold(names: pl.Series) -> pl.Series:
    plain = (
        names.cast(pl.String)
        .str.normalize("NFKD")
        .str.replace_all(r"\p{M}", "")
        .str.to_lowercase()
        .str.replace_all(r"[^a-z0-9]+", " ")
        .str.strip_chars()
    )
    bare = plain.str.replace_all(rf"\b(?:{LEGAL_FORMS})\b", " ").str.replace_all(" +", " ").str.strip_chars()
    frame = pl.DataFrame({"plain": plain, "bare": bare})
    chosen = pl.when(pl.col("bare") != "").then("bare").when(pl.col("plain") != "").then("plain")
    return frame.select(chosen).to_series()


def _identifier(identifiers: pl.Series) -> pl.Series:
    """Reduce SIRET and French VAT numbers to the SIREN they hold; keep other identifiers without spaces."""
    text = identifiers.cast(pl.String).str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "")
    frame = text.to_frame("text")
    siren = pl.coalesce(
        pl.col("text").str.extract(r"^(\d{9})(?:\d{5})?$"),
        pl.col("text").str.extract(r"^FR[0-9A-Z]{2}(\d{9})$"),
    )
    return frame.select(pl.coalesce(siren, pl.when(pl.col("text") != "").then("text"))).to_series()
