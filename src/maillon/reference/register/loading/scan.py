"""Opening official files lazily on an engine: Polars, DuckDB beyond its memory, Spark beyond the machine."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any, Protocol

import narwhals as nw

from maillon.core.errors import InvalidRequest, MissingData
from maillon.core.message import message

Progress = Callable[[float], None]
_HEARTBEAT = 0.2
ENGINES = ("auto", "polars", "duckdb", "spark")


class Scanner(Protocol):
    """What an engine must do: open a file lazily, every CSV column as text, and write a result to Parquet."""

    def scan(self, path: Path, separator: str = "") -> nw.LazyFrame[Any]:
        """Return the rows of a Parquet file, or of a CSV file where its ``separator`` is given."""

    def write(self, frame: nw.LazyFrame[Any], path: Path, progress: Progress) -> None:
        """Write a frame to Parquet: one file, or a folder of parts in the order of the rows."""

    def close(self) -> None:
        """Let go of the engine."""


class PolarsScanner:
    """Polars' streaming engine: the fastest while its joins fit in memory."""

    def scan(self, path: Path, separator: str = "") -> nw.LazyFrame[Any]:
        """Scan lazily: only the columns that the expressions use are read."""
        import polars as pl  # noqa: PLC0415 - an engine is loaded when it is chosen

        if separator:
            return nw.from_native(pl.scan_csv(path, separator=separator, infer_schema=False))
        return nw.from_native(pl.scan_parquet(path))

    def write(self, frame: nw.LazyFrame[Any], path: Path, progress: Progress) -> None:
        """Stream the rows to one file."""
        frame.to_native().sink_parquet(path, maintain_order=True)
        progress(1.0)

    def close(self) -> None:
        """Nothing is held."""


class DuckdbScanner:
    """DuckDB: joins and sorts beyond ``memory`` go through files of ``folder``."""

    def __init__(self, folder: Path, memory: str) -> None:
        import duckdb  # noqa: PLC0415 - an engine is loaded when it is chosen

        self._connection = duckdb.connect()
        settings = {
            "memory_limit": memory,
            "temp_directory": str(folder),
            "preserve_insertion_order": "false",
            "enable_progress_bar": "true",  # without it no progress is counted
            "enable_progress_bar_print": "false",
        }
        for name, value in settings.items():
            self._connection.execute(f"SET {name} = ?", [value])

    def scan(self, path: Path, separator: str = "") -> nw.LazyFrame[Any]:
        """Scan lazily: only the columns that the expressions use are read."""
        if separator:
            options: dict[str, Any] = {"header": True, "all_varchar": True, "sep": separator}
            return nw.from_native(
                self._connection.read_csv(str(path), quotechar='"', escapechar='"', **options)
            )
        return nw.from_native(self._connection.read_parquet(str(path)))

    def write(self, frame: nw.LazyFrame[Any], path: Path, progress: Progress) -> None:
        """Write to one file in a thread, so that the share done can be told and an interruption heard."""
        relation = frame.to_native()
        with ThreadPoolExecutor(max_workers=1) as pool:
            work = pool.submit(relation.to_parquet, str(path))
            try:
                while not wait([work], timeout=_HEARTBEAT).done:
                    progress(max(0.0, self._connection.query_progress()) / 100)
            except BaseException:
                self._connection.interrupt()
                raise
            work.result()
        progress(1.0)

    def close(self) -> None:
        """Close the connection; its temporary files go with it."""
        self._connection.close()


class SparkScanner:
    """Spark, on this machine's cores unless the environment names a cluster; it needs pyspark and Java."""

    def __init__(self) -> None:
        try:
            from pyspark.sql import SparkSession  # noqa: PLC0415 - optional, and slow to load
        except ImportError as error:
            raise MissingData(
                message("The engine {engine} is not installed.", engine="spark"),
                message("Install pyspark and Java, or choose polars or duckdb."),
            ) from error
        settings = {"spark.sql.session.timeZone": "UTC", "spark.ui.enabled": "false"}
        builder = SparkSession.builder.appName("maillon register")
        for name, value in settings.items():
            builder = builder.config(name, value)
        self._session = builder.getOrCreate()

    def scan(self, path: Path, separator: str = "") -> nw.LazyFrame[Any]:
        """Scan lazily: only the columns that the expressions use are read."""
        reader = self._session.read
        if separator:
            rows = reader.csv(str(path), sep=separator, header=True, quote='"', escape='"', multiLine=True)
            return nw.from_native(rows)
        return nw.from_native(reader.parquet(str(path)))

    def write(self, frame: nw.LazyFrame[Any], path: Path, progress: Progress) -> None:
        """Write a folder of parts; their names follow the order of the rows."""
        frame.to_native().write.parquet(str(path))
        progress(1.0)

    def close(self) -> None:
        """Stop the session."""
        self._session.stop()


def open_scanner(engine: str, folder: Path, memory: str = "1500MB") -> Scanner:
    """Return an engine by its name; ``folder`` holds what it must put aside, beyond ``memory``.

    Raises ``InvalidRequest`` for an unknown engine, ``MissingData`` for one that is not installed.
    """
    if engine == "polars":
        return PolarsScanner()
    if engine == "duckdb":
        return DuckdbScanner(folder, memory)
    if engine == "spark":
        return SparkScanner()
    raise InvalidRequest(
        message("There is no engine “{engine}”.", engine=engine),
        message("Choose one of: {names}.", names=", ".join(ENGINES)),
    )
