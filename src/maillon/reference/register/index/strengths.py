"""How far each kind of statement proves a process (``strengths.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Strengths:
    """A version, and kind of statement → how far it proves, between 0 and 1."""

    version: str
    kinds: dict[str, float]


@cache
def read_strengths() -> Strengths:
    """Return the shipped strengths.

    >>> read_strengths().kinds["process"]
    1.0
    """
    text = (files("maillon.reference.register.index") / "strengths.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return Strengths(str(table["version"]), {kind: float(share) for kind, share in table["kinds"].items()})
