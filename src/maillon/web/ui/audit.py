"""What the browser tests measured of the pages: the accessibility page declares this and nothing else.

``audit.toml`` is written by ``python -m bench web_pages`` from the pages it opened, never by hand.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Audit:
    """One run: when, with which tool, over how many pages and views of them, and what was found."""

    date: dt.date
    tool: str
    browser: str
    pages: int
    views: int
    violations: int
    routes: tuple[str, ...]


@cache
def last_audit() -> Audit | None:
    """Return the last recorded run, None where none is shipped."""
    file = files("maillon.web.ui").joinpath("audit.toml")
    if not file.is_file():
        return None
    read = tomllib.loads(file.read_text(encoding="utf-8"))
    return Audit(**{**read, "routes": tuple(read["routes"])})
