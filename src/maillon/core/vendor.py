"""When two writings name the same vendor: by identifier first, then by name without its legal form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import polars as pl

#: Legal forms and fillers that firms write or leave out at will (French, German, English, Italian, Spanish…).
_FORMS = frozenset(
    (
        "sa", "sas", "sasu", "sarl", "eurl", "snc", "scop", "sci", "selarl", "ste", "societe", "ets",
        "etablissements", "etablissement", "gie", "cie", "gmbh", "ag", "kg", "ohg", "ug", "co", "ltd",
        "limited", "llc", "inc", "corp", "plc", "bv", "nv", "srl", "spa", "sl", "sp", "zoo", "oy", "ab",
        "as", "aps", "sro", "kft",
    )
)  # fmt: skip


def vendor_number(supplier_id: str | None) -> str | None:
    """Return the identity behind an identifier: the SIREN of a SIRET or of a French VAT number.

    >>> vendor_number("732 829 320 00074"), vendor_number("FR44732829320"), vendor_number("DE 811 569 869")
    ('732829320', '732829320', 'DE811569869')
    """
    if not supplier_id:
        return None
    code = re.sub(r"[^0-9A-Z]", "", supplier_id.upper())
    if code.isdigit() and len(code) in (9, 14):
        return code[:9]
    french = re.fullmatch(r"FR[0-9A-Z]{2}([0-9]{9})", code)
    return french[1] if french else code or None


def vendor_name(supplier: str | None) -> str | None:
    """Return a name as words without accents, punctuation and legal form, in order.

    >>> vendor_name("Éts. DÉCOLLETAGE du Doubs S.A.R.L."), vendor_name("Decolletage du Doubs")
    ('decolletage du doubs', 'decolletage du doubs')
    """
    if not supplier:
        return None
    plain = unicodedata.normalize("NFKD", supplier).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    # "S.A.R.L." is one word, "Martin.Dupuis" two.
    plain = re.sub(r"\b([a-z])\.(?=[a-z]\b)", r"\1", plain)
    words = re.findall(r"[a-z0-9]+", plain.replace("&", " et "))
    kept = [word for word in words if word not in _FORMS]
    return " ".join(kept or words) or None


class VendorBook:
    """The vendors that the sources of one firm name: a name met with a number stands for that number.

    A name met with two numbers stands for neither.
    """

    def __init__(self, frames: Iterable[pl.DataFrame]) -> None:
        pairs: dict[str, set[str]] = {}
        for frame in frames:
            for number, name in frame.select("supplier_id", "supplier").unique().iter_rows():
                code, words = vendor_number(number), vendor_name(name)
                if code and words:
                    pairs.setdefault(words, set()).add(code)
        self._numbers = {name: next(iter(codes)) for name, codes in pairs.items() if len(codes) == 1}

    def identify(self, supplier_id: str | None, supplier: str | None) -> str | None:
        """Return one key for a vendor: its number, else the number known for its name, else its name."""
        name = vendor_name(supplier)
        return vendor_number(supplier_id) or (self._numbers.get(name, name) if name else None)

    def keys(self, frame: pl.DataFrame) -> pl.Series:
        """Return the key of each row of a frame with ``supplier_id`` and ``supplier``; null where unnamed."""
        pairs = frame.select("supplier_id", "supplier")
        known = {pair: self.identify(*pair) for pair in pairs.unique().iter_rows()}
        return pl.Series("vendor", [known[pair] for pair in pairs.iter_rows()], dtype=pl.String)
