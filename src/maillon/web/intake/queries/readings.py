"""Reading the files of an import with the columns that a person corrected or the firm confirmed before."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maillon.web.intake.models import ColumnMemory, Import

if TYPE_CHECKING:
    from maillon.intake.reading import Reading

Progress = Callable[[float], None]


def mapping_of(importing: Import) -> dict[str, Any] | None:
    """Return the person's corrections, then what the firm confirmed of other files; None without any."""
    own = (importing.mapping or {}).get("tables", [])
    memories = ColumnMemory.objects.filter(organisation=importing.organisation_id)
    tables = [*own, *memories.values_list("table", flat=True)]
    return {"format": "maillon-mapping/1", "tables": tables} if tables else None


def mapping_used(mapping: dict[str, Any] | None, understood: dict[str, Any]) -> dict[str, Any] | None:
    """Return the part of a mapping that the tables understood were read with, the first of each header."""
    headers = {table["signature"] for file in understood["files"] for table in file["tables"]}
    used: dict[str, Any] = {}
    for table in (mapping or {}).get("tables", []):
        if table["signature"] in headers:
            used.setdefault(f"{table['signature']} {table.get('sheet', '')}", table)
    return {"format": "maillon-mapping/1", "tables": list(used.values())} if used else None


def read_uploads(importing: Import, mapping: dict[str, Any] | None, progress: Progress) -> list[Reading]:
    """Return what each file holds, in the order given. Files are parsed in a child process, never here.

    Raises the library's own errors: refused file, no table found.
    """
    from maillon.pipeline import read_sources  # noqa: PLC0415 - the engine loads in the worker only

    with named_copies(importing) as paths:
        return read_sources(paths, mapping, progress)


@contextmanager
def named_copies(importing: Import) -> Iterator[list[Path]]:
    """Give the files under the names that the firm knows: what is understood names them."""
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        paths = []
        for number, upload in enumerate(importing.uploads.order_by("given_at")):
            path = Path(folder) / str(number) / upload.name
            path.parent.mkdir()
            with upload.file.open("rb") as kept, path.open("wb") as copy:
                shutil.copyfileobj(kept, copy)
            paths.append(path)
        yield paths
