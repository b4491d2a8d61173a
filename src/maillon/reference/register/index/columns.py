"""One array for each fact that filters and scores read, in the order of the index, memory-mapped.

Rows stand by activity, then by cell, then by SIRET: those of an activity are one slice, those of a place
within it close together.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from maillon.reference.classifications.nace import revision_2_of
from maillon.reference.register.index.arrays import read_array, write_array
from maillon.reference.register.index.cells import number_cells

NEVER = np.iinfo(np.int32).min  # an unknown date
UNKNOWN = -1  # an unknown headcount
EMPLOYER, MASKED, HEAD_OFFICE, PERSON, AT_ADDRESS = (1 << bit for bit in range(5))
_FLAGS = {
    EMPLOYER: pl.col("employer"),
    MASKED: pl.col("masked"),
    HEAD_OFFICE: pl.col("head_office"),
    PERSON: pl.col("natural_person"),
    AT_ADDRESS: pl.col("point_source") == "address",
}


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """Arrays of equal length. Points are WGS84 degrees, NaN where unknown; dates are days since 1970."""

    siret: npt.NDArray[np.int64]
    row: npt.NDArray[np.uint32]  # row of the establishments table
    activity: npt.NDArray[np.uint16]  # place in the list of activities
    cell: npt.NDArray[np.uint32]
    lat: npt.NDArray[np.float32]
    lon: npt.NDArray[np.float32]
    commune: npt.NDArray[np.uint16]  # place in the list of communes
    departement: npt.NDArray[np.uint8]  # place in the list of départements
    headcount_low: npt.NDArray[np.int32]
    headcount_high: npt.NDArray[np.int32]
    created: npt.NDArray[np.int32]
    insolvency: npt.NDArray[np.int32]
    flags: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.siret)


def order_rows(establishments: pl.DataFrame) -> pl.DataFrame:
    """Return the active establishments in the order of the index, with ``row, activity_code`` and ``cell``.

    Where only the NAF 2025 code is known, the class of revision 2 that it comes from stands for it, if that
    is one.
    """
    later = establishments["naf25"].drop_nulls().unique().to_list()
    former = {code: _former_class(code) for code in later}
    cells = number_cells(establishments["lat"].to_numpy(), establishments["lon"].to_numpy())
    return (
        establishments.with_row_index("row")
        .with_columns(
            cell=pl.Series(cells),
            activity_code=pl.coalesce(
                "naf", pl.col("naf25").replace_strict(former, default=None, return_dtype=pl.String)
            ).fill_null(""),
        )
        .filter(pl.col("active").fill_null(value=True))
        .sort("activity_code", "cell", "siret")
    )


def _former_class(naf25: str) -> str | None:
    classes = revision_2_of(naf25[:5])
    return classes[0] if len(classes) == 1 else None


def write_columns(folder: Path, ordered: pl.DataFrame) -> dict[str, list[str]]:
    """Write the arrays and return the lists that their codes point into."""
    lists: dict[str, list[str]] = {}
    for name, column in (("activity", "activity_code"), ("commune", "commune"), ("departement",) * 2):
        texts = ordered[column].fill_null("")
        lists[name] = sorted({"", *texts.unique().to_list()})
        codes = {text: code for code, text in enumerate(lists[name])}
        kind = np.uint8 if name == "departement" else np.uint16
        write_array(folder, name, texts.replace_strict(codes, return_dtype=pl.UInt32).to_numpy(), kind)
    plain = ordered.select(
        pl.col("siret").cast(pl.Int64),
        pl.col("row", "cell").cast(pl.UInt32),
        pl.col("lat", "lon").cast(pl.Float32).fill_null(float("nan")),
        pl.col("headcount_low", "headcount_high").fill_null(UNKNOWN),
        pl.col("created", "insolvency").cast(pl.Int32).fill_null(NEVER),
        flags=pl.sum_horizontal(said.fill_null(value=False) * flag for flag, said in _FLAGS.items()).cast(
            pl.UInt8
        ),
    )
    for name in plain.columns:
        write_array(folder, name, plain[name].to_numpy(), plain[name].to_numpy().dtype)
    return lists


def read_columns(folder: Path) -> Columns:
    """Open what ``write_columns`` wrote."""
    names = [field.name for field in fields(Columns)]
    return Columns(**{name: read_array(folder, name) for name in names})
