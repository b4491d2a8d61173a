"""The bill of materials: one columnar frame, whatever the file it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from maillon.core.structure import Structure, build_structure

#: Columns of ``Bom.lines``. Everything may be null but ``line`` and ``item``; null means unknown.
BOM_SCHEMA: Mapping[str, type[pl.DataType]] = {
    # structure
    "line": pl.Int64,  # number of the line, from 1, unique
    "item": pl.Int64,  # the item used; equal to `line` unless a sub-assembly serves in many places
    "parent": pl.Int64,  # the item that uses it; null at the top level
    "level": pl.Int64,  # 1 at the top level
    "section": pl.String,  # title of the section that the line stands under
    "position": pl.String,  # position or designators as written ("12", "C11 C15")
    # what
    "reference": pl.String,  # the firm's own part number
    "designation": pl.String,
    "material": pl.String,
    "process": pl.String,  # process as written in the file
    "family": pl.String,  # code of our purchase family, once read from the designation
    "cn": pl.String,  # combined nomenclature code, digits only
    "mass": pl.Float64,  # kg per unit
    # how many, how much
    "quantity": pl.Float64,  # per unit of the parent
    "unit": pl.String,  # canonical unit: piece, m, m2, m3, kg, l, h, set
    "annual_quantity": pl.Float64,  # per year, where the file gives it
    "unit_price": pl.Float64,  # per `unit`, without VAT where known
    "unit_price_max": pl.Float64,  # upper end of a range whose lower end is `unit_price`
    "amount": pl.Float64,  # total of the line as written, in `currency`
    "currency": pl.String,  # ISO 4217
    "vat_included": pl.Boolean,  # true where only a price with VAT was given
    "own_value": pl.Float64,  # what the firm itself adds to one unit of an assembly, in `currency`
    "local_fraction": pl.Float64,  # share of its value acquired where it is made, as declared
    "lead_time": pl.Float64,  # days
    # who, where
    "supplier": pl.String,
    "supplier_id": pl.String,  # SIREN, SIRET or VAT number
    "supplier_reference": pl.String,
    "distributor": pl.Boolean,  # true where the supplier is known to resell
    "manufacturer": pl.String,
    "manufacturer_reference": pl.String,
    "supplier_site": pl.String,  # as written
    "supplier_country": pl.String,  # ISO 3166 alpha-2
    "supplier_region": pl.String,  # INSEE code
    "supplier_departement": pl.String,
    "supplier_lat": pl.Float64,
    "supplier_lon": pl.Float64,
    "making_site": pl.String,
    "making_country": pl.String,
    "making_region": pl.String,
    "making_departement": pl.String,
    "making_lat": pl.Float64,
    "making_lon": pl.Float64,
    "evidence": pl.String,  # level of evidence of the making site: documented, declared, inferred, unknown
    "evidence_source": pl.String,  # what the evidence is: file, invoice number, declaration number and date
    # where it was read
    "note": pl.String,
    "variant": pl.String,  # product or variant that the line belongs to, where a file holds several
    "file": pl.String,
    "sheet": pl.String,
    "row": pl.Int64,  # 1-based row of the sheet or line of the file
}


@dataclass(frozen=True, slots=True, eq=False)
class Bom:
    """Lines of one product's bill of materials, or of a purchase ledger taken as a flat one.

    ``lines`` holds every column of ``BOM_SCHEMA``, in that order and type; build it with ``bom_from``.
    """

    lines: pl.DataFrame
    name: str = ""
    version: str = ""

    def __len__(self) -> int:
        """Count the lines."""
        return self.lines.height

    def __repr__(self) -> str:
        """Name the bill of materials and its size."""
        return f"Bom({self.name!r}, {self.lines.height} lines)"

    def structure(self) -> Structure:
        """Return the items and usages as index arrays, items numbered by first appearance in ``item``."""
        items = self.lines["item"].to_numpy()
        known, child = np.unique(items, return_inverse=True)
        parent_item = self.lines["parent"].fill_null(-1).to_numpy()
        place = np.searchsorted(known, parent_item)
        place = np.minimum(place, len(known) - 1)
        parent = (
            np.where((parent_item >= 0) & (known[place] == parent_item), place, -1) if len(known) else child
        )
        return build_structure(parent.astype(np.int64), child.astype(np.int64), len(known))


def bom_from(columns: Mapping[str, object] | pl.DataFrame, name: str = "", version: str = "") -> Bom:
    """Return a ``Bom`` from any subset of its columns: the others are null, types are enforced.

    ``line`` defaults to 1, 2, 3, …, ``item`` to ``line`` and ``level`` to 1. Raises ``ValueError`` on a
    column that the schema does not know, so that a typing slip never drops data.

    >>> bom_from({"designation": ["vis", "carter"], "quantity": [4, 1]}, name="essai")
    Bom('essai', 2 lines)
    """
    frame = columns if isinstance(columns, pl.DataFrame) else pl.DataFrame(columns)
    unknown = set(frame.columns) - set(BOM_SCHEMA)
    if unknown:
        raise ValueError(f"not columns of a bill of materials: {sorted(unknown)}")
    if "line" not in frame.columns:
        frame = frame.with_columns(line=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    defaults = [
        {"item": pl.col("line"), "level": pl.lit(1)}.get(column, pl.lit(None)).cast(dtype).alias(column)
        for column, dtype in BOM_SCHEMA.items()
        if column not in frame.columns
    ]
    typed = frame.with_columns(defaults).select(pl.col(c).cast(t) for c, t in BOM_SCHEMA.items())
    return Bom(typed, name, version)
