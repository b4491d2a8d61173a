"""What a backup holds: its tables and their rows, each file with its size and digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

FORMAT, NAME = "maillon-backup/1", "manifest.json"
_CHUNK = 1 << 20


class RefusedBackup(Exception):
    """A backup cannot be made or taken; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a backup, by its path in it."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """When and by what a backup was made, the state of its database, its files.

    ``migrations`` are ``app.name``, ``rows`` the number of rows of each table.
    """

    made_at: str
    version: str
    engine: str
    migrations: tuple[str, ...]
    rows: dict[str, int]
    files: tuple[Kept, ...]


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest into a backup's folder."""
    told = {"format": FORMAT} | asdict(manifest)
    (folder / NAME).write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a backup; raise ``RefusedBackup`` where it is none, or of another format."""
    try:
        told = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if told.pop("format") != FORMAT:
            raise RefusedBackup(_("This backup was made by another version: its format is not known here."))
        told["files"] = tuple(Kept(**each) for each in told["files"])
        told["migrations"] = tuple(told["migrations"])
        return Manifest(**told)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RefusedBackup(
            _("%(folder)s is no whole backup: its %(name)s is missing or cannot be read.")
            % {"folder": folder, "name": NAME}
        ) from error


def kept_file(folder: Path, path: Path) -> Kept:
    """Return the entry of a file in a backup's folder."""
    return Kept(path.relative_to(folder).as_posix(), path.stat().st_size, digest_of(path))


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(_CHUNK):
            digest.update(part)
    return digest.hexdigest()


def check_files(folder: Path, manifest: Manifest) -> None:
    """Raise ``RefusedBackup`` unless the folder holds just the files of the manifest, each as it was."""
    named = {each.path for each in manifest.files}
    for each in manifest.files:
        path = PurePosixPath(each.path)
        if path.is_absolute() or ".." in path.parts or "\\" in each.path:
            raise RefusedBackup(_("The backup names a file outside itself: %(path)s.") % {"path": each.path})
        file = folder / path
        if file.is_symlink() or not file.is_file():
            raise RefusedBackup(_("A file of the backup is missing: %(path)s.") % {"path": each.path})
        if file.stat().st_size != each.size or digest_of(file) != each.sha256:
            raise RefusedBackup(
                _("A file of the backup is not as it was written: %(path)s. Take another backup.")
                % {"path": each.path}
            )
    if strange := sorted(found for found in _paths(folder) if found not in named | {NAME}):
        raise RefusedBackup(
            _("The backup holds a file that it does not name: %(path)s.") % {"path": strange[0]}
        )


def _paths(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix()
