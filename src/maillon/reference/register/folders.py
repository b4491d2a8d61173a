"""Where snapshots stand, which one is in use, and how a new one takes its place.

A snapshot is built in a hidden folder, renamed once whole, and only then named in a small file that readers
follow: whatever stops a build, the former snapshot stays in use.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from maillon.core.errors import MissingData
from maillon.core.message import message
from maillon.home import home
from maillon.reference.register.manifest import FILE, Manifest, manifest_text, write_manifest

#: The file that names the snapshot in use.
CURRENT = "register.current"
_KEPT = 2


def snapshots_folder() -> Path:
    """Return the folder of snapshots under ``MAILLON_HOME``; it may not exist yet."""
    return home() / "snapshots"


def find_snapshot(folder: Path | None = None) -> Path:
    """Return a snapshot's folder: ``folder`` itself, or the one in use among the snapshots it holds.

    Raises ``MissingData`` when there is none.
    """
    place = snapshots_folder() if folder is None else folder
    if (place / FILE).is_file():
        return place
    pointer = place / CURRENT
    named = pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else ""
    if named and Path(named).name == named and (place / named / FILE).is_file():
        return place / named
    raise MissingData(
        message("There is no register snapshot in {folder}.", folder=str(place)),
        message(
            "Build one from SIRENE files with “maillon register build”, "
            "or from invented ones with “maillon demo register”."
        ),
    )


@contextmanager
def unfinished_folder(folder: Path) -> Iterator[Path]:
    """Give a hidden folder to build in; whatever is left of it afterwards is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f".register-{secrets.token_hex(6)}"
    place.mkdir()
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def publish_snapshot(built: Path, folder: Path, manifest: Manifest) -> Path:
    """Give a finished snapshot its name ``register-YYYYMMDD-hash`` and put it into use; return its folder."""
    digest = hashlib.sha256(manifest_text(manifest).encode()).hexdigest()
    day = manifest.created[:10].replace("-", "")
    name = next(
        name
        for length in range(8, 65)
        if not (folder / (name := f"register-{day}-{digest[:length]}")).exists()
    )
    write_manifest(built, replace(manifest, name=name))
    built.rename(folder / name)
    _point_to(folder, name)
    _remove_older(folder, name)
    return folder / name


def _point_to(folder: Path, name: str) -> None:
    written = folder / f".{CURRENT}-{secrets.token_hex(6)}"
    try:
        written.write_text(name + "\n", encoding="utf-8")
        os.replace(written, folder / CURRENT)  # noqa: PTH105 - the atomic call is named as the manual does
    finally:
        written.unlink(missing_ok=True)


def _remove_older(folder: Path, name: str) -> None:
    """Keep the snapshot in use and the one before it, which a running reader may still hold open."""
    others = [path for path in folder.glob("register-*-*") if path.name != name and (path / FILE).is_file()]
    others.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in others[_KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
