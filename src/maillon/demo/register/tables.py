"""Official tables written stretch by stretch, as Parquet or as CSV, in memory that does not grow."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

FORMS = ("parquet", "csv")


@dataclass(slots=True)
class TableWriter:
    """One table, first written in parts; ``finish`` makes one file of them."""

    folder: Path
    name: str
    form: str
    parts: list[Path] = field(default_factory=list)

    @property
    def path(self) -> Path:
        """The file that ``finish`` leaves."""
        return self.folder / f"{self.name}.{self.form}"

    def append(self, frame: pl.DataFrame) -> None:
        """Add rows at the end."""
        if self.form == "csv":
            with self.path.open("ab") as file:
                frame.write_csv(
                    file,
                    include_header=file.tell() == 0,
                    datetime_format="%Y-%m-%dT%H:%M:%S",
                    date_format="%Y-%m-%d",
                )
            return
        part = self.folder / f"{self.name}.{len(self.parts):05d}.part"
        frame.write_parquet(part)
        self.parts.append(part)

    def finish(self) -> None:
        """Join the parts into one Parquet file."""
        if self.form == "parquet":
            pl.concat([pl.scan_parquet(part) for part in self.parts]).sink_parquet(self.path)
            for part in self.parts:
                part.unlink()
