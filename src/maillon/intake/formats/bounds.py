"""How large a sheet may be, and the refusals that name the sheet and the cell where it is larger."""

from __future__ import annotations

from maillon.core.errors import RefusedFile
from maillon.core.message import message
from maillon.intake.formats.a1 import cell_name

MAX_CELLS = 3_000_000
MAX_BOX = 20_000_000
MAX_MERGED = 1_000_000
MAX_TEXT = 32_767

_TRIM = message("Copy the table alone into a new workbook and save it again.")


def outside_grid(sheet: str, reference: str) -> RefusedFile:
    """Refuse a cell that no spreadsheet can have."""
    return RefusedFile(
        message(
            "Sheet {sheet}, cell {cell}: this reference lies outside the largest possible sheet.",
            sheet=sheet,
            cell=reference[:40],
        ),
        _TRIM,
    )


def too_many_cells(sheet: str, cell: str) -> RefusedFile:
    """Refuse more filled cells than we read."""
    return RefusedFile(
        message(
            "Sheet {sheet}, cell {cell}: more than {limit} cells are filled up to here.",
            sheet=sheet,
            cell=cell,
            limit=MAX_CELLS,
        ),
        message("Keep only the sheets that hold parts or purchases, or split the file."),
    )


def too_wide_box(sheet: str, cell: str) -> RefusedFile:
    """Refuse a few cells so far apart that the rectangle around them is immense."""
    return RefusedFile(
        message(
            "Sheet {sheet}, cell {cell}: this cell stands so far from the others that the sheet would hold"
            " more than {limit} cells.",
            sheet=sheet,
            cell=cell,
            limit=MAX_BOX,
        ),
        message("Delete what stands far from the table, or copy the table into a new workbook."),
    )


def too_large_merge(sheet: str, reference: str) -> RefusedFile:
    """Refuse merged ranges that cover an immense area."""
    return RefusedFile(
        message(
            "Sheet {sheet}, cells {cells}: merged ranges cover more than {limit} cells.",
            sheet=sheet,
            cells=reference[:40],
            limit=MAX_MERGED,
        ),
        message("Unmerge these cells and save the file again."),
    )


def too_long_text(sheet: str, cell: str) -> RefusedFile:
    """Refuse a text longer than any spreadsheet program writes."""
    return RefusedFile(
        message(
            "Sheet {sheet}, cell {cell}: the text is longer than {limit} characters.",
            sheet=sheet,
            cell=cell,
            limit=MAX_TEXT,
        ),
        message("Shorten this text and save the file again."),
    )


def damaged_cell(sheet: str, cell: str, what: str) -> RefusedFile:
    """Refuse a cell whose content contradicts its declared type."""
    return RefusedFile(
        message(
            "Sheet {sheet}, cell {cell}: the cell holds {what}, which its type forbids.",
            sheet=sheet,
            cell=cell,
            what=what[:40],
        ),
        message("Open it in your spreadsheet program and save it again as .xlsx or .csv."),
    )


def no_cells() -> RefusedFile:
    """Refuse a workbook of charts, or an empty one."""
    return RefusedFile(
        message("No sheet of this file holds any cell."),
        message("Give the workbook that holds the list of parts or purchases."),
    )


class Box:
    """The rectangle around the filled cells of one sheet, and their number."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.cells = 0
        self.rows = self.columns = 0

    def reach(self, row: int, column: int, cells: int = 1) -> None:
        """Count ``cells`` more, the farthest at (row, column); refuse what exceeds the bounds.

        Rows and columns are counted from A1, because that is where the rows we hand over begin.
        """
        self.cells += cells
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)
        if self.rows * self.columns > MAX_BOX:
            raise too_wide_box(self.sheet, cell_name(row, column))
        if self.cells > MAX_CELLS:
            raise too_many_cells(self.sheet, cell_name(row, column))
