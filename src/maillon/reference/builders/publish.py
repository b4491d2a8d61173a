"""Writing a table and its entry in the provenance register, together."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from pathlib import Path

import polars as pl

import maillon.reference
from maillon.reference.builders.packages import Package
from maillon.reference.provenance import Origin, Source, sources

ROOT = Path(maillon.reference.__file__).parent
HEADER = (
    "# Provenance of every shipped table, written by maillon.reference.builders; a test re-hashes them.\n"
)


def carried(package: Package, data: Origin) -> Origin:
    """Return the origin of ``data`` with the package that carries it."""
    return replace(data, package=str(package), sha256=package.sha256())


def publish(name: str, file: str, frame: pl.DataFrame, builder: str, origins: Sequence[Origin]) -> Source:
    """Write ``frame`` as the shipped table ``file`` and enter it in the register; return the entry."""
    target = ROOT / file
    target.parent.mkdir(exist_ok=True)
    frame.write_parquet(target, compression="zstd", compression_level=22, statistics=False)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    today = dt.datetime.now(tz=dt.UTC).date()
    entry = Source(name, file, frame.height, digest, builder, today, tuple(origins))
    known = {source.name: source for source in sources()} if (ROOT / "SOURCES.toml").exists() else {}
    write_register([*({**known, name: entry}).values()])
    sources.cache_clear()
    return entry


def write_register(entries: Iterable[Source]) -> None:
    """Write the whole register, sorted by name."""
    blocks = [_table(entry) for entry in sorted(entries, key=lambda entry: entry.name)]
    (ROOT / "SOURCES.toml").write_text("\n".join([HEADER, *blocks]), encoding="utf-8")


def _table(entry: Source) -> str:
    lines = ["[[table]]", *_pairs(entry)]
    for origin in entry.origins:
        lines += ["[[table.origins]]", *_pairs(origin)]
    return "\n".join(lines) + "\n"


def _pairs(record: Source | Origin) -> list[str]:
    values = ((field.name, getattr(record, field.name)) for field in fields(record))
    return [f"{name} = {_toml(value)}" for name, value in values if name != "origins" and value != ""]


def _toml(value: object) -> str:
    """Return a string, integer or date as TOML writes it (its strings escape as JSON's do)."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
