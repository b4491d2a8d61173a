"""The pages to open: every route that the permission rows name for GET, with the person who opens it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from browsing.application import Application

ROWS = Path(__file__).resolve().parents[1] / "web" / "permissions"
#: Who opens a page: the first of these whom its row allows.
PEOPLE = ("owner", "adviser", "adviser_prices", "manager", "platform")
#: Answers that are no page for a browser to draw.
NO_PAGES = (
    "health",
    "csv",
    "xlsx",
    "pdf",
    "json",
    "workbook",
    "export",
    "download",
    "rejects",
    "svg",
    "likely",
)


@dataclass(frozen=True)
class Row:
    """One route, what its parameters name, and the person who opens it (None: anybody)."""

    name: str
    params: dict[str, object]
    person: str | None


def page_rows() -> list[Row]:
    """Return a row for every page that a person of the territory may open."""
    rows = []
    for file in sorted(ROWS.glob("*.toml")):
        for title, told in tomllib.loads(file.read_text(encoding="utf-8")).items():
            name, _, method = title.partition(" ")
            methods = [method] if method else told.get("methods", ["GET"])
            if "GET" not in methods or name.split(":")[-1].split("_")[-1] in NO_PAGES:
                continue
            rows.append(Row(name, told.get("params", {}), _person(told)))
    return rows


def _person(told: dict[str, object]) -> str | None:
    allowed = told.get("allow", [])
    if allowed == "everybody":
        return PEOPLE[0]
    named = [person for person in PEOPLE if person in allowed]
    return named[0] if named else None


def address_of(application: Application, row: Row) -> str | None:
    """Return the address of a row, None where the territory does not hold what the row names."""
    from django.conf import settings
    from django.urls import reverse

    assert settings.configured, "django must be set up to know the addresses"
    values = {}
    for name, named in row.params.items():
        value = application.objects.get(str(named))
        if value is None:
            return None
        values[name] = value
    return str(reverse(row.name, kwargs=values))
