"""What does not count in the unit cost price of the pre-check: logistics, marketing, communication."""

from __future__ import annotations

import polars as pl

#: Purchase families made of carriage. Packaging counts, so its words keep a line in.
CARRIAGE_FAMILIES = ("freight-customs",)
_PACKAGING = r"\b(?:emball|packag|carton|caisse|palette|pallet|box|film|sachet|verpack)"

#: A section of the file with such a title holds what does not count.
_SECTION = (
    r"\b(?:logisti\w*|transports?|livraisons?|expeditions?|shipping|freight|delivery|frais de port|fret"
    r"|versand|marketing|publicite|advertising|communication|promotion commerciale|werbung|salons?)\b"
)
#: A designation that says nothing but this.
_DESIGNATION = (
    r"^(?:(?:frais|couts?|charges?|forfait|prestations?|participation)(?: (?:de|d|aux|au|en|sur))* )?"
    r"(?:ports?|transports?|livraisons?|expeditions?|fret|messagerie|affranchissement|logistique"
    r"|frais de port|frais de livraison|shipping|freight|delivery|postage|carriage|versand|porto"
    r"|spedizione|envio|marketing|publicite|advertising|communication|salons?)"
    r"(?: (?:et|and|&|ou) (?:assurances?|insurance|douanes?|customs|manutention|handling|livraison"
    r"|transport|port))*"
    r"(?: (?:costs?|charges?|fees?|kosten|franco|france|express|standard|dhl|ups|fedex|tnt|chronopost"
    r"|dpd|gls))*$"
)


def outside_cost(lines: pl.DataFrame) -> pl.Series:
    """Tell for each line whether it is logistics, marketing or communication.

    A line is, by its family, its section or a designation that says nothing else; never when it is a
    physical part (it has a mass, a customs code, a maker or a maker's reference) or packaging, which counts.

    >>> names = ["Frais de port", "Carte de communication CAN", "Transport DHL"]
    >>> outside_cost(pl.DataFrame({"designation": names})).to_list()
    [True, False, True]
    """
    known = [c for c in _USED if c in lines.columns]
    full = lines.select(known).with_columns(
        pl.lit(None, pl.Float64 if c == "mass" else pl.String).alias(c) for c in _USED if c not in known
    )
    name, section = _folded("designation"), _folded("section")
    by_family = pl.col("family").is_in(CARRIAGE_FAMILIES)
    named = by_family | section.str.contains(_SECTION) | name.str.contains(_DESIGNATION)
    physical = pl.any_horizontal(pl.col("mass", "cn", "manufacturer", "manufacturer_reference").is_not_null())
    packaging = name.str.contains(_PACKAGING).fill_null(value=False)
    outside = named.fill_null(value=False) & ~physical & ~packaging
    return full.select(outside.alias("outside")).to_series()


_USED = ("designation", "section", "family", "mass", "cn", "manufacturer", "manufacturer_reference")


def _folded(column: str) -> pl.Expr:
    plain = pl.col(column).cast(pl.String).str.normalize("NFKD").str.replace_all(r"\p{M}", "")
    return plain.str.to_lowercase().str.replace_all(r"[^a-z0-9&]+", " ").str.strip_chars()
