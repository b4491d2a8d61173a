"""The whole way, on the example that a newcomer runs: from the cobot's file to its dossier.

Every figure comes from a process of its own, started cold, as a command is: the time of its imports counts.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median

EXAMPLES = Path(__file__).parents[1] / "examples"
_TIMES = 5

_MEASURE = """
import resource, sys, tempfile, time
from pathlib import Path
start = time.perf_counter()
{work}
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(time.perf_counter() - start, max(own, children) / 1024)
"""
_DOSSIER = """
from maillon.pipeline import Request, run
dossier = run([Path(name) for name in sys.argv[1:]], Request())
"""
_REPORT = """
from maillon.report import write_dossier
with tempfile.TemporaryDirectory() as folder:
    write_dossier(dossier, Path(folder), formats={formats})
"""
_HELP = """
import subprocess
subprocess.run([sys.executable, "-m", "maillon", "--help"], stdout=subprocess.DEVNULL)
"""
_CALAMINE = """
from python_calamine import CalamineWorkbook
book = CalamineWorkbook.from_path(sys.argv[1])
for name in book.sheet_names:
    list(book.get_sheet_by_name(name).iter_rows())
"""
_OPENPYXL = """
import openpyxl
for sheet in openpyxl.load_workbook(sys.argv[1], read_only=True):
    list(sheet.iter_rows(values_only=True))
"""
_PANDAS = """
import pandas
pandas.read_excel(sys.argv[1], sheet_name=None, header=None)
"""


def table() -> tuple[str, list[str], list[list[str]]]:
    """Time each stage and the peers that only read the cells."""
    bill = str(EXAMPLES / "cobot.xlsx")
    every = [
        bill,
        *(str(path) for path in sorted(EXAMPLES.iterdir()) if path.suffix in {".csv", ".txt", ".zip"}),
    ]
    quick, with_pdf = ("html", "xlsx", "json"), ("html", "xlsx", "json", "pdf")
    works = [
        ("maillon --help", "0.3", _HELP, []),
        ("cobot.xlsx to dossier in memory", "", _DOSSIER, [bill]),
        ("cobot.xlsx to HTML, XLSX, JSON", "2", _DOSSIER + _REPORT.format(formats=quick), [bill]),
        ("cobot.xlsx to all of it and PDF", "7", _DOSSIER + _REPORT.format(formats=with_pdf), [bill]),
        ("the bill and five papers to dossier in memory", "", _DOSSIER, every),
        ("peer: calamine reads the cells", "", _CALAMINE, [bill]),
        ("peer: openpyxl reads the cells", "", _OPENPYXL, [bill]),
        ("peer: pandas reads the cells", "", _PANDAS, [bill]),
    ]
    rows = [[name, *_measured(work, files), target] for name, target, work, files in works]
    title = f"The invented cobot, 2,200 bought lines: from file to dossier (median of {_TIMES} cold starts)"
    return title, ["work", "s", "peak MB", "target s"], rows


def _measured(work: str, files: list[str]) -> list[str]:
    runs = [_run(work, files) for _ in range(_TIMES)]
    seconds, memory = zip(*runs, strict=True)
    return [f"{median(seconds):.2f}", f"{max(memory):.0f}"]


def _run(work: str, files: list[str]) -> tuple[float, float]:
    command = [sys.executable, "-c", _MEASURE.format(work=work), *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    seconds, memory = done.stdout.split()[-2:]
    return float(seconds), float(memory)
