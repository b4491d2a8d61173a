"""Writing a dossier to a folder, in the formats asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from maillon.core.collector import no_search_for_circles
from maillon.core.errors import InvalidRequest, MissingData
from maillon.core.message import message
from maillon.dossier import Dossier

FORMATS = ("json", "xlsx", "html", "pdf")
NAMES = {"fr": "diagnostic", "en": "diagnosis"}


def write_dossier(
    dossier: Dossier,
    folder: Path,
    *,
    language: str = "fr",
    formats: Collection[str] = FORMATS,
    progress: Callable[[float], None] = lambda share: None,
    missing: Callable[[MissingData], None] = lambda error: None,
) -> list[Path]:
    """Write the dossier and return the files, in the order of ``FORMATS``.

    Each file appears whole or not at all. A format whose system library is absent is left out and reported
    through ``missing``. Raises ``InvalidRequest`` for an unknown format.
    """
    unknown = sorted(set(formats) - set(FORMATS))
    if unknown:
        raise InvalidRequest(
            message("Unknown format: {name}.", name=", ".join(unknown)),
            message("Known formats: {names}.", names=", ".join(FORMATS)),
        )
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [kind for kind in FORMATS if kind in formats]
    page = _Page(dossier, language)
    written = []
    for place, kind in enumerate(wanted):
        path = folder / f"{NAMES[language]}.{kind}"
        try:
            with no_search_for_circles():
                _write_whole(path, partial(_WRITERS[kind], page))
        except MissingData as error:
            missing(error)
        else:
            written.append(path)
        progress((place + 1) / len(wanted))
    return written


def _write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Write beside the target, then move: an interruption leaves the former file as it was."""
    draft = path.with_name(f".{path.stem}.draft{path.suffix}")
    try:
        write(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@dataclass
class _Page:
    """What is written, and its page, drawn once for the HTML and the PDF."""

    dossier: Dossier
    language: str

    @cached_property
    def html(self) -> str:
        from maillon.report.page import dossier_html  # noqa: PLC0415 - one format pays for its own imports

        return dossier_html(self.dossier, self.language)


def _write_json(page: _Page, path: Path) -> None:
    from maillon.report.machine import dossier_json  # noqa: PLC0415 - as above

    made = dossier_json(page.dossier)
    path.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _write_xlsx(page: _Page, path: Path) -> None:
    from maillon.report.workbook import write_workbook  # noqa: PLC0415 - as above

    write_workbook(page.dossier, path, page.language)


def _write_html(page: _Page, path: Path) -> None:
    path.write_text(page.html, encoding="utf-8")


def _write_pdf(page: _Page, path: Path) -> None:
    from maillon.report.pdf import html_to_pdf  # noqa: PLC0415 - as above

    path.write_bytes(html_to_pdf(page.html))


_WRITERS: dict[str, Callable[[_Page, Path], None]] = {
    "json": _write_json,
    "xlsx": _write_xlsx,
    "html": _write_html,
    "pdf": _write_pdf,
}
