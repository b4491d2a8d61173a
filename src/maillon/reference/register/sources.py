"""The official files given to a build: each of its kind, none twice, none lacking."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from maillon.core.errors import InvalidRequest, MissingData
from maillon.core.message import message
from maillon.reference.register.loading.layouts import LAYOUTS, NOTICES, SITES, UNITS
from maillon.reference.register.loading.official import (
    OfficialFile,
    count_rows,
    last_change,
    open_official,
)
from maillon.reference.register.manifest import Source, hash_file

Sources = dict[str, list[OfficialFile]]


def open_sources(paths: Sequence[Path], folder: Path) -> Sources:
    """Return the files by kind; compressed ones are unpacked into ``folder``.

    Raises ``RefusedFile`` for a file that cannot serve, ``InvalidRequest`` for two of a kind (notices may be
    several), ``MissingData`` without establishments or without legal units, which hold most names.
    """
    found: Sources = {layout.kind: [] for layout in LAYOUTS}
    for path in paths:
        file = open_official(path, folder)
        found[file.layout.kind].append(file)
    for layout in LAYOUTS:
        files = found[layout.kind]
        if len(files) > 1 and layout is not NOTICES:
            raise InvalidRequest(
                message(
                    "Two files are of the kind {kind}: {first} and {second}.",
                    kind=layout.file,
                    first=files[0].path.name,
                    second=files[1].path.name,
                ),
                message("Give one file of each kind."),
            )
        if not files and layout in {SITES, UNITS}:
            raise MissingData(
                message("The file {kind} is missing.", kind=layout.file),
                message("INSEE publishes it each month on data.gouv.fr, under “Base Sirene”."),
            )
    return found


def describe_source(file: OfficialFile) -> Source:
    """Return the record of a file for the manifest: what it is, its rows, its hash."""
    return Source(
        file=file.path.name,
        kind=file.layout.kind,
        layout=file.layout.layout_of(file.columns),
        rows=count_rows(file),
        bytes=file.path.stat().st_size,
        sha256=hash_file(file.path),
        data_date=last_change(file),
        publisher=file.layout.publisher,
        licence=file.layout.licence,
    )
