"""The sheets of lines: every line of the bill of materials, with what the diagnosis found for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl
from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from maillon.core.message import Message, message
from maillon.dossier import Dossier
from maillon.language import render
from maillon.reference.classifications.families import all_families
from maillon.reference.places import country_name, departement_outlines
from maillon.report.view import EVIDENCE
from maillon.report.workbook.cells import UNITS, Column, Region, Style
from maillon.report.workbook.sheet import MOST_ROWS, Sheet

#: Column of the frame, its header, look and width. A column that is empty throughout is left out.
_LAYOUT: tuple[tuple[str, Message, Style, float], ...] = (
    ("line", message("Line"), Style.COUNT, 7),
    ("parent", message("Parent"), Style.COUNT, 7),
    ("level", message("Level"), Style.COUNT, 7),
    ("variant", message("Variant"), Style.TEXT, 14),
    ("section", message("Section"), Style.TEXT, 20),
    ("position", message("Position"), Style.TEXT, 10),
    ("reference", message("Reference"), Style.TEXT, 18),
    ("designation", message("Designation"), Style.TEXT, 44),
    ("family_label", message("Family"), Style.TEXT, 24),
    ("material", message("Material"), Style.TEXT, 16),
    ("process", message("Process as written"), Style.TEXT, 16),
    ("cn", message("CN code"), Style.TEXT, 11),
    ("mass", message("Unit mass"), Style.MASS, 11),
    ("quantity", message("Quantity"), Style.NUMBER, 10),
    ("unit_word", message("Unit"), Style.TEXT, 7),
    ("annual_quantity", message("Yearly quantity"), Style.NUMBER, 11),
    ("unit_price", message("Unit price"), Style.AMOUNT, 12),
    ("unit_price_max", message("Unit price, at most"), Style.AMOUNT, 12),
    ("amount", message("Amount as written"), Style.AMOUNT, 13),
    ("own_value", message("Own value"), Style.AMOUNT, 12),
    ("currency", message("Currency"), Style.TEXT, 9),
    ("bought", message("Bought"), Style.TEXT, 8),
    ("spend", message("Spend"), Style.MONEY, 15),
    ("supplier", message("Supplier"), Style.TEXT, 28),
    ("supplier_id", message("Supplier’s number"), Style.TEXT, 17),
    ("supplier_reference", message("Supplier’s reference"), Style.TEXT, 18),
    ("distributor", message("Reseller"), Style.TEXT, 9),
    ("supplier_site", message("Supplier’s site as written"), Style.TEXT, 22),
    ("supplier_country_name", message("Supplier’s country"), Style.TEXT, 16),
    ("manufacturer", message("Manufacturer"), Style.TEXT, 22),
    ("manufacturer_reference", message("Manufacturer’s reference"), Style.TEXT, 18),
    ("making_site", message("Making site as written"), Style.TEXT, 22),
    ("made_in", message("Made in"), Style.TEXT, 16),
    ("making_departement_name", message("Département of making"), Style.TEXT, 20),
    ("evidence_word", message("Evidence"), Style.TEXT, 12),
    ("evidence_source", message("Source of the evidence"), Style.TEXT, 26),
    ("lead_time", message("Lead time (days)"), Style.NUMBER, 9),
    ("note", message("Note"), Style.TEXT, 26),
    ("file", message("File"), Style.TEXT, 18),
    ("sheet", message("Sheet"), Style.TEXT, 14),
    ("row", message("Row"), Style.COUNT, 7),
)
_ALWAYS = {"line", "reference", "designation", "bought", "spend", "supplier", "made_in", "evidence_word"}


@dataclass(frozen=True, slots=True)
class LinesPart:
    """One sheet of lines, so that other sheets can compute over its columns."""

    region: Region
    letters: dict[str, str]  # column of the frame → letter

    def address(self, column: str) -> str:
        """Return a column as an absolute range of another sheet."""
        return f"{quote_sheetname(self.region.sheet)}!{self.region.cells(self.letters[column])}"


def write_lines(
    dossier: Dossier, open_sheet: Callable[[str], Sheet], language: str, most: int = MOST_ROWS
) -> list[LinesPart]:
    """Write every line, on as many sheets as the format needs: never fewer lines than the file has."""
    frame = line_table(dossier, language)
    kept = [entry for entry in _LAYOUT if entry[0] in _ALWAYS or frame[entry[0]].null_count() < frame.height]
    letters = {entry[0]: xl_col_to_name(place) for place, entry in enumerate(kept)}
    parts = []
    for number, part in enumerate(_cut(frame, most), 1):
        name = render(message("Lines"), language)
        sheet = open_sheet(name if number == 1 else f"{name} {number}")
        columns = [Column(header, style, width, part[c].to_list()) for c, header, style, width in kept]
        parts.append(LinesPart(sheet.table(columns, main=True), letters))
    return parts


def _cut(frame: pl.DataFrame, most: int) -> Iterator[pl.DataFrame]:
    if frame.is_empty():
        yield frame
    yield from frame.iter_slices(most)


def line_table(dossier: Dossier, language: str) -> pl.DataFrame:
    """Return one row a line: the columns of the bill of materials, those of the purchases, names for codes.

    A bought line shows the country and the evidence that the diagnosis believes; ``spend`` is null where the
    line is not bought or has no usable price.
    """
    found = dossier.diagnosis.purchases.select(
        "line", "spend", believed="country", believed_evidence="evidence", is_bought=True
    )
    joined = dossier.bom.lines.join(found, on="line", how="left", maintain_order="left")
    bought = pl.col("is_bought").fill_null(value=False)
    unknown = pl.lit(render(message("unknown"), language))
    families = {family.code: family.fr if language == "fr" else family.en for family in all_families()}
    departements = {outline.code: outline.name for outline in departement_outlines()}
    words = {code: render(word, language) for code, (_, _, word) in EVIDENCE.items()}
    yes, no = (pl.lit(render(word, language)) for word in (message("yes"), message("no")))
    believed = _named(joined["believed"], lambda code: country_name(code, language))
    written = _named(joined["making_country"], lambda code: country_name(code, language))
    seller = _named(joined["supplier_country"], lambda code: country_name(code, language))
    return joined.with_columns(
        family_label=_named(joined["family"], lambda code: families.get(code, code)),
        supplier_country_name=seller,
        made_in=pl.when(bought).then(pl.coalesce(believed, unknown)).otherwise(written),
        making_departement_name=_named(
            joined["making_departement"], lambda code: departements.get(code, code)
        ),
        unit_word=pl.col("unit").replace({code: render(word, language) for code, word in UNITS.items()}),
        evidence_word=pl.coalesce("believed_evidence", "evidence").replace(words),
        bought=pl.when(bought).then(yes).otherwise(no),
        distributor=pl.when(pl.col("distributor")).then(yes),
    )


def _named(codes: pl.Series, name: Callable[[str], str]) -> pl.Series:
    """Return the name of each code, asked once a code."""
    known: Sequence[str] = codes.drop_nulls().unique().to_list()
    return codes.replace({code: name(code) for code in known}) if known else codes
