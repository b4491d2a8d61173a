"""Snapshots like the register's but for what its sources say: bare, or as on a day; each with its index."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from maillon.reference.register import Register
from maillon.reference.register.index import build_index
from maillon.reference.register.manifest import Manifest, describe_table, write_manifest
from maillon.reference.register.snapshot import CAPABILITIES_FILE, ESTABLISHMENTS_FILE


def write_variant(
    register: Register, capabilities: pl.DataFrame, folder: Path, *, named: bool = True
) -> Register:
    """Write into ``folder`` the establishments of ``register`` with other ``capabilities``; index them.

    Without ``named``, they have no names of any kind.
    """
    folder.mkdir(parents=True)
    establishments = register.establishments()
    if not named:
        names = pl.col("name", "legal_name", "acronym", "trade_names")
        establishments = establishments.with_columns(pl.when(False).then(names).name.keep())
    establishments.write_parquet(folder / ESTABLISHMENTS_FILE)
    capabilities.write_parquet(folder / CAPABILITIES_FILE)
    tables = tuple(describe_table(folder / file) for file in (ESTABLISHMENTS_FILE, CAPABILITIES_FILE))
    old = register.manifest
    name = f"{old.name}-{folder.name}"
    manifest = Manifest(name, old.created, old.scope, old.engine, old.sources, tables)
    write_manifest(folder, manifest)
    build_index(folder)
    return Register(folder, manifest)
