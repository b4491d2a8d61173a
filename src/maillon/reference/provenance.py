"""Where each shipped table comes from: the register ``SOURCES.toml``, written by the builders."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Origin:
    """One thing that a table was made from: who publishes the data, which edition, under which licence.

    ``package`` names the registry package that carried the data and ``sha256`` is the hash of its archive;
    both are empty for what the project wrote itself.
    """

    title: str
    publisher: str
    edition: str
    date: dt.date
    licence: str
    package: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The register entry of one shipped file: ``file`` is relative to ``maillon/reference``."""

    name: str
    file: str
    rows: int
    sha256: str
    builder: str
    built: dt.date
    origins: tuple[Origin, ...]


@cache
def sources() -> tuple[Source, ...]:
    """Return the register of every shipped table, in the order of their names.

    >>> [source.rows for source in sources() if source.name == "communes"]
    [35014]
    """
    register = files("maillon.reference").joinpath("SOURCES.toml").read_text(encoding="utf-8")
    return tuple(
        Source(**{**entry, "origins": tuple(Origin(**origin) for origin in entry["origins"])})
        for entry in tomllib.loads(register)["table"]
    )
