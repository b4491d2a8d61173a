"""The weights of the search: a versioned file, never code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from maillon.core.errors import InvalidRequest
from maillon.core.message import message

STANDARD = "2026.2"
#: The terms of a score in the order in which they are summed and shown.
TERMS = (
    "process", "text", "activity", "material", "size", "tolerance", "lot", "distance", "certificate",
    "headcount", "maker",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """Weights by term (and ``bias``), and the figures that shape the terms; see the file itself."""

    version: str
    weights: Mapping[str, float]
    shapes: Mapping[str, float]
    ranks: tuple[float, ...]
    same_class: float
    label: float
    bands: tuple[tuple[int, float], ...]
    roles: Mapping[str, float]

    def __hash__(self) -> int:
        """Hash by version: two files of one version are the same profile."""
        return hash(self.version)


@cache
def standard_profile() -> Profile:
    """Return the shipped profile.

    >>> standard_profile().weights["process"] > standard_profile().weights["distance"]
    True
    """
    text = files("maillon.method.search.suppliers") / "profiles" / f"{STANDARD}.toml"
    return read_profile(tomllib.loads(text.read_text(encoding="utf-8")))


def load_profile(path: Path) -> Profile:
    """Read a profile from a file; ``InvalidRequest`` if it is not a sound one."""
    try:
        return read_profile(tomllib.loads(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, ValueError) as error:
        raise _refused(str(path), str(error)) from None


def read_profile(table: Mapping[str, object]) -> Profile:
    """Return the profile of a parsed file.

    Raises ``InvalidRequest`` where a firm without evidence could pass one that shows the process in the same
    activity, only by being near and large: that would break what the search promises.
    """
    sections = {name: part for name, part in table.items() if isinstance(part, dict)}
    activity = sections["activity"]
    profile = Profile(
        version=str(table["version"]),
        weights={name: float(sections["weights"][name]) for name in ("bias", *TERMS)},
        shapes={name: float(value) for name, value in sections["shapes"].items()},
        ranks=tuple(map(float, activity["ranks"])),
        same_class=float(activity["class"]),
        label=float(activity["label"]),
        bands=tuple((int(low), float(x)) for low, x in sections["headcount"]["bands"]),
        roles={role: float(x) for role, x in sections["roles"].items()},
    )
    _check(profile)
    return profile


def _check(profile: Profile) -> None:
    weights = profile.weights
    negative = [name for name in TERMS if weights[name] < 0]
    if negative:
        raise _refused(profile.version, f"{negative[0]} < 0")
    xs = [x for _, x in profile.bands]
    comfort = weights["distance"] + weights["headcount"] * (max(xs) - min(xs))
    if weights["process"] <= comfort:
        raise _refused(profile.version, f"process {weights['process']:g} <= {comfort:g}")


def _refused(name: str, detail: str) -> InvalidRequest:
    return InvalidRequest(
        message("The search profile {name} cannot be used: {detail}.", name=name, detail=detail),
        message("Evidence of the process must weigh more than being near and large; no weight is negative."),
    )
