"""Writing an event's outcome to a folder, in the formats asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

from maillon.core.errors import InvalidRequest, MissingData
from maillon.core.message import message
from maillon.report.meet.outcome import Outcome

FORMATS = ("json", "csv", "xlsx", "html", "ics", "pdf", "badges")
_NAMES = {
    "fr": {"agenda": "planning", "ics": "agendas", "pdf": "agendas.pdf", "badges": "badges.pdf"},
    "en": {"agenda": "timetable", "ics": "agendas", "pdf": "agendas.pdf", "badges": "badges.pdf"},
}


def write_outcome(
    outcome: Outcome,
    folder: Path,
    *,
    language: str = "fr",
    formats: Collection[str] = FORMATS,
    progress: Callable[[float], None] = lambda share: None,
    missing: Callable[[MissingData], None] = lambda error: None,
) -> list[Path]:
    """Write the outcome and return the files: each appears whole or not at all.

    ``ics`` is a folder of one calendar a person. A format whose system library is absent is left out and
    reported through ``missing``. Raises ``InvalidRequest`` for an unknown format.
    """
    unknown = sorted(set(formats) - set(FORMATS))
    if unknown:
        raise InvalidRequest(
            message("Unknown format: {name}.", name=", ".join(unknown)),
            message("Known formats: {names}.", names=", ".join(FORMATS)),
        )
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [kind for kind in FORMATS if kind in formats]
    written: list[Path] = []
    for place, kind in enumerate(wanted):
        try:
            written += _WRITERS[kind](outcome, folder, language)
        except MissingData as error:
            missing(error)
        progress((place + 1) / len(wanted))
    return written


def _whole(path: Path, write: Callable[[Path], object]) -> list[Path]:
    """Write beside the target, then move: an interruption leaves the former file as it was."""
    draft = path.with_name(f".{path.stem}.draft{path.suffix}")
    try:
        write(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return [path]


def _json(outcome: Outcome, folder: Path, language: str) -> list[Path]:
    from maillon.report.meet.machine import agenda_json  # noqa: PLC0415 - one format pays for its own imports

    made = json.dumps(agenda_json(outcome.event, outcome.agenda), ensure_ascii=False)
    path = folder / f"{_NAMES[language]['agenda']}.json"
    return _whole(path, lambda draft: draft.write_text(made, encoding="utf-8"))


def _csv(outcome: Outcome, folder: Path, language: str) -> list[Path]:
    from maillon.report.meet.machine import agenda_csv  # noqa: PLC0415 - as above

    made = agenda_csv(outcome.event, outcome.agenda, language)
    path = folder / f"{_NAMES[language]['agenda']}.csv"
    return _whole(path, lambda draft: draft.write_text(made, encoding="utf-8-sig", newline=""))


def _xlsx(outcome: Outcome, folder: Path, language: str) -> list[Path]:
    from maillon.report.meet.workbook import write_event_workbook  # noqa: PLC0415 - as above

    path = folder / f"{_NAMES[language]['agenda']}.xlsx"
    return _whole(path, lambda draft: write_event_workbook(outcome, draft, language))


def _html(outcome: Outcome, folder: Path, language: str) -> list[Path]:
    from maillon.report.meet.page import event_page  # noqa: PLC0415 - as above

    made = event_page(outcome, language)
    path = folder / f"{_NAMES[language]['agenda']}.html"
    return _whole(path, lambda draft: draft.write_text(made, encoding="utf-8"))


def _ics(outcome: Outcome, folder: Path, language: str) -> list[Path]:
    from maillon.report.meet.calendar import person_calendar  # noqa: PLC0415 - as above

    own = folder / _NAMES[language]["ics"]
    own.mkdir(exist_ok=True)
    written = []
    for rank, person in enumerate(outcome.event.persons):
        made = person_calendar(outcome, rank, language)
        written += _whole(own / f"{person.code}.ics", partial(Path.write_bytes, data=made))
    return written


def _pdf(outcome: Outcome, folder: Path, language: str) -> list[Path]:
    from maillon.report.meet.page import agendas_page  # noqa: PLC0415 - as above
    from maillon.report.pdf import html_to_pdf  # noqa: PLC0415 - as above

    made = html_to_pdf(agendas_page(outcome, language))
    return _whole(folder / _NAMES[language]["pdf"], lambda draft: draft.write_bytes(made))


def _badges(outcome: Outcome, folder: Path, language: str) -> list[Path]:
    from maillon.report.meet.page import badges_page  # noqa: PLC0415 - as above
    from maillon.report.pdf import html_to_pdf  # noqa: PLC0415 - as above

    made = html_to_pdf(badges_page(outcome, language))
    return _whole(folder / _NAMES[language]["badges"], lambda draft: draft.write_bytes(made))


_WRITERS: dict[str, Callable[[Outcome, Path, str], list[Path]]] = {
    "json": _json,
    "csv": _csv,
    "xlsx": _xlsx,
    "html": _html,
    "ics": _ics,
    "pdf": _pdf,
    "badges": _badges,
}
