"""Activity codes, headcount bands, state: what SIRENE says of an establishment in codes."""

from __future__ import annotations

import narwhals as nw

#: Fewest and most persons of each INSEE band of headcount; ``NN`` and absent bands are unknown.
BANDS: dict[str, tuple[int, int | None]] = {
    "00": (0, 0),
    "01": (1, 2),
    "02": (3, 5),
    "03": (6, 9),
    "11": (10, 19),
    "12": (20, 49),
    "21": (50, 99),
    "22": (100, 199),
    "31": (200, 249),
    "32": (250, 499),
    "41": (500, 999),
    "42": (1000, 1999),
    "51": (2000, 4999),
    "52": (5000, 9999),
    "53": (10000, None),
}
_REV2 = "NAFRev2"
_NAF25 = ("NAF25", "NAF2025")


def naf_rev2() -> nw.Expr:
    """Return the NAF rev. 2 code: a code of an older nomenclature is unknown."""
    return nw.when(nw.col("nomenclatureActivitePrincipale") == _REV2).then(_dotted("activitePrincipale"))


def naf_2025() -> nw.Expr:
    """Return the NAF 2025 code: of its own column, or of the main one where its nomenclature says so."""
    main = nw.when(nw.col("nomenclatureActivitePrincipale").is_in(_NAF25)).then(_dotted("activitePrincipale"))
    return nw.coalesce(_dotted("activitePrincipaleNAF25"), main)


def _dotted(column: str) -> nw.Expr:
    code = nw.col(column)
    dotted = nw.concat_str(code.str.slice(0, 2), nw.lit("."), code.str.slice(2))
    bare = nw.when(code.str.contains(r"^\d{4}[A-Z]$")).then(dotted)
    return nw.coalesce(nw.when(code.str.contains(r"^\d{2}\.\d{2}[A-Z]$")).then(code), bare)


def headcount(most: bool) -> nw.Expr:
    """Return the fewest or the most persons of the band; null where the band sets no such bound."""
    known = {band: high if most else low for band, (low, high) in BANDS.items()}
    choice: nw.Expr = nw.lit(None, dtype=nw.Int32)
    for band, persons in known.items():
        if persons is not None:
            choice = nw.when(nw.col("trancheEffectifs") == band).then(nw.lit(persons)).otherwise(choice)
    return choice.cast(nw.Int32)


def flag(column: str, yes: str, no: str) -> nw.Expr:
    """Return true for ``yes``, false for ``no``, unknown for anything else."""
    said = nw.col(column)
    return nw.when(said == yes).then(nw.lit(True)).when(said == no).then(nw.lit(False))
