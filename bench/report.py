"""The report of the invented cobot: what a user waits for from the file on, and what each format costs."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from maillon.pipeline import Request, run
from maillon.report import write_dossier

EXAMPLE = Path(__file__).parents[1] / "examples" / "cobot.xlsx"
_TIMES = 3

PEERS = ("weasyprint", "jinja2")


def table() -> tuple[str, list[str], list[list[str]]]:
    """Time the file to its dossier without PDF, then each format on a dossier already made."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        dossier = run([EXAMPLE], Request())

        def write(*formats: str) -> Callable[[], object]:
            return lambda: write_dossier(dossier, folder, formats=formats)

        def whole() -> object:
            return write_dossier(run([EXAMPLE], Request()), folder, formats=("html", "xlsx", "json"))

        works = [
            ("from the file to HTML, XLSX and JSON", "2", whole, ("html", "xlsx", "json")),
            ("HTML and JSON of a dossier", "0.8", write("html", "json"), ("html", "json")),
            ("XLSX of a dossier", "", write("xlsx"), ("xlsx",)),
            ("PDF of a dossier", "5", write("pdf"), ("pdf",)),
        ]
        rows = [[name, *_timed(work), _size(folder, made), target] for name, target, work, made in works]
    title = f"The report of the invented cobot (first run, then median of {_TIMES} in the same process)"
    return title, ["work", "first s", "s", "KiB", "target s"], rows


def _timed(work: Callable[[], object]) -> list[str]:
    """Return the seconds of the first run, which pays for imports, and the median of the next."""
    first, *later = (_seconds(work) for _ in range(_TIMES + 1))
    return [f"{first:.2f}", f"{median(later):.2f}"]


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _size(folder: Path, kinds: tuple[str, ...]) -> str:
    return f"{sum(path.stat().st_size for kind in kinds for path in folder.glob(f'*.{kind}')) / 1024:.0f}"
