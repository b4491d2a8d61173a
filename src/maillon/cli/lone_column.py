"""A file that is a bare list of designations, one a row, under a heading or none."""

from pathlib import Path

from maillon.core.errors import NoTableFound
from maillon.core.message import message

#: Folded headings of such a list; a first row that says none of them is a designation.
_HEADINGS = frozenset(
    {
        "designation", "designations", "libelle", "libelles", "description", "article", "articles", "piece",
        "pieces", "part", "parts", "item", "besoin", "besoins", "need", "name", "nom", "product", "produit",
    }
)  # fmt: skip


def read_lone_column(file: Path) -> list[str]:
    """Return the texts of the only column of a file; ``NoTableFound`` if it has none or several."""
    from maillon.intake.sandbox import read_sheets
    from maillon.reference.classifications.lexicon.folding import clean_text, fold

    _, sheets, _ = read_sheets(file)
    for sheet in sheets:
        filled = [[cell for cell in row if cell not in {None, ""}] for row in sheet.rows]
        rows = [row for row in filled if row]
        if rows and all(len(row) == 1 and isinstance(row[0], str) for row in rows):
            texts = [str(row[0]) for row in rows]
            return texts[1:] if fold(clean_text(texts[0])).strip() in _HEADINGS else texts
    raise NoTableFound(
        message("No list of parts was found in {name}.", name=file.name),
        message("Check with `maillon intake` what was understood, and correct the columns."),
    )
