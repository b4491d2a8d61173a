"""Making a backup: whole under its name, or not there."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from maillon import __version__
from maillon.home import home
from maillon.web.backup.services.database import write_database
from maillon.web.backup.services.manifest import (
    Kept,
    Manifest,
    RefusedBackup,
    kept_file,
    write_manifest,
)

#: What is made again by itself, or by the register's own commands.
MADE_AGAIN = {"cache", "static", "snapshots"}
#: Secrets: in a backup only when asked for.
SECRETS = {"secret-key", "demo-accounts.txt"}


def make_backup(to: Path, *, secrets: bool = False) -> Path:
    """Write a backup into a new folder below ``to`` and return it; raise ``RefusedBackup`` where it fails.

    The database first, at one instant, then the files: a file that was given since is one too many, none that
    the database names is missing unless it was erased meanwhile.
    """
    made_at = timezone.now().astimezone(dt.UTC)
    name = f"maillon-{made_at:%Y%m%dT%H%M%S.%fZ}"
    whole, partial = to / name, to / f".{name}.partial"
    try:
        partial.mkdir(parents=True, mode=0o700)
        file, rows = write_database(partial)
        kept = [kept_file(partial, file), *_copied(partial, secrets=secrets)]
        write_manifest(partial, Manifest(
            made_at.isoformat(), __version__, connection.vendor, applied_migrations(), rows, tuple(kept)
        ))  # fmt: skip
        _reach_the_disk(partial)
        partial.rename(whole)
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise RefusedBackup(
            _("The backup could not be written to %(folder)s: %(why)s.")
            % {"folder": to, "why": error.strerror}
        ) from error
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return whole


def applied_migrations() -> tuple[str, ...]:
    """Return the migrations of the database, as ``app.name``."""
    applied = MigrationRecorder(connection).applied_migrations()
    return tuple(sorted(f"{app}.{name}" for app, name in applied))


def _copied(folder: Path, *, secrets: bool) -> Iterator[Kept]:
    """Copy the files of the installation; yield each as it lies in the backup."""
    for source in sorted(installed_files()):
        relative = source.relative_to(home())
        if not secrets and relative.parts[0] in SECRETS:
            continue
        target = folder / "home" / relative
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            shutil.copyfile(source, target)
        except FileNotFoundError:
            continue  # erased meanwhile, as its owner wished
        target.chmod(0o600)
        yield kept_file(folder, target)


def installed_files() -> Iterator[Path]:
    """Yield the files of the installation that a backup is for; links are followed nowhere."""
    database = Path(str(connection.settings_dict["NAME"])).name if connection.vendor == "sqlite" else None
    for top in home().iterdir() if home().is_dir() else ():
        if top.name in MADE_AGAIN or top.is_symlink() or top.name.startswith((".", "replaced-")):
            continue
        if database is not None and top.name in {database, f"{database}-wal", f"{database}-shm"}:
            continue
        yield from (
            [top]
            if top.is_file()
            else (path for path in top.rglob("*") if path.is_file() and not path.is_symlink())
        )


def _reach_the_disk(folder: Path) -> None:
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
