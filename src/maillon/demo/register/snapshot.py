"""The embedded demo snapshot: an invented register of the four pilot regions."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import polars as pl

from maillon.demo.register.mix import Mix
from maillon.demo.register.write import write_register_files
from maillon.reference.register import build_register
from maillon.reference.tables import read_table

Progress = Callable[[float], None]

#: Bourgogne-Franche-Comté, Hauts-de-France, Île-de-France, Normandie.
PILOT_REGIONS = ("27", "32", "11", "28")
#: Establishments written; over 20,000 of them are open and of use to industry.
SIZE = 52_000
#: A demonstration shows workshops: more of them than in France, and more firms that say what they do.
_MIX = Mix(described=0.2, workshops=3.0)
_WRITING = 0.3


def pilot_departements() -> tuple[str, ...]:
    """Return the départements of the pilot regions.

    >>> pilot_departements()[:3], len(pilot_departements())
    (('02', '14', '21'), 26)
    """
    table = read_table("places/data/departements.parquet").filter(pl.col("region").is_in(PILOT_REGIONS))
    return tuple(sorted(table["code"]))


def build_demo_register(progress: Progress = lambda share: None, folder: Path | None = None) -> Path:
    """Build the invented snapshot, put it into use and return its folder (see ``build_register``).

    The files that it is built from are not kept. The same at every build.
    """
    with tempfile.TemporaryDirectory(prefix="maillon-demo-") as scratch:
        files = write_register_files(
            Path(scratch),
            size=SIZE,
            departements=pilot_departements(),
            mix=_MIX,
            progress=lambda share: progress(_WRITING * share),
        )
        return build_register(
            files.sources,
            enrichment=files.enrichment,
            folder=folder,
            progress=lambda share: progress(_WRITING + (1 - _WRITING) * share),
        )
