"""A large workbook, read: 50,000 lines of 15 columns, in the sandbox with its checks, beside plain readers.

Each figure comes from a process of its own. Seconds are those of the reading alone, imports left out, except
for the sandbox, whose child starts and imports within the time measured.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import xlsxwriter

LINES, COLUMNS = 50_000, 15

_MEASURE = """
import json, resource, sys, time
{before}
start = time.perf_counter()
{work}
seconds = time.perf_counter() - start
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(json.dumps([seconds, own, child]))
"""
_CALAMINE = (
    "from python_calamine import CalamineWorkbook",
    "for row in CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows(): pass",
)
_OURS = (
    "from pathlib import Path\nfrom maillon.intake.sandbox import read_sheets",
    "source, sheets, doubts = read_sheets(Path(sys.argv[1]))",
)
_OPENPYXL = (
    "import openpyxl",
    "for row in openpyxl.load_workbook(sys.argv[1], read_only=True).active.iter_rows(values_only=True): pass",
)
_PANDAS_CALAMINE = ("import pandas", "pandas.read_excel(sys.argv[1], header=None, engine='calamine')")
_PANDAS_OPENPYXL = ("import pandas", "pandas.read_excel(sys.argv[1], header=None, engine='openpyxl')")


def table() -> tuple[str, list[str], list[list[str]]]:
    """Time every reader on one generated workbook; the quick ones keep their best of five."""
    readers = [
        ("calamine alone, no check", _CALAMINE, 5),
        ("maillon: check, sandbox, transfer", _OURS, 5),
        ("pandas with calamine", _PANDAS_CALAMINE, 3),
        ("openpyxl, read-only", _OPENPYXL, 1),
        ("pandas with openpyxl", _PANDAS_OPENPYXL, 1),
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        write_workbook(path)
        figures = [(name, _best(path, work, times)) for name, work, times in readers]
    base = figures[0][1][0]
    rows = [
        [name, f"{seconds:.2f}", f"{seconds / base:.1f}", f"{own:.0f}", f"{child:.0f}" if child > 1 else ""]
        for name, (seconds, own, child) in figures
    ]
    header = ["reader", "s", "times calamine", "peak MiB", "peak MiB of the child"]
    return f"Reading {LINES:,} × {COLUMNS} cells of .xlsx", header, rows


def write_workbook(path: Path) -> None:
    """Write an invented parts list: texts, whole and decimal numbers, prices in euros, dates."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("Nomenclature")
    euros = book.add_format({"num_format": "#,##0.00 €"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    start = dt.datetime(2024, 1, 1)  # noqa: DTZ001 - a date of a spreadsheet has no zone
    for n in range(LINES):
        texts = {
            1: f"REF-{n:06d}",
            2: f"CARTER INOX 316L EP {n % 7} LG {n % 340}",
            4: "pièce",
            7: f"Fournisseur {n % 300}",
            8: f"F{n % 5000}",
            9: "Usinage",
            10: "316L",
            13: "90000 Belfort",
        }
        for column, text in texts.items():
            sheet.write_string(n, column, text)
        for column, value in {0: n, 3: n % 12, 11: 0.25 * (n % 9), 14: n % 60}.items():
            sheet.write_number(n, column, value)
        sheet.write_number(n, 5, n * 1.37, euros)
        sheet.write_number(n, 6, n * 13.7, euros)
        sheet.write_datetime(n, 12, start + dt.timedelta(days=n % 700), day)
    book.close()


def _best(path: Path, work: tuple[str, str], times: int) -> tuple[float, float, float]:
    """Return the quickest run: seconds, own peak, peak of the child (MiB)."""
    script = _MEASURE.format(before=work[0], work=work[1])
    runs = []
    for _ in range(times):
        done = subprocess.run(
            [sys.executable, "-c", script, str(path)], capture_output=True, check=True, text=True
        )
        runs.append(tuple(json.loads(done.stdout)))
    return min(runs)
