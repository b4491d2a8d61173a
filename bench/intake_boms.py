"""A long bill of materials, understood: 50,000 lines of 15 columns, from the file to a typed ``Bom``.

The whole way counts: sandbox, pre-check, columns, rows, units, prices, levels. Beside it, what plain readers
need to hand over raw cells. ``python -m bench.intake_boms FOLDER`` prints the table of results on a folder of
real files.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pandas as pd
import xlsxwriter
from python_calamine import CalamineWorkbook

from maillon.intake import TableReading, read_file

LINES = 50_000
_HEADER = [
    *("Réf.", "Désignation", "Qté", "Unité", "P.U. HT (€)", "Montant HT", "Fournisseur", "Réf. fournisseur"),
    *("Fabricant", "Matière", "Pays d'origine", "Délai (j)", "Poids (kg)", "Niveau", "Remarque"),
]
_COUNTRIES = ("France", "Chine", "Allemagne", None)


def write_long_bom(path: Path, lines: int = LINES) -> Path:
    """Write an invented bill of materials of ``lines`` lines on four levels."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet("Nomenclature")
        page.write_row(0, 0, _HEADER)
        for i in range(1, lines + 1):
            for column, value in enumerate(_line(i)):
                if value is not None:
                    page.write(i, column, value)
    return path


def _line(i: int) -> list[str | float | None]:
    count, price = i % 19 + 1, (i * 37 % 9973) / 100
    what = [f"REF-{i:06d}", f"Carter inox {i} LG {i % 400}", count, "pce", price, round(count * price, 2)]
    who = [f"Fournisseur {i % 300}", f"F{i}X", f"Fabricant {i % 90}", "Inox 316L", _COUNTRIES[i % 4]]
    return [*what, *who, i % 90 + 1, (i % 100) / 10, min(i % 4 + 1, i), None]


def table() -> tuple[str, list[str], list[list[str]]]:
    """Return title, header and rows: seconds to read the same workbook, and lines a second."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_long_bom(Path(folder) / "long.xlsx")
        rows = [[name, f"{seconds:.2f}", f"{LINES / seconds:,.0f}"] for name, seconds in _times(path)]
    return f"{LINES:,} lines of {len(_HEADER)} columns (.xlsx)", ["reader", "seconds", "lines a second"], rows


def _times(path: Path) -> list[tuple[str, float]]:
    readers: list[tuple[str, Callable[[Path], object]]] = [
        ("calamine alone, raw cells", _calamine),
        ("Maillon, to a typed Bom", _maillon),
        ("pandas (calamine), raw frame", _pandas),
        ("openpyxl read-only, raw cells", _openpyxl),
    ]
    return [(name, _seconds(reader, path)) for name, reader in readers]


def _seconds(reader: Callable[[Path], object], path: Path) -> float:
    start = time.perf_counter()
    reader(path)
    return time.perf_counter() - start


def _calamine(path: Path) -> int:
    return sum(1 for _ in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows())


def _maillon(path: Path) -> int:
    bom = read_file(path).bom
    assert bom is not None
    assert len(bom) == LINES
    return len(bom)


def _pandas(path: Path) -> int:
    return len(pd.read_excel(path, engine="calamine"))


def _openpyxl(path: Path) -> int:
    book = openpyxl.load_workbook(path, read_only=True)
    return sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))


def results(folder: Path) -> list[str]:
    """Return a Markdown table of what is understood of each file of ``folder``."""
    titles = [
        "file",
        "sheet, header row",
        "parts",
        "sections",
        "totals",
        "blank",
        "set apart",
        "columns read",
        "doubts",
    ]
    shown = [_row(titles), _row(["---"] * len(titles))]
    for path in sorted(folder.iterdir()):
        reading = read_file(path)
        for place, found in enumerate(t for t in reading.tables if t.rows.read):
            first = place == 0
            shown.append(
                _row([path.name if first else "", *_shown(found), len(reading.doubts) if first else ""])
            )
    return shown


def _shown(found: TableReading) -> list[object]:
    rows = found.rows
    place = f"{found.sheet or '(text)'}, {found.header_row or 'no header'}"
    columns = ", ".join(found.columns) if found.kind in ("bom", "ledger") else f"left out: {found.kind}"
    return [place, rows.parts, rows.sections, rows.totals, rows.blank, rows.quarantined, columns]


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(str(c) for c in cells) + " |"


if __name__ == "__main__":
    print("\n".join(results(Path(sys.argv[1]))))
