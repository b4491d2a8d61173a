"""Vendors out of a file of any kind: a list of vendors, purchases, an FEC, or names alone in a column."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from maillon.cli.lone_column import read_lone_column
from maillon.cli.terminal import Progress
from maillon.core.errors import NoTableFound
from maillon.core.message import message

if TYPE_CHECKING:
    import polars as pl

#: Folded headings of each column of a list of vendors, the surest first.
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": (
        "raison sociale", "nom fournisseur", "nom du fournisseur", "libelle fournisseur", "vendor name",
        "supplier name", "company name", "nom du tiers", "nom tiers", "denomination", "denomination sociale",
        "fournisseur", "supplier", "vendor", "tiers", "entreprise", "societe", "company", "nom", "name",
        "frs",
    ),
    "siret": ("siret", "numero siret", "no siret", "n siret"),
    "siren": ("siren", "numero siren", "no siren", "n siren", "siren siret", "siret siren"),
    "vat": (
        "tva", "numero tva", "no tva", "n tva", "tva intracommunautaire", "n tva intracommunautaire",
        "numero de tva intracommunautaire", "vat", "vat number", "vat id",
    ),
    "address": ("adresse", "adresse 1", "rue", "address", "street"),
    "postcode": ("code postal", "cp", "postcode", "zip", "zip code", "postal code"),
    "city": ("ville", "commune", "localite", "city", "town"),
    "country": ("pays", "code pays", "country", "country code"),
    "spend": (
        "montant", "montant ht", "ca", "ca achat", "ca achats", "achats", "achats ht", "depense", "total ht",
        "total", "spend", "amount", "annual spend", "volume achat", "volume achats",
    ),
}  # fmt: skip
_LOOKED_AT = 30  # first rows that may be the header
#: A ledger's own columns: it is read as one, its accounts and credit notes understood.
_LEDGER = frozenset({"comptenum", "ecriturenum", "journalcode", "compauxlib"})


def read_vendor_file(path: Path, progress: Progress) -> "pl.DataFrame":
    """Return ``name``, what else the file tells of each vendor, and ``spend``: one row a distinct vendor.

    Raises ``NoTableFound`` where the file names no vendor, ``RefusedFile`` where it cannot be read.
    """
    from maillon.intake.sandbox import read_sheets

    _, sheets, _ = read_sheets(path, progress=progress)
    for sheet in sheets:
        found = _list_of(sheet.rows)
        if found is not None:
            return _distinct(found)
    return _of_purchases(path, progress)


def _list_of(rows: Sequence[Sequence[object]]) -> list[dict[str, object]] | None:
    """Return the vendors of a sheet with a heading of names and another known column, else None."""
    for place, row in enumerate(rows[:_LOOKED_AT]):
        headings = [_folded(cell) for cell in row]
        if _LEDGER & {heading.replace(" ", "") for heading in headings}:
            return None
        columns = _columns(headings)
        if "name" in columns and len(columns) > 1:
            return [_record(cells, columns) for cells in rows[place + 1 :]]
    return None


def _columns(headings: list[str]) -> dict[str, int]:
    """Return the place of each column: a heading as listed, else one that begins so ("CA achats 2025")."""
    found: dict[str, int] = {}
    for begins in (False, True):
        for column, words in _HEADINGS.items():
            free = [place for place, text in enumerate(headings) if text and place not in found.values()]
            named = (p for word in words for p in free if _names(headings[p], word, begins))
            place = next(named, None) if column not in found else None
            if place is not None:
                found[column] = place
    return found


def _names(heading: str, word: str, begins: bool) -> bool:
    return heading.startswith(f"{word} ") if begins else heading == word


def _folded(cell: object) -> str:
    import re

    from maillon.reference.places.fold import fold

    words = re.findall(r"[a-z0-9]+", fold(cell)) if isinstance(cell, str) else []
    return " ".join(words).replace("n o ", "no ")


def _record(cells: Sequence[object], columns: Mapping[str, int]) -> dict[str, object]:
    held = {name: cells[place] if place < len(cells) else None for name, place in columns.items()}
    return {name: _number(cell) if name == "spend" else _text(cell) for name, cell in held.items()}


def _text(cell: object) -> str | None:
    """Return a cell as text; a spreadsheet's 44306184100047.0 is an identifier."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() or None if isinstance(cell, (str, int, float)) else None


def _number(cell: object) -> float | None:
    from maillon.intake.understand.numbers import number_of

    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return float(cell)
    return number_of(cell) if isinstance(cell, str) else None


def _distinct(records: list[dict[str, object]]) -> "pl.DataFrame":
    """Return each vendor once, in the order of the file, its spend added up; rows without a name are left."""
    import polars as pl

    schema = {name: pl.Float64 if name == "spend" else pl.String for name in _HEADINGS}
    table = pl.DataFrame(records, schema=schema).filter(pl.col("name").is_not_null())
    keys = [name for name in _HEADINGS if name != "spend"]
    spend = pl.when(pl.col("spend").count() > 0).then(pl.col("spend").sum()).alias("spend")
    return table.group_by(keys, maintain_order=True).agg(spend)


def _of_purchases(path: Path, progress: Progress) -> "pl.DataFrame":
    """Return the vendors of a ledger or a bill of materials, else those of a column of names."""
    from maillon.intake import read_file

    reading = read_file(path, progress=progress)
    held = reading.ledger.purchases if reading.ledger else reading.bom.lines if reading.bom else None
    records = [] if held is None else [
        {"name": name, "vat": number, "city": site, "country": country, "spend": amount}
        for name, number, site, country, amount in held.select(
            "supplier", "supplier_id", "supplier_site", "supplier_country", "amount"
        ).iter_rows()
        if name
    ]  # fmt: skip
    if not records:
        records = [{"name": name} for name in _names_alone(path)]
    return _distinct(records)


def _names_alone(path: Path) -> list[str]:
    try:
        return read_lone_column(path)
    except NoTableFound as error:
        raise NoTableFound(
            message("No vendor was found in {name}.", name=path.name),
            message("Name the column of the vendors' names."),
        ) from error
