"""Running the join on an engine: from official files to the table of establishments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from maillon.core.errors import MaillonError, MissingData, RefusedFile
from maillon.core.message import message
from maillon.reference.register.loading.join import finish, join_establishments
from maillon.reference.register.loading.official import OfficialFile
from maillon.reference.register.loading.placing import commune_rows, departement_rows
from maillon.reference.register.loading.scan import Scanner, open_scanner

Progress = Callable[[float], None]
#: Beyond this much CSV, or a fifth of it in Parquet, a join of Polars may not fit in 3 GB.
_SMALL_BYTES = 600_000_000
_PARQUET_SHRINKS = 5


def choose_engine(files: Mapping[str, OfficialFile]) -> str:
    """Return ``polars`` for files that it joins in memory, ``duckdb`` beyond."""
    weights = (
        file.readable.stat().st_size * (1 if file.separator else _PARQUET_SHRINKS) for file in files.values()
    )
    return "polars" if sum(weights) <= _SMALL_BYTES else "duckdb"


def load_establishments(
    files: Mapping[str, OfficialFile],
    beside: Mapping[str, pl.DataFrame],
    *,
    scope: str,
    engine: str,
    folder: Path,
    progress: Progress,
) -> pl.LazyFrame:
    """Return the establishments of a scope, lazily, out of files in ``folder``.

    ``files`` holds ``establishments``, ``units`` and perhaps ``points``; ``beside`` the other
    tables that ``join_establishments`` takes. Raises ``RefusedFile`` if a file turns out to be damaged.
    """
    scanner = open_scanner(engine, folder)
    joined = folder / "joined.parquet"
    try:
        with _damage_told(files):
            frames = {kind: scanner.scan(file.readable, file.separator) for kind, file in files.items()}
            frames |= _scan_beside(scanner, beside, folder)
            scanner.write(join_establishments(frames, scope), joined, progress)
    finally:
        scanner.close()
    parts = sorted(joined.glob("part-*.parquet")) if joined.is_dir() else [joined]
    return finish(pl.scan_parquet(parts))


def _scan_beside(
    scanner: Scanner, beside: Mapping[str, pl.DataFrame], folder: Path
) -> dict[str, nw.LazyFrame[Any]]:
    """Hand small tables to the engine through files, which every engine reads."""
    tables = {**beside, "communes": commune_rows(), "departements": departement_rows()}
    for name, table in tables.items():
        table.write_parquet(folder / f"{name}.parquet")
    return {name: scanner.scan(folder / f"{name}.parquet") for name in tables}


@contextmanager
def _damage_told(files: Mapping[str, OfficialFile]) -> Iterator[None]:
    """Say which files were read when an engine stumbles over what they hold."""
    import duckdb  # noqa: PLC0415 - an engine is loaded when it is chosen

    damage = (pl.exceptions.PolarsError, duckdb.InvalidInputException, duckdb.ConversionException)
    names = ", ".join(file.path.name for file in files.values())
    try:
        yield
    except MaillonError:
        raise
    except duckdb.OutOfMemoryException as error:
        raise MissingData(
            message("There is not enough memory or disk to join {names}.", names=names),
            message("Free some disk space, or choose a narrower scope."),
        ) from error
    except damage as error:
        raise RefusedFile(
            message("A row of these files cannot be read: {names}.", names=names),
            message("Check each of them with “maillon register check”, or fetch them again."),
        ) from error
